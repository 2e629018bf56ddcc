// A small made-up town with short numbers, speaking the words of config/phrases in Indonesian and English.
// Monday 2026-11-23 is an ordinary working day here; Thursday 2026-11-26 is a holiday.

import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { z } from 'zod'
import type { City, Phrases } from '../../../src/city/city.ts'
import type { Vocabulary } from '../../../src/city/vocabulary.ts'
import type { Language } from '../../../src/message.ts'
import { oncePerWorker } from '../../support/once-per-worker.cjs'

const PHRASES = new URL('../../../config/phrases/', import.meta.url)
const phrasesFile = z.record(
  z.string(),
  z.union([z.string(), z.object({ text: z.string(), sms: z.string().optional() })]),
)

function phrasesOfConfig(language: Language): Phrases {
  const text = readFileSync(new URL(`${language}.yaml`, PHRASES), 'utf8')
  const entries = Object.entries(phrasesFile.parse(load(text)))
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === 'string'
        ? { text: value, sms: null }
        : { text: value.text, sms: value.sms ?? null },
    ]),
  )
}

const templatesFile = z.array(
  z.object({
    name: z.string(),
    for: z.array(z.string()),
    category: z.string(),
    parameters: z.array(z.enum(['ticket', 'state', 'agency', 'date'])),
    text: z.object({ id: z.string(), en: z.string() }),
  }),
)

function templatesOfConfig(): City['templates'] {
  const text = readFileSync(new URL('../whatsapp-templates.yaml', PHRASES), 'utf8')
  return templatesFile.parse(load(text)).map(({ for: tells, ...one }) => ({ ...one, tells }))
}

const agencies = [
  agency('jalan', 'Dinas Jalan Kota Contoh', 'Dinas Jalan'),
  agency('air', 'Perusahaan Air Kota Contoh', 'Air Contoh'),
]

const categories = [
  category('lubang', 'Jalan berlubang', 'Jalan', 'jalan'),
  category('keran', 'Air tidak mengalir', 'Air', 'air'),
]

const HOLIDAY = '2026-11-26'

export const town: City = {
  name: 'Kota Contoh',
  shortName: 'Contoh',
  zone: 'Asia/Makassar',
  zoneLabel: 'WX',
  example: { id: 'jalan berlubang di Jalan Contoh' },
  calendar: {
    zone: 'Asia/Makassar',
    closesAt: 16,
    opensAt: 8,
    holidays: new Set([HOLIDAY]),
    officialYears: new Set([2026]),
  },
  agencyById: new Map(agencies.map((one) => [one.id, one])),
  agencyIds: new Set(agencies.map(({ id }) => id)),
  categoryById: new Map(categories.map((one) => [one.id, one])),
  hours: { opens: 8, closes: 16, quietFrom: 21, quietTo: 7 },
  emergency: { general: '911', police: '922' },
  nextDoor: { not_public_service: { id: 'Polisi: 922.', en: 'Police: 922.' } },
  ombudsman: '933',
  privacyVersion: '1',
  retention: { identityDays: 365, textDays: 30 },
  limits: {
    complaintsPerDay: 5,
    messagesPerHour: 30,
    segmentsPerPersonPerDay: 20,
    segmentsPerAccountPerDay: 1000,
  },
  prefixes: { ours: ['CONTOH'], required: false, others: [] },
  agencies,
  categories,
  otherCategory: 'lubang',
  clocks: [
    {
      from: '2020-01-01',
      verify: 3,
      follow_up: 5,
      finish: { information: 5, complaint: 14, aspiration: 14 },
      finish_inspection: 60,
      reply: 10,
      facts: 10,
      reopen: 10,
    },
  ],
  holidays: { '2026': { status: 'official', days: [HOLIDAY] } },
  places: { districts: [], landmarks: [] },
  vocabulary: JSON.parse('{}') as Vocabulary,
  phrases: oncePerWorker('phrases of config', () => ({
    id: phrasesOfConfig('id'),
    en: phrasesOfConfig('en'),
  })),
  templates: oncePerWorker('templates of config', templatesOfConfig),
}

function agency(id: string, name: string, short: string) {
  return { id, name, short, aliases: [], outside: false, turnTo: null }
}

function category(id: string, name: string, short: string, agencyId: string) {
  return {
    id,
    name: { id: name, en: name },
    short,
    agency: agencyId,
    inspection: false,
    confidential: false,
  }
}
