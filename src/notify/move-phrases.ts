// Which words a move is told in: one entry per move, with what the reader must know or do next.
// `null`: nobody is told (take, note, number, an extension that was only asked for or refused).

import type { City } from '../city/city.ts'
import { dueAfter } from '../complaints/clocks.ts'
import type { ClockName, Complaint, HistoryEvent, MoveName } from '../complaints/complaint.ts'
import { toldIn } from '../conversation/phrases.ts'
import { agencyName, categoryName, clockDate, dueDate } from './case-words.ts'
import { type Reader, say } from './wording.ts'

export interface Move {
  /** Null when the move filed it. */
  readonly before: Complaint | null
  readonly after: Complaint
  readonly event: HistoryEvent
}

/** A phrase, and the words of an agency or coordinator that fill its `{excerpt}`, if any. */
export interface MovePhrase {
  readonly key: string
  readonly params: Readonly<Record<string, string>>
  readonly excerpt: string | null
  /** Key of what follows an excerpt that had to be cut. */
  readonly more: 'notice_part_more' | 'notice_part_more_status'
  /** How many files came with it, for whose complaint it is. */
  readonly files?: number
}

/** What a move's words are made from. `toldAt`: when the notice goes out, for dates that start then. */
export interface Telling extends Move {
  readonly reader: Reader
  readonly city: City
  readonly toldAt: Date
}

type Tell = (telling: Telling) => MovePhrase | null

export function movePhrase(telling: Telling): MovePhrase | null {
  return isTold(telling.event) ? TELLS[telling.event.move](telling) : null
}

/** Whether the citizen hears of such a move at all. */
export function isTold({ move, detail }: Pick<HistoryEvent, 'move' | 'detail'>): boolean {
  if (move === 'extend' && !movesTheDate(detail)) return false
  return TELLS[move] !== nobody
}

/** What an officer only asks for, and what the head refuses, changes nothing for the citizen. */
function movesTheDate({ asked, refused }: HistoryEvent['detail']): boolean {
  return asked !== true && refused !== true
}

const nobody: Tell = () => null

const TELLS: Readonly<Record<MoveName, Tell>> = {
  file: dated('notice_file', 'verify'),
  assign: dated('notice_assign', 'follow_up'),
  hold: (telling) => withWords(telling, 'notice_hold', 'notice_hold_no_words', 'facts'),
  complete: dated('notice_complete', 'verify'),
  accept: dated('notice_accept', 'finish'),
  update: (telling) => withWords(telling, 'notice_update', 'notice_update_no_words', 'finish'),
  note: nobody,
  answer: tellAnswer,
  return: (telling) => phrase(telling, 'notice_return', 'verify', telling.before?.agency ?? null),
  transfer: dated('notice_transfer', 'follow_up'),
  extend: dated('notice_extend', 'finish'),
  merge: (telling) => plain('notice_merge', { into: telling.after.mergedInto ?? '' }, telling),
  archive: tellArchive,
  restore: dated('notice_restore', 'verify'),
  close: tellClose,
  reopen: byAgency('notice_reopen'),
  satisfied: dated('notice_satisfied', 'reopen'),
  dissatisfied: byAgency('notice_dissatisfied'),
  cancel: dated('notice_cancel', 'verify'),
  correct: (telling) => plain('notice_correct', { changes: changes(telling) }, telling),
  copy: tellCopy,
  number: nobody,
  rate: (telling) => plain('notice_rate', { n: String(telling.after.rating ?? '') }, telling),
  take: nobody,
}

function dated(key: string, clock: ClockName): Tell {
  return (telling) => phrase(telling, key, clock, telling.after.agency)
}

/** To the agency that holds it again; without one it waits for verification. */
function byAgency(key: string): Tell {
  return (telling) =>
    telling.after.agency === null
      ? phrase(telling, `${key}_unassigned`, 'verify', null)
      : phrase(telling, key, 'follow_up', telling.after.agency)
}

