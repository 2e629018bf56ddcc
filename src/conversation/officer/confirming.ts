// What weighs most waits for a yes: by SMS, whose senders can be forged, for four digits that were sent to this very
// address; on chat for a button or YA. A final answer waits for YA everywhere (product.md section 7).

import type { Confirmed } from '../desk-state.ts'
import { type Line, line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { carriedOut } from './carrying-out.ts'
import { confirmChoices, tapped } from './choices.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { wrongWithin } from './enrolling.ts'

export const CONFIRM_LIFE_MS = 10 * 60_000
const TRIES = 3

/** Asks for the yes. `pinned`: by SMS only the four digits will do. */
export function askConfirmed(
  moment: DeskMoment,
  what: Confirmed,
  asked: Line,
  pinned: boolean,
): Outcome {
  const { context, desk } = moment
  const untilMs = context.now.getTime() + CONFIRM_LIFE_MS
  const pin = pinned && context.person.style === 'sms' ? desk.newPin : null
  // Or a forged sender might ask and guess for ever.
  if (pin !== null && wrongWithin(moment) === null)
    return told(moment, [line(context, 'link_wait', {})])
  const how =
    pin === null
      ? line(context, 'desk_confirm', {}, { choices: confirmChoices(context, untilMs) })
      : line(context, 'desk_confirm_pin', { pin })
  return told(moment, [asked, how], [], { confirm: { what, pin, untilMs, tries: 0 } })
}

/** The answer to what waits for a yes; null: nothing waits, or this is no answer to it. */
export function confirmed(moment: DeskMoment): Outcome | null {
  const { state, context, message, reading } = moment
  const confirm = state.desk?.confirm ?? null
  if (confirm === null) return null
  const tap = tapped(message.choice, confirm.untilMs)
  const over = context.now.getTime() > confirm.untilMs
  const digits = digitsIn(message.text)
  const yes = confirm.pin === null && (tap?.type === 'yes' || reading.intent === 'yes')
  const no = tap?.type === 'no' || reading.intent === 'no'
  const mine = yes || no || (confirm.pin !== null && (digits !== null || reading.intent === 'yes'))
  if (!mine) return null
  if (over) return told(moment, [line(context, 'desk_confirm_over', {})])
  if (no) return told(moment, [line(context, 'desk_confirm_no', {})])
  if (yes || digits === confirm.pin) return carriedOut(moment, confirm.what)
  const tries = confirm.tries + (digits === null ? 0 : 1)
  const counted = digits === null ? moment : withWrong(moment)
  const ends = tries >= TRIES || wrongWithin(counted) === null
  if (ends) return told(counted, [line(context, 'desk_confirm_over', {})])
  return told(counted, [line(context, 'desk_confirm_wrong', {})], [], {
    confirm: { ...confirm, tries },
  })
}

/** Nothing but a figure, as people send it: "1234.", "12 34", in quotes. Eight digits are a ticket. */
function digitsIn(text: string): string | null {
  const figure = /^[^\p{L}\d]*(\d(?: ?\d){0,6})[^\p{L}\d]*$/u.exec(text)?.[1]
  return figure?.replaceAll(' ', '') ?? null
}

function withWrong(moment: DeskMoment): DeskMoment {
  const { state, context } = moment
  const wrongCodesMs = [...(wrongWithin(moment) ?? state.wrongCodesMs), context.now.getTime()]
  return { ...moment, state: { ...state, wrongCodesMs } }
}
