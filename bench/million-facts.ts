// What a complaint of a full store is like, in SQL over `i`, its place in time: three years of a city.
// Nothing here is random: the same numbers make the same city.

import type { City } from '../src/city/city.ts'
import type { FillDatabase } from './million-database.ts'

export const DAY_MS = 86_400_000
export const YEARS = 3
const DAYS = YEARS * 365
/** What is open is mostly from these last days: about one in thirty of all. */
const FRESH_DAYS = 60
/** Words that belong to no complaint are kept this long. */
const WORDS_DAYS = 30

export interface Plan {
  readonly complaints: number
  readonly people: number
  readonly now: number
  readonly city: City
  /** The greatest number given so far to an event. */
  readonly lastEvent: number
}

export interface Facts {
  readonly filed: string
  readonly isOpen: string
  readonly state: string
  /** When it was over. */
  readonly over: string
  readonly due: string
  readonly text: string
  /** Nobody keeps words that belong to no complaint for so long. */
  readonly wordsGone: string
  readonly category: string
  readonly agency: string
  readonly kelurahan: string
  /** The number of its first event. */
  readonly event: string
}

const MATTERS = [
  'lampu jalan padam sejak tiga malam, gang jadi gelap dan warga takut lewat',
  'got di depan rumah tersumbat, kalau hujan airnya masuk ke teras',
  'sampah menumpuk di ujung gang, sudah seminggu tidak diangkut',
  'air ledeng keruh dan kecil, tiap sore hanya menetes',
  'jalan berlubang dekat jembatan, kemarin ada motor jatuh',
]
const OPEN_STATES = [
  ...['received', 'received', 'held', 'answered', 'in_progress', 'in_progress', 'in_progress'],
  ...['assigned', 'assigned', 'assigned', 'assigned', 'in_progress'],
]
const OVER_STATES = [
  ...Array.from({ length: 21 }, () => 'closed'),
  'archived',
  'archived',
  'cancelled',
]

export const filedAt = ({ complaints, now }: Plan, i: number) =>
  now - DAYS * DAY_MS + i * stepMs(complaints)

const stepMs = (complaints: number) => Math.floor((DAYS * DAY_MS - 120_000) / complaints)

/** Spread evenly over 0 ... below. */
export const spread = (of: string, salt: number, below: number) =>
  `((((${of}) + ${salt * 7919}) * 2654435761) % 4294967296 / 32 % ${below})`

export const oneOf = (words: readonly string[], of: string, salt: number) => {
  const cases = words.map((word, n) => `when ${n} then '${word.replaceAll("'", "''")}'`)
  return `case ${spread(of, salt, words.length)} ${cases.join(' ')} end`
}

export function factsOf(plan: Plan): Facts {
  const { complaints, now, city } = plan
  const filed = `(${filedAt(plan, 0)} + i * ${stepMs(complaints)})`
  const fresh = Math.floor((complaints * (DAYS - FRESH_DAYS)) / DAYS)
  const isOpen = `(${spread('i', 1, 1000)} < case when i > ${fresh} then 500 else 3 end)`
  const closed = `(${filed} + ${DAY_MS} + ${spread('i', 4, 20 * 24)} * 3600000)`
  const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id)
  return {
    filed,
    isOpen,
    state: `case when ${isOpen} then ${oneOf(OPEN_STATES, 'i', 2)} else ${oneOf(OVER_STATES, 'i', 3)} end`,
    over: `case when ${closed} > ${now} then ${now} - 60000 else ${closed} end`,
    due: `${now} + ${spread('i', 14, 14)} * ${DAY_MS}`,
    text: `${oneOf(MATTERS, 'i', 5)} || ' (no ' || i || ')'`,
    wordsGone: `${filed} < ${now - WORDS_DAYS * DAY_MS}`,
    category: oneOf(idsOf(city.categories), 'i', 6),
    agency: oneOf(idsOf(city.agencies), 'i', 7),
    kelurahan: oneOf(
      city.places.districts.flatMap(({ villages }) => villages).map(({ name }) => name),
      'i',
      9,
    ),
    event: `(${plan.lastEvent + 1} + 4 * (i - 1))`,
  }
}

/** As `createNewId` makes them: in the order of time, 36 characters. */
export function idAt(db: FillDatabase, ms: string, kind: number, of: string): string {
  const at = db.hex(ms, 12)
  const place = `'-7${kind.toString(16).padStart(3, '0')}-8' || ${db.hex(spread(of, kind, 4096), 3)}`
  return `substr(${at}, 1, 8) || '-' || substr(${at}, 9) || ${place} || '-' || ${db.hex(of, 12)}`
}

/** As a provider gives them: in no order. */
export function providerId(db: FillDatabase, of: string, salt: number): string {
  const first = db.hex(`((${of}) + ${salt}) * 2654435761 % 4294967296`, 8)
  return `'SM' || ${first} || ${db.hex(`(${of}) * 40503 % 65536`, 8)} || ${db.hex(of, 16)}`
}
