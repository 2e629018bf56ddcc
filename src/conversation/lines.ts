// What is said, line by line, before it becomes one message.
// A line names a phrase of config/phrases; its placeholders are checked by the compiler.

import type { Told } from '../city/city.ts'
import { runningClock } from '../complaints/clocks.ts'
import type { Complaint } from '../complaints/complaint.ts'
import type { Choice } from '../message.ts'
import type { FilesOf, Say } from './effect.ts'
import { formatDate, type PhraseParams, render, toldIn } from './phrases.ts'
import type { REPLIES } from './reply-keys.ts'
import type { Context } from './turn.ts'

export type ReplyKey = keyof typeof REPLIES
export type ParamsOf<K extends ReplyKey> = Readonly<Record<(typeof REPLIES)[K][number], string>>

export interface Line {
  readonly phrase: PhraseParams
  readonly choices?: readonly Choice[]
  readonly ticket?: string
  /** Stands at the end when the message has to be cut; the line's words are its last. */
  readonly tail?: string
  readonly files?: FilesOf
  /** Of a message out of several lines one is enough. */
  readonly secret?: true
}

export function line<K extends ReplyKey>(
  context: Context,
  key: K,
  params: ParamsOf<K>,
  more: Omit<Line, 'phrase'> = {},
): Line {
  return { phrase: { key, params: { ...params, code: context.code } }, ...more }
}

/** The phrase rendered for this person, to stand inside another. */
export function words<K extends ReplyKey>(context: Context, key: K, params: ParamsOf<K>): string {
  return rendered(context, line(context, key, params))
}

/** For words that are stored with a case: the desk reads Indonesian, whoever wrote. */
export function forDesk(context: Context): Context {
  return { ...context, person: { ...context.person, language: 'id' } }
}

export function rendered(context: Context, { phrase }: Line): string {
  const { language, style } = context.person
  return render(context.city, language, style, phrase)
}

/** One message out of several lines, in their order. */
export function composed(context: Context, lines: readonly Line[]): Say | null {
  let whole: Line | null = null
  for (const next of lines) whole = whole === null ? next : joined(context, whole, next)
  return whole
}

function joined(context: Context, before: Line, next: Line): Line {
  const first = rendered(context, before)
  const second = rendered(context, next)
  return { ...before, ...next, phrase: line(context, 'both', { first, second }).phrase }
}

/** The date as it is told: as an estimate where no official list of holidays covers it. */
export function dateWords(context: Context, at: Date, estimate: boolean): string {
  const date = formatDate(at, context.city)
  return estimate ? words(context, 'estimate_date', { date }) : date
}

/** Earliest date among the running clocks; null when none runs. */
export function dueWords(context: Context, complaint: Complaint): string | null {
  const next = nextDue(complaint)
  return next === undefined ? null : dateWords(context, next.dueAt, next.estimate)
}

export function dueAtOf(complaint: Complaint): Date | null {
  return nextDue(complaint)?.dueAt ?? null
}

function nextDue({ clocks }: Complaint) {
  const running = clocks.filter((clock) => clock.status === 'running')
  return running.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0]
}

/** Due date of this clock of the complaint, or the earliest of all. */
export function clockWords(
  context: Context,
  complaint: Complaint,
  name: Parameters<typeof runningClock>[1],
): string {
  const clock = runningClock(complaint, name)
  if (clock !== null) return dateWords(context, clock.dueAt, clock.estimate)
  return dueWords(context, complaint) ?? formatDate(context.now, context.city)
}

/** How the agency is called on this channel; the coordinator where there is none. */
export function agencyWords(context: Context, id: string | null): string {
  const agency = id === null ? undefined : context.city.agencyById.get(id)
  if (agency === undefined) return words(context, 'coordinator', {})
  return context.person.style === 'sms' ? agency.short : agency.name
}

export function categoryWords(context: Context, id: string | null): string {
  const category = id === null ? undefined : context.city.categoryById.get(id)
  if (category === undefined) return words(context, 'no_category', {})
  if (context.person.style === 'sms') return category.short
  return category.name[context.person.language === 'en' ? 'en' : 'id']
}

/** The city's own words, as this person reads them. */
export function cityWords({ person }: Context, told: Told): string {
  return toldIn(person.language, told)
}

/** The end of a message that was cut: where the whole can be read. */
export function moreTail(context: Context, ticket: string): string {
  return words(context, 'more', { id: ticket })
}
