// DATA SAYA and HAPUS DATA: what is kept of the one who asks, and its end. Only HAPUS YA (or its button) erases.
// The question stands beside whatever else is open, for a day; every other answer leaves all as it is.

import type { State as CaseState } from '../../complaints/complaint.ts'
import { ERASE, KEEP } from '../choices.ts'
import { type Line, line, words } from '../lines.ts'
import { DAY_MS, type Moment, type Outcome } from '../moment.ts'
import { formatDate } from '../phrases.ts'
import { initialState, isErasing, type State } from '../state.ts'
import type { Context, OwnFile } from '../turn.ts'

/** By SMS it is two segments with everything else. */
const LISTED = { sms: 3, chat: 10 } as const

export function myData({ state, context }: Moment): Outcome {
  if (state.unproven)
    return { state: { ...state, question: { type: 'prove', for: 'data' } }, lines: [] }
  if (context.file === null) return { state, lines: [], effects: [{ type: 'read-own-file' }] }
  return { state, lines: fileLines(context, context.file), ask: false }
}

/** A ticket that was asked for to show whose number it is: now the data can be told. */
export function isProvenForData({ state, reading }: Moment): boolean {
  const { question } = state
  if (question?.type !== 'prove' || question.for !== 'data' || state.unproven) return false
  return reading.command === null || reading.command.natural
}

export function provenData(moment: Moment): Outcome {
  return myData({ ...moment, state: { ...moment.state, question: null } })
}

function fileLines(context: Context, file: OwnFile): readonly Line[] {
  const { person, city } = context
  const since = { date: formatDate(file.since, city), n: String(file.complaints) }
  const language = words(context, `choice_language_${person.language}`, {})
  const list = caseList(context, file)
  return [
    line(context, file.complaints === 0 ? 'data_since_none' : 'data_since', since),
    ...(list === null ? [] : [line(context, 'data_list', { list })]),
    ...(file.linked === 0 ? [] : [line(context, 'data_linked', { n: String(file.linked) })]),
    line(context, person.stopped ? 'data_notices_off' : 'data_notices_on', { label: language }),
    line(context, 'data_kept', {
      days: String(city.retention.identityDays),
      text_days: String(city.retention.textDays),
    }),
  ]
}

function caseList(context: Context, { cases, complaints }: OwnFile): string | null {
  const told = cases.slice(0, LISTED[context.person.style])
  const items = told.map(({ ticket, state }) =>
    words(context, 'status_item', { id: ticket, state: stateWords(context, state) }),
  )
  const more = complaints - told.length
  if (more > 0 && told.length > 0) items.push(words(context, 'status_more', { n: String(more) }))
  return items.length === 0
    ? null
    : items.reduce((first, second) => words(context, 'list_join', { first, second }))
}

function stateWords(context: Context, state: CaseState): string {
  return words(context, `short_${state}`, {})
}

/** Asked back once, with what goes and what stays; and where else it must be asked for. */
export function eraseRequest({ state, context }: Moment): Outcome {
  const { file } = context
  if (file === null) return { state, lines: [], effects: [{ type: 'read-own-file' }] }
  const asked: Outcome = {
    state: { ...state, eraseUntilMs: context.now.getTime() + DAY_MS, eraseAsked: true },
    lines: [goesLine(state, context), line(context, 'erase_stays', {}), askLine(context)],
    ask: false,
  }
  // A number that may have been handed out again learns of nothing.
  if (file.linked === 0 || state.unproven || state.doubtedMs !== null) return asked
  return { ...asked, further: line(context, 'erase_linked', { n: String(file.linked) }) }
}

/** In the same words whether or not whoever had the number before has filed anything. */
function goesLine({ doubtedMs }: State, context: Context): Line {
  if (doubtedMs === null) return line(context, 'erase_goes', {})
  return line(context, 'erase_since', { date: formatDate(new Date(doubtedMs), context.city) })
}

function askLine(context: Context): Line {
  const choices = [
    { value: ERASE, label: words(context, 'choice_erase', {}) },
    { value: KEEP, label: words(context, 'choice_keep', {}) },
  ]
  return line(context, 'ask_erase', {}, { choices })
}

/** HAPUS YA: erases what was asked for within the last day, else nothing. */
export function eraseConfirmed({ state, context }: Moment): Outcome {
  if (!isErasing(state, context.now.getTime()))
    return { state, lines: [line(context, 'erase_nothing', {})] }
  const { doubtedMs } = state
  return {
    state: initialState,
    lines: [line(context, 'erased', {})],
    effects: [{ type: 'erase', ...(doubtedMs === null ? {} : { sinceMs: doubtedMs }) }],
    ask: false,
  }
}

/** The buttons at any time; a bare YA, TIDAK or BATAL only where nothing else was asked since. Null: no answer to this. */
export function eraseAnswer(moment: Moment): Outcome | null {
  const { state, context, message, reading } = moment
  if (!isErasing(state, context.now.getTime())) return null
  if (message.choice === ERASE) return eraseConfirmed(moment)
  if (message.choice === KEEP) return kept(moment)
  const others = state.draft !== null || state.question !== null
  if (message.choice !== null || (others && !state.eraseAsked)) return null
  const { intent, command } = reading
  if (intent === 'no' || (command?.name === 'cancel' && command.ticket === null))
    return kept(moment)
  if (intent === 'yes' || intent === 'number')
    return { state, lines: [askLine(context)], ask: false, heard: 'chatter' }
  return null
}

function kept({ state, context }: Moment): Outcome {
  return {
    state: { ...state, eraseUntilMs: null, eraseAsked: false },
    lines: [line(context, 'erase_kept', {})],
    ask: true,
  }
}

/** Whatever else is said is about something else again. */
export function pastErasing(moment: Moment): Moment {
  const { state } = moment
  return state.eraseAsked ? { ...moment, state: { ...state, eraseAsked: false } } : moment
}

/** What even somebody blocked may ask for: it is theirs. */
export function isAboutOwnData({ message, reading }: Pick<Moment, 'message' | 'reading'>): boolean {
  const name = message.choice === null ? reading.command?.name : undefined
  return name === 'data' || name === 'erase' || name === 'erase_yes' || message.choice === ERASE
}
