// Free words in reply to a card: are they the final answer, an update, or a question to the citizen?
// Shown with the question, so that the choice is their confirmation. What answers nothing is offered as an update.

import type { Complaint } from '../../complaints/complaint.ts'
import type { MoveRequest } from '../../complaints/moves.ts'
import type { MediaRef } from '../../message.ts'
import type { DeskCase } from '../desk.ts'
import type { DeskState } from '../desk-state.ts'
import { keptMedia } from '../draft.ts'
import { line, rendered, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { LIFE_MS, numbered } from './asking.ts'
import { isCanned } from './canned.ts'
import { pickChoices, tapped } from './choices.ts'
import { type DeskMoment, readable, told, tryStaffMove } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { fitted, givenWords, updateMove, withAttached } from './given-words.ts'
import { moveMade, refusedMove } from './moving.ts'
import { tooLate, wentOn } from './overtaken.ts'

type Words = NonNullable<DeskState['words']>
type Way = Words['ways'][number]

/** Null: nothing was said that could be sent. */
export function cardWords(moment: DeskMoment, ticket: string): Outcome | null {
  const found = readable(moment, ticket)
  const text = givenWords(moment, moment.message.text.trim())
  if (found === null || text === '') return null
  const ways = (['answer', 'update', 'ask'] as const).filter((way) =>
    isOpen(moment, found.complaint, way),
  )
  if (ways.length === 0) {
    const request = requestOf(moment, found.complaint, 'answer', text)
    const refused = tryStaffMove(moment, found.complaint, request)
    return refusedMove(moment, found, refused, request.move)
  }
  return offer(moment, found, text, keptMedia(moment.message), [...ways, 'drop'])
}

/** Null: no update can be sent as the case stands. */
export function offerAsUpdate(
  moment: DeskMoment,
  found: DeskCase,
  text: string,
  media: readonly MediaRef[],
): Outcome | null {
  if (!isOpen(moment, found.complaint, 'update')) return null
  return offer(moment, found, text, media, ['update', 'answer', 'drop'], true)
}

function offer(
  moment: DeskMoment,
  { complaint }: DeskCase,
  text: string,
  media: readonly MediaRef[],
  ways: readonly Way[],
  canned = false,
): Outcome {
  const { context } = moment
  const { album } = moment.message
  const { ticket, version } = complaint
  const untilMs = context.now.getTime() + LIFE_MS
  const labels = ways.map((way) => labelOf(moment, way, canned))
  const key = canned ? 'desk_canned' : 'desk_words_kind'
  const picks = labels.map((label) => ({ value: '', label }))
  const list = numbered(moment, picks)
  const asked = (shown: string) => line(context, key, { id: ticket, words: shown }, { ticket })
  const frame = [asked(''), ...list].map((one) => rendered(context, one)).join('  ')
  const choices = pickChoices(labels, untilMs)
  return told(moment, [{ ...asked(fitted(context, text, frame)), choices }, ...list], [], {
    words: { ticket, text, media: [...media], album, version, canned, ways: [...ways], untilMs },
  })
}

function labelOf({ context }: DeskMoment, way: Way, canned: boolean): string {
  return words(context, way === 'answer' && canned ? 'desk_as_answer_still' : `desk_as_${way}`, {})
}

/** What was picked for the words that wait; null: nothing was, or nothing waits. */
export function chosenForWords(moment: DeskMoment): Outcome | null {
  const { state, context } = moment
  const waiting = state.desk?.words ?? null
  if (waiting === null || context.now.getTime() > waiting.untilMs) return null
  const way = pickedWay(moment, waiting)
  if (way === null) return null
  const { ticket, text, media, canned } = waiting
  const found = readable(moment, ticket)
  if (found === null) return told(moment, [line(context, 'desk_unknown', { id: ticket })])
  if (way === 'drop')
    return told(moment, [line(context, 'desk_dropped', { id: ticket }, { ticket })])
  if (wentOn(found, waiting.version)) return tooLate(moment, found)
  if (way === 'answer' && !canned && isCanned(text, context.city)) {
    const instead = offerAsUpdate(moment, found, text, media)
    if (instead !== null) return instead
  }
  const request = requestOf(moment, found.complaint, way, text)
  const outcome = moveMade(moment, found, request, (after) =>
    doneLines(moment, { before: found.complaint, after, request }),
  )
  return withAttached(outcome, media)
}

/** By its button, its number or its name; YA and TIDAK to what is offered instead. */
function pickedWay(moment: DeskMoment, { ways, canned, untilMs }: Words): Way | null {
  const { message, reading } = moment
  const tap = tapped(message.choice, untilMs)
  if (message.choice !== null) return tap?.type === 'pick' ? (ways[tap.at] ?? null) : null
  if (reading.number !== null) return ways[reading.number - 1] ?? null
  if (reading.intent === 'no') return 'drop'
  if (reading.intent === 'yes' && canned) return 'update'
  const said = message.text.trim().toLowerCase()
  return ways.find((way) => labelOf(moment, way, canned).toLowerCase() === said) ?? null
}

function requestOf(
  moment: DeskMoment,
  complaint: Complaint,
  way: Exclude<Way, 'drop'>,
  note: string,
): MoveRequest {
  switch (way) {
    case 'answer':
      return { move: 'answer', note }
    case 'update':
      return { move: updateMove(moment, complaint), note }
    case 'ask':
      return { move: 'hold', note }
  }
}

function isOpen(moment: DeskMoment, complaint: Complaint, way: Exclude<Way, 'drop'>): boolean {
  return tryStaffMove(moment, complaint, requestOf(moment, complaint, way, '-')).outcome === 'moved'
}