function phrase(telling: Telling, key: string, clock: ClockName, agency: string | null) {
  const { reader, after, city } = telling
  const params = {
    agency: agencyName(reader, agency, city),
    date: dueDate(reader, after, [clock], city),
  }
  return plain(key, params, telling)
}

function plain(key: string, params: Record<string, string>, telling: Telling): MovePhrase {
  const { after, event } = telling
  const more = 'notice_part_more_status'
  const files = Number(event.detail.files ?? 0)
  return { key, params: { id: after.ticket, ...params }, excerpt: null, more, files }
}

function withWords(telling: Telling, key: string, without: string, clock: ClockName): MovePhrase {
  const words = wordsOf(telling.event)
  const bare = phrase(telling, words === null ? without : key, clock, telling.after.agency)
  return { ...bare, excerpt: words }
}

/** The reply clock starts when the channel takes the answer, so its date is counted from then. */
function tellAnswer(telling: Telling): MovePhrase {
  const { reader, after, city, toldAt } = telling
  const reply = dueAfter(after.rules.reply, toldAt, city.calendar)
  const params = {
    agency: agencyName(reader, after.agency, city),
    date: clockDate(reader, reply, city),
  }
  const excerpt = wordsOf(telling.event) ?? ''
  return { ...plain('notice_answer', params, telling), excerpt, more: 'notice_part_more' }
}

/** The reason plainly, the next door where the city names one, and how long missing facts may still come. */
function tellArchive(telling: Telling): MovePhrase {
  const { reader, after, event, city } = telling
  const reason = after.archiveReason ?? 'unclear'
  const untilThen = dueAfter(after.rules.reopen, event.at, city.calendar)
  const door = city.nextDoor[reason]
  const params = {
    date: clockDate(reader, untilThen, city),
    door: door === undefined ? '' : toldIn(reader.language, door),
  }
  return plain(`notice_archive_${reason}`, params, telling)
}

function tellClose(telling: Telling): MovePhrase {
  if (telling.event.role === 'system') {
    return phrase(telling, 'notice_close_auto', 'reopen', telling.after.agency)
  }
  return withWords(telling, 'notice_close', 'notice_close_no_words', 'reopen')
}

function tellCopy(telling: Telling): MovePhrase {
  const { reader, after, event, city } = telling
  const id = typeof event.detail.agency === 'string' ? event.detail.agency : null
  return plain(
    'notice_copy',
    { agency: agencyName(reader, id ?? after.copiedTo.at(-1) ?? null, city) },
    telling,
  )
}

/** What was corrected, by comparing; the place's own text stays out, it may be the citizen's words. */
function changes({ reader, before, after, city }: Telling): string {
  const part = (key: string, params: Record<string, string> = {}) =>
    say(reader, `notice_part_${key}`, params, { city })
  const parts: string[] = []
  if (before?.category !== after.category) {
    parts.push(part('category', { category: categoryName(reader, after.category, city) }))
  }
  if (before?.class !== after.class) parts.push(part(`class_${after.class}`))
  if (before?.place.kelurahan !== after.place.kelurahan && after.place.kelurahan !== null) {
    parts.push(part('kelurahan', { kel: after.place.kelurahan }))
  } else if (JSON.stringify(before?.place) !== JSON.stringify(after.place)) {
    parts.push(part('place'))
  }
  if (before?.confidential !== after.confidential) {
    parts.push(part(after.confidential ? 'confidential' : 'not_confidential'))
  }
  if (before?.anonymous !== after.anonymous && after.anonymous) parts.push(part('anonymous'))
  return parts.length === 0 ? part('details') : parts.join(', ')
}

/** Words of an agency or coordinator: the only moves told with words are theirs. */
function wordsOf({ note, detail }: HistoryEvent): string | null {
  const reason = detail.reason
  const words = note ?? (typeof reason === 'string' ? reason : null)
  return words === null || words.trim() === '' ? null : words
}
