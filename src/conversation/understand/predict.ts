// What was read in messages, for people and scripts: one line per message, and a comparison with labels given by hand.
// Pure; the command line prints it.

import type { City } from '../../city/city.ts'
import type { ComplaintClass } from '../../complaints/complaint.ts'
import type { Intent, Understanding } from './understanding.ts'

/** One line of `understand --predict`. Names and order are those others build on. */
export interface Prediction {
  readonly id: string
  readonly class: ComplaintClass | 'none'
  readonly intent: Intent
  readonly category: string | null
  /** The three best guesses; filled up with the most usual ones. Empty for no report. */
  readonly categories: readonly string[]
  readonly agency: string | null
  readonly kelurahan: string | null
  readonly urgent: boolean
  readonly confidence: number
  readonly asks: readonly string[]
}

const GUESSES = 3

export function predictLine(id: string, reading: Understanding, city: City): Prediction {
  const intent = reading.command?.name === 'file' ? 'complaint' : reading.intent
  const isReport = intent === 'complaint'
  const guesses = reading.categories.map((category) => category.id)
  const filled = [...guesses, city.otherCategory, ...city.vocabulary.usual_categories]
  return {
    id,
    class: isReport ? reading.class : 'none',
    intent,
    category: isReport ? (guesses[0] ?? city.otherCategory) : null,
    categories: isReport ? [...new Set(filled)].slice(0, GUESSES) : [],
    agency: isReport ? agencyOf(reading, city) : null,
    kelurahan: isReport ? kelurahanOf(reading, city) : null,
    urgent: isReport && reading.urgent,
    confidence: isReport ? reading.confidence : 0,
    asks: isReport ? reading.asks : [],
  }
}

function agencyOf(reading: Understanding, city: City): string | null {
  return reading.agency ?? city.categoryById.get(city.otherCategory)?.agency ?? null
}

function kelurahanOf(reading: Understanding, city: City): string | null {
  if (reading.place.villages.length !== 1) return null
  const code = reading.place.villages[0]
  for (const district of city.places.districts)
    for (const village of district.villages) if (village.code === code) return village.name
  return null
}

/** One message with the labels a person gave it. */
export interface Labelled {
  readonly id: string
  readonly text: string
  readonly understanding: Understanding
  /** The line as given: `klass`, `slug`, `kelurahan`, `agency`, `flags`. */
  readonly gold: Readonly<Record<string, unknown>>
}

interface Tally {
  right: number
  of: number
}

const LABELS = ['class', 'category', 'top3', 'kelurahan', 'agency', 'urgent'] as const
type Label = (typeof LABELS)[number]

const CLASS_LABELS: Readonly<Record<string, Prediction['class']>> = {
  pengaduan: 'complaint',
  aspirasi: 'aspiration',
  permintaan_informasi: 'information',
  bukan_laporan: 'none',
}

/** What was read in each message and why, what differs from its labels, and the sums. */
export function scoreReport(rows: readonly Labelled[], city: City): string {
  const sums = Object.fromEntries(LABELS.map((label) => [label, { right: 0, of: 0 }])) as Record<
    Label,
    Tally
  >
  const lines = rows.flatMap((row) => {
    const line = predictLine(row.id, row.understanding, city)
    const wrong: string[] = []
    for (const { label, expected, actual, right } of compare(row.gold, line)) {
      sums[label].of += 1
      if (right) sums[label].right += 1
      else wrong.push(`${label}: ${actual}, labelled ${expected}`)
    }
    return describe(row, line, wrong)
  })
  const totals = LABELS.filter((label) => sums[label].of > 0).map((label) => {
    const { right, of } = sums[label]
    return `${label.padEnd(10)} ${right}/${of} (${Math.round((100 * right) / of)} %)`
  })
  return [...lines, ...totals].join('\n')
}

interface Comparison {
  readonly label: Label
  readonly expected: string
  readonly actual: string
  readonly right: boolean
}

function compare(gold: Readonly<Record<string, unknown>>, line: Prediction): Comparison[] {
  const flags = new Set(Array.isArray(gold.flags) ? (gold.flags as unknown[]) : [])
  const compared: Comparison[] = []
  const add = (label: Label, expected: unknown, actual: unknown): void => {
    compared.push({
      label,
      expected: String(expected),
      actual: String(actual),
      right: expected === actual,
    })
  }
  const klass = gold.klass
  if (typeof klass !== 'string') return compared
  add('class', CLASS_LABELS[klass] ?? klass, line.class)
  if (klass === 'bukan_laporan') return compared
  const category = gold.slug ?? null
  add('category', category, line.category)
  compared.push({
    label: 'top3',
    expected: String(category),
    actual: line.categories.join(' '),
    right: typeof category === 'string' && line.categories.includes(category),
  })
  if (!flags.has('kel_inferred')) add('kelurahan', gold.kelurahan ?? null, line.kelurahan)
  if (!flags.has('agency_uncertain') && typeof gold.agency === 'string')
    add('agency', gold.agency, line.agency)
  add('urgent', flags.has('darurat'), line.urgent)
  return compared
}

function describe(row: Labelled, line: Prediction, wrong: readonly string[]): string[] {
  const { understanding: reading } = row
  const command = reading.command === null ? '' : ` ${reading.command.name}`
  const facts = [
    `${line.intent}${command}`,
    line.class,
    line.category ?? '-',
    line.agency ?? '-',
    line.kelurahan ?? '-',
    ...(line.urgent ? ['urgent'] : []),
    ...(reading.sensitive ? ['sensitive'] : []),
    ...(line.asks.length > 0 ? [`asks ${line.asks.join(', ')}`] : []),
  ]
  return [
    `${wrong.length === 0 ? ' ' : '!'} ${row.id} ${row.text}`,
    `    ${facts.join(' | ')} | ${line.confidence}`,
    `    spot: ${reading.place.text ?? '-'}; because of ${reading.why.join('; ') || 'nothing known'}`,
    ...wrong.map((difference) => `    ${difference}`),
    '',
  ]
}
