// A picture that says where it was taken: offered as the place, and used only after a YA.
// Where the place is on the map already, nothing is asked.

import type { Position } from '../../message.ts'
import type { Attachment } from '../attachment.ts'
import { moveOr } from '../case-words.ts'
import { choicesOf, picked } from '../choices.ts'
import { mediaWords } from '../draft.ts'
import { asksToo } from '../later.ts'
import { forDesk, line } from '../lines.ts'
import { type Facts, findCase, isOpen, type Moment, type Outcome } from '../moment.ts'
import type { Draft, Question } from '../state.ts'
import type { Context } from '../turn.ts'

type PositionQuestion = Extract<Question, { type: 'position' }>

interface Found extends Pick<Attachment, 'handle' | 'ticket'> {
  readonly position: Position
}

/** Asked at once, or after what is open; silent where the place is on the map already. */
export function offeredPosition({ state, context }: Facts, found: Found): Outcome {
  const draft = state.draft === null ? null : asking(state.draft, found)
  if (draft !== null) return { state: { ...state, draft }, lines: [] }
  const silent = 'place-not-needed'
  const question = questionFor(found, context)
  if (question === null) return { state, lines: [], silent }
  const asked = state.question
  const place = asked?.type === 'place' || asked?.type === 'village'
  if (place && asked.ticket === question.ticket && state.draft === null)
    return { state: { ...state, question, later: [asked, ...state.later] }, lines: [] }
  const after = asksToo(state, question)
  return after.question === question
    ? { state: after, lines: [] }
    : { state: after, lines: [], silent }
}

/** Null: the picture is none of the draft's, or the draft needs no place. */
function asking(draft: Draft, { handle, position }: Found): Draft | null {
  if (draft.place.lat !== null || draft.photoAt !== null) return null
  if (!draft.media.some(({ id }) => id === handle)) return null
  return { ...draft, photoAt: position, open: ['position', ...draft.open] }
}

/** Null: the picture is in no open complaint of theirs, or its place needs no picture. */
function questionFor({ ticket, position }: Found, context: Context): PositionQuestion | null {
  const one = ticket === null ? null : findCase(context, ticket)
  if (one === null || !isOpen(one)) return null
  const { kelurahan, text, lat } = one.complaint.place
  // One more SMS is worth it only where nothing is known of the place.
  const needless = context.person.style === 'sms' && (kelurahan !== null || text !== null)
  if (lat !== null || needless) return null
  return { type: 'position', ticket: one.complaint.ticket, ...position }
}

/** Null: no answer to it. */
export function positionAnswer(moment: Moment, question: PositionQuestion): Outcome | null {
  const { state, context } = moment
  const { ticket, lat, lon } = question
  const choice = picked(moment, choicesOf(context, question))
  const found = findCase(context, ticket)
  if (choice === null || found === null) return null
  if (choice === 'no')
    return {
      state: { ...state, question: null },
      lines: [line(context, 'position_unused', {}, { ticket })],
      effects: [{ type: 'about', ticket }],
    }
  const note = mediaWords([], forDesk(context))
  const request = { move: 'note', note, place: { lat, lon } } as const
  const place = mediaWords([], context)
  return moveOr(moment, found.complaint, request, () =>
    line(context, 'place_noted', { id: ticket, place }, { ticket }),
  )
}
