// A message of ours as the Cloud API wants it: plain text, or up to three buttons, or a list of up to ten rows.
// Rule: what a button cannot carry stays in the text as a number; nothing is cut in silence.

import type { Choice } from '../../../message.ts'
import { numberedParts } from '../../text.ts'

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages and lists] */
const LIMITS = {
  buttons: 3,
  buttonTitle: 20,
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  id: 200,
  body: 1_024,
  /** [https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages] */
  text: 4_096,
} as const

/** What is said on the button that opens a list. */
export interface ListWords {
  readonly open: string
}

/** One message of those that a text is sent in. */
interface Part {
  readonly text: string
  /** None: plain words. */
  readonly choices: readonly Choice[]
}

/** The choices stand below the last part as something to tap, or in the text by their numbers. */
export function partsOf(text: string, choices: readonly Choice[]): readonly Part[] {
  const plain = (words: string) =>
    numberedParts(words, LIMITS.text).map((part) => ({ text: part, choices: [] }))
  if (!areTappable(choices) || text === '') return plain(numbered(text, choices))
  if (text.length <= LIMITS.body) return [{ text, choices }]
  const cut = tailFrom(text)
  return [...plain(text.slice(0, cut).trimEnd()), { text: text.slice(cut).trimStart(), choices }]
}

function areTappable(choices: readonly Choice[]): boolean {
  return (
    choices.length > 0 &&
    choices.length <= LIMITS.rows &&
    new Set(choices.map(({ value }) => value)).size === choices.length &&
    choices.every(
      ({ value, label }) =>
        value.length > 0 &&
        value.length <= LIMITS.id &&
        label.trim() !== '' &&
        label.length <= LIMITS.rowDescription,
    )
  )
}

/** More than can be tapped is answered by its number. */
function numbered(text: string, choices: readonly Choice[]): string {
  return [text, ...choices.map(({ label }, at) => `${at + 1}. ${label}`)].join('\n')
}

/** Where the last part of a text begins that is too long for buttons: at a paragraph, a line, a word, if there is one. */
function tailFrom(text: string): number {
  const from = text.length - LIMITS.body
  for (const end of ['\n\n', '\n', ' ']) {
    const at = text.indexOf(end, from)
    if (at >= 0 && at + end.length < text.length) return at + end.length
  }
  const unit = text.charCodeAt(from)
  return unit >= 0xdc00 && unit <= 0xdfff ? from + 1 : from
}

export function bodyOf({ text, choices }: Part, words: ListWords): object {
  return choices.length === 0 ? textBody(text) : interactiveBody(text, choices, words)
}

function textBody(text: string): object {
  return { type: 'text', text: { body: text, preview_url: false } }
}

function interactiveBody(text: string, choices: readonly Choice[], words: ListWords): object {
  // Meta takes no two buttons of one name.
  const asButtons =
    choices.length <= LIMITS.buttons &&
    new Set(choices.map(({ label }) => label)).size === choices.length &&
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
          description: label,
        },
  )
  return { button: open.slice(0, LIMITS.buttonTitle), sections: [{ rows }] }
}
