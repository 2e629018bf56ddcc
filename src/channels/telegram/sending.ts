// One message of the outbox to one chat: its files, then its words, in parts where they are long, the choices last.
// Rule: plain text always; nothing leaves while Telegram asked us to wait.

import type { OutboundMessage } from '../../message.ts'
import { addressOf } from '../../message.ts'
import type { ReadMedia, SendResult } from '../channel.ts'
import type { Pace } from '../pace.ts'
import { numberedParts } from '../text.ts'
import { partly, toldOf } from '../verdict.ts'
import type { Answer, BotApi, Refused } from './api.ts'
import type { Buttons, Keyboard } from './buttons.ts'
import { judge } from './codes.ts'
import {
  type Call,
  createEnclosing,
  LONGEST_CAPTION,
  type Made,
  parcelsOf,
  withGone,
} from './enclosures.ts'
import type { Health } from './health.ts'
import { providerIdOf } from './reading.ts'

export interface SendingParts {
  readonly api: Pick<BotApi, 'ask'>
  readonly buttons: Pick<Buttons, 'keyboard'>
  readonly pace: Pick<Pace, 'slot' | 'heldMs'>
  readonly health: Pick<Health, 'turn' | 'said'>
  readonly chatKey: (chat: string) => string
  readonly wait: (ms: number) => Promise<void>
  readonly readMedia: ReadMedia
  readonly uploadMs: number
}

export type Send = (message: OutboundMessage) => Promise<SendResult>

/** [https://core.telegram.org/bots/api#sendmessage, text] Counted in UTF-16 units. */
const LONGEST_TEXT = 4_096
/** A slot further away is not waited for: the message goes back to the outbox. */
const MOST_WAIT_MS = 3_000
const CHAT = /^telegram:(-?\d{1,16})$/

export function createSending(parts: SendingParts): Send {
  const { api, buttons, pace, health, chatKey } = parts

  /** Null: it may leave now. */
  async function turnOf(chat: string): Promise<SendResult | null> {
    const slot = pace.slot(chat, chat.startsWith('-'), MOST_WAIT_MS)
    if (slot.type === 'none') {
      const reason = 'the limit of messages for this chat is reached'
      return { outcome: 'retry', reason, afterMs: slot.inMs }
    }
    if (slot.inMs > 0) await parts.wait(slot.inMs)
    const afterMs = pace.heldMs()
    // Asked while we stood in line.
    const reason = 'Telegram asked us to wait'
    return afterMs > 0 ? { outcome: 'throttled', reason, afterMs } : null
  }

  /** One call, when the turn of its chat has come. */
  const call: Call = async (chat, ask) => {
    const before = await turnOf(chat)
    if (before !== null) return { result: before, answer: null }
    const answer = await ask()
    const result = resultOf(answer, (message) => providerIdOf(chatKey, chat, message))
    tell(answer, result)
    return { result, answer }
  }
  const { sendParcel, goneOf } = createEnclosing({ ...parts, call })

  async function sendPart(chat: string, text: string, keyboard: Keyboard): Promise<SendResult> {
    const rows = keyboard.map((row) => [...row])
    const payload = {
      chat_id: Number(chat),
      text,
      link_preview_options: { is_disabled: true },
      ...(rows.length === 0 ? {} : { reply_markup: { inline_keyboard: rows } }),
    }
    return (await call(chat, () => api.ask('sendMessage', payload))).result
  }

  function tell(answer: Answer<unknown>, result: SendResult): void {
    if (result.outcome === 'suspended') health.turn('out', 'paused', result.reason)
    else if (answer.type === 'unreachable' || answer.type === 'silent')
      health.turn('out', 'down', `no answer from Telegram (${answer.why})`)
    else health.turn('out', 'up', null)
    if (result.outcome === 'accepted') health.said()
  }

  /** The words from part `from` on. */
  async function sendWords(
    chat: string,
    { text, nextPart }: Pick<OutboundMessage, 'text' | 'nextPart'>,
    keyboard: Keyboard,
    before: number,
  ): Promise<SendResult> {
    const texts = numberedParts(text, LONGEST_TEXT)
    const providerIds: string[] = []
    for (const [place, part] of texts.entries()) {
      if (before + place < nextPart) continue
      const result = await sendPart(chat, part, place === texts.length - 1 ? keyboard : [])
      if (result.outcome === 'accepted') providerIds.push(...result.providerIds)
      else return providerIds.length === 0 ? result : partly(result, providerIds, before + place)
    }
    return { outcome: 'accepted', providerIds }
  }

  return async (message) => {
    const { to, text, choices, attachments, nextPart } = message
    const chat = CHAT.exec(to)?.[1]
    if (chat === undefined) return { outcome: 'rejected', reason: 'not a chat of Telegram' }
    const keyboard = choices.length === 0 ? [] : await buttons.keyboard(choices)
    const parcels = parcelsOf(attachments)
    const captioned = attachments.length === 1 && text.length <= LONGEST_CAPTION
    const missing = [...(await goneOf(parcels.slice(0, nextPart).flat()))]
    for (const [place, parcel] of parcels.entries()) {
      if (place < nextPart) continue
      const caption = captioned ? { text, keyboard } : null
      const sent = await sendParcel(chat, parcel, caption)
      missing.push(...sent.left)
      if (sent.result === null) continue
      if (captioned || sent.result.outcome !== 'accepted') return sent.result
      const { providerIds } = sent.result
      return { outcome: 'onward', providerIds, nextPart: place + 1 }
    }
    const words = { text: withGone(text, missing), nextPart }
    return sendWords(chat, words, keyboard, parcels.length)
  }
}

function resultOf(
  answer: Answer<Made | readonly Made[]>,
  idOf: (message: number) => string,
): SendResult {
  switch (answer.type) {
    case 'made': {
      const ids = [answer.result].flat().map((one) => one?.message_id)
      return ids.length > 0 && ids.every((id) => Number.isSafeInteger(id))
        ? { outcome: 'accepted', providerIds: ids.map(idOf) }
        : { outcome: 'unknown', reason: 'an answer without an id' }
    }
    case 'unreachable':
      return { outcome: 'retry', reason: `Telegram cannot be reached (${answer.why})` }
    case 'silent':
      return { outcome: 'unknown', reason: `no answer from Telegram (${answer.why})` }
    case 'aborted':
      return { outcome: 'unknown', reason: 'broken off' }
    case 'refused':
      return refusedResult(answer)
  }
}

function refusedResult(answer: Refused): SendResult {
  if (answer.movedTo !== null)
    return { outcome: 'moved', to: addressOf('telegram', answer.movedTo) }
  // A gateway's own timeout: what stood behind it may have taken the message.
  if (answer.status === 504) return { outcome: 'unknown', reason: 'HTTP 504' }
  return toldOf(judge(answer), answer.waitMs)
}
