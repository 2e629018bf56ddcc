// Who among a complaint's listeners hears of a move, and in which words (product.md sections 3, 8 and 9).
// Pure: one notice is one message, and it never repeats what the citizen wrote.

import type { City } from '../city/city.ts'
import type { NewId } from '../clock.ts'
import type { Complaint } from '../complaints/complaint.ts'
import { maskNumbers } from '../complaints/privacy.ts'
import { channelOf } from '../message.ts'
import { ANSWER_KIND, NEWEST_KIND, type NewOutbound, SUPPORT_KIND } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import { stateWords } from './case-words.ts'
import { afterQuiet, maybeAnother } from './hours.ts'
import { type Move, type MovePhrase, movePhrase } from './move-phrases.ts'
import { noticeRow, readersOf } from './outbound-row.ts'
import { supportPhrase, supportState } from './supporters.ts'
import { type Measure, say, shortened, sized, type Worded, type Wording } from './wording.ts'

export interface NoticeFacts {
  readonly listeners: readonly Listener[]
  readonly city: City
  readonly measure: Measure
  readonly now: Date
  readonly newId: NewId
  /** The one whose own message made the move: the reply tells them, at whichever of their addresses they were. */
  readonly exceptPersonId?: string
}

/** The notices of one move; their kind is the move's name, of an answer `answered`. Nobody is told of take, note and number. */
export function noticesFor(move: Move, facts: NoticeFacts): readonly NewOutbound[] {
  const { city, now, newId, exceptPersonId } = facts
  const dueAt = afterQuiet(now, city)
  const kind = move.event.move === 'answer' ? ANSWER_KIND : move.event.move
  const { ticket } = move.after
  const spoke = facts.listeners.find(({ personId }) => personId === exceptPersonId)?.citizen
  return readersOf(facts.listeners).flatMap((reader) => {
    if (reader.citizen === spoke) return []
    const telling = { ...move, reader, city, toldAt: dueAt }
    const phrase = reader.supporter ? supportPhrase(telling) : movePhrase(telling)
    if (phrase === null) return []
    const hushed = isHushed(reader, phrase, move)
    const worded =
      hushed || maybeAnother(reader, now)
        ? bare(reader, move.after, facts)
        : fill(reader, phrase, facts)
    // Where it stands is no answer: by it neither the time to reply begins, nor has the one whose it is been told.
    const told = hushed ? NEWEST_KIND : kind
    const row = { kind: reader.supporter ? SUPPORT_KIND : told, ticket, now, dueAt, newId }
    return [noticeRow(reader, worded, row)]
  })
}

/**
 * Whoever only came along by a merge hears of a confidential case where it stands, and no words: neither the agency's,
 * which may repeat what its reporter confided, nor what was corrected in it.
 */
function isHushed(reader: Listener, { excerpt }: MovePhrase, { after, event }: Move): boolean {
  if (!after.confidential || reader.supporter || reader.citizen === after.ticket) return false
  return excerpt !== null || event.move === 'correct'
}

/** A fixed notice to all whose complaint it is: a reminder, or that it is late. */
export function tellAll(
  complaint: Complaint,
  kind: string,
  phraseFor: (reader: Listener) => Pick<MovePhrase, 'key' | 'params'>,
  facts: NoticeFacts,
): readonly NewOutbound[] {
  const { city, now, newId } = facts
  const row = { kind, ticket: complaint.ticket, now, dueAt: afterQuiet(now, city), newId }
  const theirs = facts.listeners.filter(({ supporter }) => !supporter)
  return readersOf(theirs).map((reader) => {
    const { key, params } = phraseFor(reader)
    const worded = maybeAnother(reader, now)
      ? bare(reader, complaint, facts)
      : sized(reader, say(reader, key, { id: complaint.ticket, ...params }, facts), facts)
    return noticeRow(reader, worded, row)
  })
}

function bare(reader: Listener, complaint: Complaint, wording: Wording): Worded {
  return sized(reader, bareWords(reader, complaint, wording.city), wording)
}

/** Numbers are handed out again: whoever was silent too long learns only ticket and state. */
export function bareWords(reader: Listener, complaint: Complaint, city: City): string {
  const words = reader.supporter ? supportState : stateWords
  const params = { id: complaint.ticket, state: words(reader, complaint, city) }
  return say(reader, 'notice_bare', params, { city })
}

/** A phrase in one message; words that are too long are cut, with a word on where the rest is. */
export function fill(reader: Listener, phrase: MovePhrase, wording: Wording): Worded {
  const { key, params } = phrase
  // Whoever did not file it is not shown whose numbers stand in the agency's words.
  const excerpt =
    phrase.excerpt === null || reader.reporter ? phrase.excerpt : maskNumbers(phrase.excerpt)
  const also = filesExist(reader, phrase, wording)
  const build = (words: string) =>
    `${say(reader, key, { ...params, excerpt: words }, wording)}${also}`
  if (excerpt === null) return sized(reader, `${say(reader, key, params, wording)}${also}`, wording)
  const more = ` ${say(reader, phrase.more, { id: params.id ?? '' }, wording)}`
  return shortened(reader, excerpt, more, build, wording)
}

/** Where files do not arrive, that there are some; only whose complaint it is gets them at all. */
function filesExist(
  reader: Listener,
  { files = 0, params }: MovePhrase,
  wording: Pick<Wording, 'city'>,
): string {
  const theirs = !reader.supporter && reader.citizen === params.id
  if (files === 0 || !theirs || channelOf(reader.address) !== 'sms') return ''
  return ` ${say(reader, 'attachments_exist', { n: String(files) }, wording)}`
}
