// Choices as buttons under a message. What rides in a button comes back as the value of its choice.
// Rule: a button carries at most 64 bytes; a longer value is kept, and its digest rides instead.

import { createHash } from 'node:crypto'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { Choice } from '../../message.ts'
import type { AccountState } from '../channel.ts'

/** [https://core.telegram.org/bots/api#inlinekeyboardbutton, callback_data] */
const MOST_BYTES = 64
const DIGEST = '#'
/** What stands in one row is read at one glance. */
const ROW_UNITS = 30
const MOST_IN_ROW = 5

export type Keyboard = readonly (readonly InlineKeyboardButton.CallbackButton[])[]

export interface Buttons {
  /** Resolves once every value can be found again. */
  keyboard(choices: readonly Choice[]): Promise<Keyboard>
  /** The value a button stands for; the same, where it is none of ours. */
  valueOf(data: string): Promise<string>
}

export function createButtons(state: Pick<AccountState, 'get' | 'setMany'>): Buttons {
  return {
    async keyboard(choices) {
      const kept = choices.filter(({ value }) => !fits(value))
      if (kept.length > 0) {
        await state.setMany(
          Object.fromEntries(kept.map(({ value }) => [keyOf(digestOf(value)), value])),
        )
      }
      return rows(
        choices.map(({ value, label }) => ({
          text: label,
          callback_data: fits(value) ? value : digestOf(value),
        })),
      )
    },
    async valueOf(data) {
      return data.startsWith(DIGEST) ? ((await state.get(keyOf(data))) ?? data) : data
    },
  }
}

function fits(value: string): boolean {
  const bytes = Buffer.byteLength(value)
  return bytes > 0 && bytes <= MOST_BYTES && !value.startsWith(DIGEST)
}

function digestOf(value: string): string {
  return DIGEST + createHash('sha256').update(value).digest('base64url')
}

function keyOf(digest: string): string {
  return `button:${digest}`
}

/** Short ones side by side, all rows in the given order. */
function rows(buttons: readonly InlineKeyboardButton.CallbackButton[]): Keyboard {
  const filled: InlineKeyboardButton.CallbackButton[][] = []
  let used = ROW_UNITS
  for (const button of buttons) {
    const row = filled.at(-1)
    used += button.text.length
    if (row !== undefined && used <= ROW_UNITS && row.length < MOST_IN_ROW) row.push(button)
    else {
      filled.push([button])
      used = button.text.length
    }
  }
  return filled
}
