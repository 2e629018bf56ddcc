// A message of ours as the Cloud API wants it: plain text, or up to three buttons, or a list of up to ten rows.
// Rule: what a button cannot carry stays in the text as a number; nothing is cut in silence.

import type { Choice } from '../../../message.ts'

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages and lists] */
const LIMITS = {
  buttons: 3,
  buttonTitle: 20,
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  id: 200,
  body: 1_024,
} as const

/** What is said on the button that opens a list. */
export interface ListWords {
  readonly open: string
}

/** Whether these choices fit as buttons or as a list below this text. */
export function fitsInteractive(text: string, choices: readonly Choice[]): boolean {
  return (
    choices.length > 0 &&
    choices.length <= LIMITS.rows &&
    text.length <= LIMITS.body &&
    choices.every(({ value }) => value.length > 0 && value.length <= LIMITS.id)
  )
}

export function textBody(text: string): object {
  return { type: 'text', text: { body: text, preview_url: false } }
}

export function interactiveBody(
  text: string,
  choices: readonly Choice[],
  words: ListWords,
): object {
  const asButtons =
    choices.length <= LIMITS.buttons &&
    choices.every(({ label }) => label.length <= LIMITS.buttonTitle)
  const action = asButtons ? buttonsOf(choices) : listOf(choices, words)
  return {
    type: 'interactive',
    interactive: { type: asButtons ? 'button' : 'list', body: { text }, action },
  }
}

function buttonsOf(choices: readonly Choice[]): object {
  return {
    buttons: choices.map(({ value: id, label: title }) => ({
      type: 'reply',
      reply: { id, title },
    })),
  }
}

/** A label too long for a row's title stands whole below it. */
function listOf(choices: readonly Choice[], { open }: ListWords): object {
  const rows = choices.map(({ value: id, label }) =>
    label.length <= LIMITS.rowTitle
      ? { id, title: label }
      : {
          id,
          title: `${label.slice(0, LIMITS.rowTitle - 3).trimEnd()}...`,
          description: label.slice(0, LIMITS.rowDescription),
        },
  )
  return { button: open.slice(0, LIMITS.buttonTitle), sections: [{ rows }] }
}
