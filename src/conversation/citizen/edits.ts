// A message that was edited: before filing it changes the draft, afterwards it is a note on the complaint.
// Of a message that led to nothing, the new words are taken for themselves; an answer never answers another question.

import type { Complaint } from '../../complaints/complaint.ts'
import { NOWHERE } from '../../complaints/complaint.ts'
import { moveOr } from '../case-words.ts'
import { digestOf } from '../digest.ts'
import { fullWords, pictured } from '../draft.ts'
import { emergency, numberFirst } from '../emergency.ts'
import { line } from '../lines.ts'
import { findCase, type Moment, type Outcome } from '../moment.ts'
import { reread } from '../reread.ts'
import type { Draft } from '../state.ts'
import { next, saidPlace } from './draft-answers.ts'
import { wishedSecret } from './report.ts'

/** Null: no edit, or one to be taken for itself. */
export function edited(moment: Moment): Outcome | null {
  const { state, context, message, reading } = moment
  const { edits } = message
  if (edits === null) return null
  const changed = state.draft === null ? null : inDraft(moment, state.draft, edits)
  if (changed !== null) return changed
  const source = state.sources.find(({ ids }) => ids.includes(edits))
  const ticket = source?.ticket ?? context.quoted
  if (ticket !== null) return onCase(moment, ticket)
  if (message.position !== null) return unchanged(moment)
  const { intent } = reading
  const answers = intent === 'number' || intent === 'yes' || intent === 'no' || intent === 'empty'
  if (!answers) return null
  return { state, lines: [line(context, 'edit_unused', {})], heard: 'chatter', ask: true }
}

/** The new words as if they were said for the first time, in the message they stand in: that may be edited again. */
export function asNew(moment: Moment): Moment {
  const { message, context } = moment
  if (message.edits === null) return moment
  return {
    ...moment,
    message: { ...message, providerId: message.edits, edits: null },
    context: { ...context, quoted: null },
  }
}

/** Null: the message had no words in the draft. */
function inDraft(moment: Moment, known: Draft, edits: string): Outcome | null {
  const { state, context, message } = moment
  const isPart = [...known.from, ...known.parts, known.placeFrom].includes(edits)
  const draft = isPart ? pictured(known, message) : known
  const at = draft.from.indexOf(edits)
  const text = fullWords(moment)
  if (message.position !== null && draft.parts.includes(edits)) {
    // A live position moves all the time: each step of it is no news.
    const { lat, lon } = message.position
    const moved = { ...draft, place: { ...draft.place, lat, lon } }
    return { state: { ...state, draft: moved }, lines: [], silent: 'unchanged' }
  }
  const used = [line(context, 'edit_taken', {})]
  if (at !== -1) {
    const same = digestOf(draft.words[at] ?? '') === digestOf(text)
    if (!same || wishesMore(moment, draft)) return next(moment, reread(draft, at, moment), used)
    return draft === known ? unchanged(moment) : next(moment, draft, used)
  }
  if (draft !== known && (text === '' || text === draft.place.text))
    return next(moment, draft, used)
  if (draft.placeFrom !== edits) return null
  if (text === draft.place.text) return unchanged(moment)
  const open: Draft['open'] = [...draft.open.filter((slot) => slot !== 'place'), 'place']
  const answered = saidPlace(moment, { ...draft, place: NOWHERE, villages: [], open })
  return { ...answered, lines: [...used, ...answered.lines] }
}

function unchanged({ state }: Moment): Outcome {
  return { state, lines: [], silent: 'unchanged' }
}

/** A picture put in the place of another belongs to the case too; one that is the same is there once. */
function pictureOn(moment: Moment, ticket: string): Outcome {
  const { length } = moment.message.media
  const effects = length === 0 ? [] : [{ type: 'about', ticket } as const]
  return { ...unchanged(moment), effects }
}

/** ANONIM or RAHASIA, put before the same words. */
function wishesMore(
  { reading }: Moment,
  draft: Pick<Draft, 'anonymous' | 'confidential'>,
): boolean {
  const { asksAnonymous, asksConfidential } = reading
  return (asksAnonymous && !draft.anonymous) || (asksConfidential && !draft.confidential)
}

function onCase(moment: Moment, ticket: string): Outcome {
  const found = findCase(moment.context, ticket)
  const text = fullWords(moment)
  if (found === null) return unchanged(moment)
  // What has become an emergency is no mere note.
  if (moment.reading.urgent && !found.complaint.urgent)
    return emergency(asSecret(asNew(moment), found.complaint))
  const wished = wishedSecret(moment, found.complaint)
  const same = text === '' || isSame(found.complaint, text)
  if (same) return wished ?? pictureOn(moment, ticket)
  const { state, context } = moment
  const noted = moveOr(
    moment,
    found.complaint,
    { move: 'note', note: text },
    () => line(context, 'edit_noted', { id: ticket }, { ticket }),
    state.question,
  )
  return numberFirst(moment, {
    ...noted,
    lines: [...noted.lines, ...(wished?.lines ?? [])],
    effects: [...(noted.effects ?? []), ...(wished?.effects ?? [])],
  })
}

/** Whoever wanted to stay unnamed with the first words does with these. */
function asSecret(moment: Moment, { anonymous, confidential }: Complaint): Moment {
  const { reading } = moment
  const asksAnonymous = reading.asksAnonymous || anonymous
  const asksConfidential = reading.asksConfidential || confidential
  return { ...moment, reading: { ...reading, asksAnonymous, asksConfidential } }
}

function isSame({ text }: Complaint, words: string): boolean {
  return text !== null && digestOf(text) === digestOf(words)
}
