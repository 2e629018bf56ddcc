// config/*.yaml → City, read once and validated whole.
// Every mistake of every file is told in one go, each with file, line and cure; nothing raw is thrown.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LANGUAGES, type Language } from '../message.ts'
import { agenciesSchema, checkAgencies } from './agencies-schema.ts'
import { buildCity, type Files } from './build.ts'
import { categoriesSchema, checkCategories } from './categories-schema.ts'
import type { City } from './city.ts'
import { checkCity, citySchema } from './city-schema.ts'
import { checkClocks, clocksSchema } from './clocks-schema.ts'
import { checkHolidays, holidaysSchema } from './holidays-schema.ts'
import { checkPhrases, type PhraseKeys, type PhrasesFile, phrasesSchema } from './phrases-schema.ts'
import { checkPlaces, placesSchema } from './places-schema.ts'
import { checkPrefixes, prefixesSchema } from './prefixes-schema.ts'
import type { Problem } from './problem.ts'
import { openReading, type Reading } from './reading.ts'
import {
  checkTemplates,
  type TemplateKeys,
  type TemplatesFile,
  templatesSchema,
} from './templates-schema.ts'
import { checkVocabulary } from './vocabulary-check.ts'
import { vocabularySchema } from './vocabulary-schema.ts'

export interface Wanted {
  /** Every phrase the code says, with the placeholders it fills. */
  readonly phraseKeys: PhraseKeys
  /** What a template may tell. */
  readonly templateKeys: TemplateKeys
  /** Languages that must be complete. `id` always must; the others may fall back to it. */
  readonly required: readonly Language[]
}

/** The problems are never empty. */
export type Loaded = { readonly city: City } | { readonly problems: readonly Problem[] }

const NAMES: readonly string[] = [
  'city.yaml',
  'prefixes.yaml',
  'agencies.yaml',
  'categories.yaml',
  'clocks.yaml',
  'holidays.yaml',
  'places.yaml',
  'vocabulary.yaml',
  'whatsapp-templates.yaml',
]
/** May be left out: then nothing is told by a template. */
const TEMPLATES = 'whatsapp-templates.yaml'

export function loadCity(dir: string, wanted: Wanted): Loaded {
  const entries = entriesOf(dir)
  if (entries === null)
    return {
      problems: [
        {
          file: dir,
          line: 1,
          wrong: 'the folder of the city cannot be read',
          cure: 'Point CONFIG_DIR to the folder that holds city.yaml, or check its permissions',
        },
      ],
    }
  const phraseDir = join(dir, 'phrases')
  const phraseFiles = entriesOf(phraseDir) ?? []
  const reading = openReading(dir)
  const files = filesOf(reading, wanted, { entries, phraseFiles })
  const problems = [
    ...reading.problems(),
    ...strangersAmong(dir, entries, NAMES),
    ...strangersAmong(
      phraseDir,
      phraseFiles,
      LANGUAGES.map((language) => `${language}.yaml`),
    ),
  ]
  return problems.length === 0 && isWhole(files) ? { city: buildCity(files) } : { problems }
}

/** The same, with null where a file has a problem. */
type Read = { readonly [K in keyof Files]: Files[K] | null }

function isWhole(files: Read): files is Files {
  return Object.values(files).every((file) => file !== null)
}

interface Present {
  readonly entries: readonly string[]
  readonly phraseFiles: readonly string[]
}

function filesOf(reading: Reading, wanted: Wanted, { entries, phraseFiles }: Present): Read {
  const { open, check } = reading
  const city = open('city.yaml')
  const prefixes = open('prefixes.yaml')
  const agencies = open('agencies.yaml')
  const categories = open('categories.yaml')
  const clocks = open('clocks.yaml')
  const holidays = open('holidays.yaml')
  const places = open('places.yaml')
  const vocabulary = open('vocabulary.yaml')
  return {
    city: check(city, citySchema, checkCity),
    prefixes: check(prefixes, prefixesSchema, checkPrefixes),
    agencies: check(agencies, agenciesSchema, checkAgencies),
    categories: check(categories, categoriesSchema, (source) => checkCategories(source, agencies)),
    clocks: check(clocks, clocksSchema, checkClocks),
    holidays: check(holidays, holidaysSchema, checkHolidays),
    places: check(places, placesSchema, checkPlaces),
    vocabulary: check(vocabulary, vocabularySchema, (source) =>
      checkVocabulary(source, { categories, agencies, places, prefixes }),
    ),
    phrases: phrasesOf(reading, wanted, phraseFiles),
    templates: entries.includes(TEMPLATES) ? templatesOf(reading, wanted) : [],
  }
}

function templatesOf({ open, check }: Reading, { templateKeys }: Wanted): TemplatesFile | null {
  return check(open(TEMPLATES), templatesSchema, (source) => checkTemplates(source, templateKeys))
}

function phrasesOf(
  reading: Reading,
  wanted: Wanted,
  present: readonly string[],
): Files['phrases'] | null {
  const read: Partial<Record<Language, PhrasesFile>> = {}
  for (const language of LANGUAGES) {
    const complete = language === 'id' || wanted.required.includes(language)
    if (!complete && !present.includes(`${language}.yaml`)) continue
    const file = reading.check(reading.open(`phrases/${language}.yaml`), phrasesSchema, (source) =>
      checkPhrases(source, wanted.phraseKeys, complete),
    )
    if (file !== null) read[language] = file
  }
  return read.id === undefined ? null : { ...read, id: read.id }
}

function entriesOf(dir: string): readonly string[] | null {
  try {
    return readdirSync(dir)
  } catch {
    return null
  }
}

/** A misspelt file name would otherwise be overlooked in silence. */
function strangersAmong(
  dir: string,
  entries: readonly string[],
  known: readonly string[],
): readonly Problem[] {
  return entries
    .filter((entry) => /\.ya?ml$/i.test(entry) && !known.includes(entry))
    .sort()
    .map((entry) => ({
      file: join(dir, entry),
      line: 1,
      wrong: 'nothing reads this file',
      cure: `Remove it, or rename it to one of: ${known.join(', ')}`,
    }))
}
