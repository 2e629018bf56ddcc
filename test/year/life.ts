// What all people of the year share: the house they write to, the agenda of what they mean to do, and how a case stands.
// They read their messages, as people do; how a case stands they are told by its row, where people would look it up.

import type { Address } from '../../src/message.ts'
import type { Agenda } from './agenda.ts'
import type { House } from './house.ts'
import type { Ask } from './log.ts'
import type { Town } from './town.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** Whoever can be told something. */
interface Ear {
  hear(text: string): void
}

export interface Life {
  readonly seed: number
  readonly town: Town
  readonly house: House
  readonly agenda: Agenda
  readonly ask: Ask
  readonly ears: Map<Address, Ear>
  readonly from: number
  readonly end: number
  /** What somebody wrote or did, counted. */
  readonly done: Map<string, number>
}

export interface Standing {
  readonly state: string
  readonly agency: string | null
  readonly proposed: string | null
  readonly handOffs: number
  readonly extensions: number
  readonly asked: boolean
  readonly category: string | null
}

export async function standing(life: Life, ticket: string): Promise<Standing | null> {
  const [row] = await life.ask(
    `select state, agency, proposed_agency, hand_offs, extensions, asked_days, category from complaints where ticket = ?`,
    ticket,
  )
  if (row === undefined) return null
  return {
    state: String(row.state),
    agency: row.agency === null ? null : String(row.agency),
    proposed: row.proposed_agency === null ? null : String(row.proposed_agency),
    handOffs: Number(row.hand_offs),
    extensions: Number(row.extensions),
    asked: row.asked_days !== null,
    category: row.category === null ? null : String(row.category),
  }
}

export function count(life: Pick<Life, 'done'>, what: string): void {
  life.done.set(what, (life.done.get(what) ?? 0) + 1)
}

export function ticketsIn(text: string): readonly string[] {
  return [...new Set(text.match(/(?<!\d)[1-9]\d{7}(?!\d)/g) ?? [])]
}

/** The zone of the town has had no daylight saving for as long as anybody remembers. */
const AHEAD_MS = 8 * HOUR_MS

export function hourOfDay(at: number): number {
  return Math.floor(((at + AHEAD_MS) % DAY_MS) / HOUR_MS)
}

export function atHour(at: number, hour: number): number {
  return Math.floor((at + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS + hour * HOUR_MS
}

/** Then, or the next morning where nobody writes: by night, and in offices on weekends. */
export function awake(at: number, office: boolean): number {
  const weekday = Math.floor((at + AHEAD_MS) / DAY_MS + 4) % 7
  if (office && (weekday === 0 || weekday === 6)) return awake(atHour(at, 24 + 8) + 600_000, true)
  const [from, to] = office ? [8, 16] : [6, 22]
  const hour = hourOfDay(at)
  if (hour < from) return atHour(at, from) + (at % HOUR_MS)
  return hour < to ? at : awake(atHour(at, 24 + from) + (at % HOUR_MS), office)
}
