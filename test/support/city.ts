// The two cities tests run in: the reference city of config/, and a made-up one that shares none of its facts.
// The made-up city speaks and understands the same words: phrases are copied, cue words are moved to its own ids.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dump, load } from 'js-yaml'
import { z } from 'zod'
import type { Agency, Category, City } from '../../src/city/city.ts'
import { loadCity } from '../../src/city/load.ts'
import { printProblems } from '../../src/city/problem.ts'
import { PHRASES } from '../../src/conversation/phrase-keys.ts'
import { TEMPLATES } from '../../src/conversation/template-keys.ts'
import { oncePerWorker } from './once-per-worker.cjs'

const CONFIG = fileURLToPath(new URL('../../config', import.meta.url))
const MADE_UP = fileURLToPath(new URL('made-up-city', import.meta.url))

/** What a transcript may speak of in any city. */
type Matter = 'roads' | 'water' | 'garbage' | 'lights'

export interface TestCity {
  readonly city: City
  /** The prefix shown to citizens. */
  readonly prefix: string
  /** Another government's prefix. */
  readonly otherPrefix: string
  readonly matters: Readonly<
    Record<Matter, { readonly category: Category; readonly agency: Agency }>
  >
  /** The same and more as texts for `{name}` in a transcript: `{prefix}`, `{agency.roads}`, `{category.water}` ... */
  readonly values: Readonly<Record<string, string>>
}

/** Category ids of the reference city → of the made-up one. What is not here has no cue words there. */
const MOVED: Readonly<Record<string, string>> = {
  jalan: 'ruas',
  drainase: 'selokan',
  pju: 'lampu-kota',
  air: 'air-ledeng',
  sampah: 'tumpukan',
  kesehatan: 'kesehatan-warga',
  adminduk: 'surat-warga',
  perlindungan: 'lindung',
  pungli: 'pemerasan',
  kebakaran: 'kobaran',
  listrik: 'setrum',
  lainnya: 'lain-lain',
}

let vocabulary: string | null = null

/** The city of config/, read once. */
export function referenceCity(): TestCity {
  return oncePerWorker('reference city', () =>
    testCity(loaded(CONFIG), {
      roads: 'jalan',
      water: 'air',
      garbage: 'sampah',
      lights: 'pju',
    }),
  )
}

/** The made-up city, read once. */
export function madeUpCity(): TestCity {
  return oncePerWorker('made-up city', () =>
    testCity(loadedOnce(madeUpFolder()), {
      roads: 'ruas',
      water: 'air-ledeng',
      garbage: 'tumpukan',
      lights: 'lampu-kota',
    }),
  )
}

/** A fresh folder with the made-up city's files, whole and valid; whoever asks removes it. */
export function madeUpFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kentongan-city-'))
  cpSync(MADE_UP, dir, { recursive: true })
  cpSync(join(CONFIG, 'phrases'), join(dir, 'phrases'), { recursive: true })
  vocabulary ??= dump(movedVocabulary())
  writeFileSync(join(dir, 'vocabulary.yaml'), vocabulary)
  return dir
}

function loadedOnce(dir: string): City {
  try {
    return loaded(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function loaded(dir: string): City {
  const result = loadCity(dir, {
    phraseKeys: PHRASES,
    templateKeys: TEMPLATES,
    required: ['id', 'en'],
  })
  if ('problems' in result) throw new Error(printProblems(result.problems))
  return result.city
}

const vocabularyFile = z.looseObject({
  categories: z.record(z.string(), z.unknown()),
  usual_categories: z.array(z.string()),
})

/** The reference city's words under the made-up city's ids, without what names the reference city's offices and places. */
function movedVocabulary(): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(CONFIG, 'vocabulary.yaml'), 'utf8')
  const words = vocabularyFile.parse(load(text))
  return {
    ...words,
    categories: Object.fromEntries(
      Object.entries(words.categories).flatMap(([id, cues]) =>
        moved(id).map((own) => [own, cues] as const),
      ),
    ),
    usual_categories: words.usual_categories.flatMap(moved),
    agency_cues: [],
    outside: [],
  }
}

function moved(id: string): readonly string[] {
  const own = MOVED[id]
  return own === undefined ? [] : [own]
}

function testCity(city: City, categories: Readonly<Record<Matter, string>>): TestCity {
  const matterOf = (matter: Matter) => {
    const category = given(city.categoryById.get(categories[matter]), matter)
    return { category, agency: given(city.agencyById.get(category.agency), matter) }
  }
  const matters = {
    roads: matterOf('roads'),
    water: matterOf('water'),
    garbage: matterOf('garbage'),
    lights: matterOf('lights'),
  }
  const prefix = given(city.prefixes.ours[0], 'prefix')
  const otherPrefix = given(city.prefixes.others[0]?.words[0], 'other prefix')
  const values = { prefix, otherPrefix, ...cityValues(city), ...matterValues(matters) }
  return { city, prefix, otherPrefix, matters, values }
}

function cityValues(city: City): Record<string, string> {
  return {
    city: city.shortName,
    inst: city.name,
    zone: city.zoneLabel,
    example: city.example.id,
    exampleEn: city.example.en ?? '',
    emergency: city.emergency.general,
    police: city.emergency.police,
    ombudsman: city.ombudsman,
    otherCity: city.prefixes.others[0]?.name ?? '',
    otherTurnTo: city.prefixes.others[0]?.turnTo.id ?? '',
    otherTurnToEn: city.prefixes.others[0]?.turnTo.en ?? '',
  }
}

/** `agency.roads` is the id, `short.roads` and `office.roads` its names, `category.roads`, `label.roads`, `brief.roads` likewise. */
function matterValues(matters: TestCity['matters']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(matters).flatMap(([matter, { category, agency }]) => [
      [`agency.${matter}`, agency.id],
      [`short.${matter}`, agency.short],
      [`office.${matter}`, agency.name],
      [`category.${matter}`, category.id],
      [`label.${matter}`, category.name.id],
      [`brief.${matter}`, category.short],
    ]),
  )
}

function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the test city has no ${what}`)
  return value
}
