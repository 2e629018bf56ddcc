// `kentongan templates`: what to submit to Meta.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createWhatsAppCloud } from '../../src/channels/whatsapp/cloud/cloud.ts'
import { optionsFor } from '../channels/whatsapp/cloud/contract-bench.ts'
import { referenceCity } from '../support/city.ts'
import { startFakeMeta } from '../support/fake-meta.ts'
import { operate } from './machine.ts'

const { templates } = referenceCity().city

test('the readable list has each template in both languages with its examples', async () => {
  const { code, out } = await operate({ name: 'templates', json: false }, {})
  expect(code).toBe(0)
  for (const { name, text } of templates) {
    expect(out).toContain(`${name}  id  UTILITY\n  ${text.id}\n`)
    expect(out).toContain(`${name}  en  UTILITY\n  ${text.en}\n`)
  }
  expect(out).toContain('  {{1}}  ticket: ')
})

test('with --json each line is a body that the Graph API takes', async () => {
  const { out } = await operate({ name: 'templates', json: true }, {})
  const bodies = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(bodies).toHaveLength(templates.length * 2)
  expect(bodies[0]).toEqual({
    ...{ name: 'laporan_dijawab', language: 'id', category: 'UTILITY' },
    components: [
      {
        type: 'BODY',
        text: templates[0]?.text.id,
        example: { body_text: [['12345674', expect.any(String), '12345674', '25/12/2026']] },
      },
    ],
  })
  for (const { components } of bodies) {
    const [{ text, example }] = components
    expect(example.body_text[0]).toHaveLength(text.match(/\{\{\d+\}\}/g).length)
  }
})

test('a folder that is no city is refused with the reasons', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'no-city-'))
  try {
    const { code, err } = await operate({ name: 'templates', json: false }, { CONFIG_DIR: dir })
    expect([code, err]).toEqual([1, expect.stringContaining('city.yaml')])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('check holds them against the account: wrong ones are to be mended, some are worth knowing', async () => {
  const fake = await startFakeMeta()
  try {
    const [first, second, ...rest] = templates.flatMap(({ name, text }) => [
      { name, language: 'id', text: text.id },
      { name, language: 'en', text: text.en ?? '' },
    ])
    if (first === undefined || second === undefined) throw new Error('there are no templates')
    fake.registers([{ ...first, status: 'PAUSED' }, { ...second, category: 'MARKETING' }, ...rest])
    const channel = createWhatsAppCloud(optionsFor(fake, () => new Date('2026-03-16T01:00:00Z')))
    const env = { DATABASE_URL: 'sqlite::memory:' }
    const { code, out } = await operate({ name: 'check' }, env, null, [channel])
    const told = out.split('\n').filter((line) => line.includes('templates of whatsapp-cloud'))
    expect(told).toEqual([
      expect.stringMatching(/^WRONG .*paused or disabled by Meta: laporan_dijawab \(id\)\./),
      expect.stringMatching(/^note .*another category.*laporan_dijawab \(en\)\./),
    ])
    expect([code, out]).toEqual([1, expect.stringMatching(/ok +whatsapp through whatsapp-cloud/)])
  } finally {
    await fake.stop()
  }
})
