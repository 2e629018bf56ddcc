// The answer to "which complaint is this about?": the earlier message is then taken as said about that one.

import { choicesOf, NEW, picked } from '../choices.ts'
import { keptMedia } from '../draft.ts'
import { findCase, type Moment, type Outcome } from '../moment.ts'
import type { Question } from '../state.ts'

export interface Chosen {
  readonly settled: Moment['settled']
  /** The message that was asked about, with its pictures. */
  readonly message: Moment['message']
}

/** Null when the message picks nothing and is to be taken for itself. */
export function chosenCase(
  moment: Moment,
  question: Extract<Question, { type: 'which' }>,
): Chosen | null {
  const { context, reading, message } = moment
  const named = reading.tickets.find((one) => findCase(context, one) !== null)
  const bare = reading.command?.name === 'status' && reading.command.natural
  const value =
    named !== undefined && (bare || reading.command === null)
      ? named
      : picked(moment, choicesOf(context, question))
  if (value === null) return null
  return {
    settled: value === NEW ? 'new' : { ticket: value },
    message: {
      ...message,
      text: question.text,
      media: question.media,
      position: null,
      choice: null,
    },
  }
}

/** What came with the earlier message goes where its words went; what is filed has its media already. */
export function withItsMedia(outcome: Outcome, { media }: Moment['message']): Outcome {
  const { effects = [] } = outcome
  const about = effects.find((effect) => effect.type === 'move' || effect.type === 'about')
  if (media.length === 0 || about === undefined) return outcome
  return { ...outcome, effects: [...effects, { type: 'attach', ticket: about.ticket, media }] }
}

/** Asks which complaint the words are about; `orNew`: or whether they are a new matter. */
export function askedWhich(moment: Moment, tickets: readonly string[], orNew: boolean): Outcome {
  const { state, message } = moment
  const media = [...keptMedia(message)]
  const question: Question = {
    type: 'which',
    tickets: [...tickets],
    text: message.text,
    media,
    orNew,
  }
  return { state: { ...state, question }, lines: [], effects: [] }
}
