// One message of the outbox to one person: whole, in parts where it is long, its choices under the last one.
// Rule: every refusal becomes an outcome by the table in codes.ts; nothing here retries.

import { z } from 'zod'
import type { OutboundMessage } from '../../../message.ts'
import type { SendResult } from '../../channel.ts'
import { numberedParts } from '../../text.ts'
import { partly, toldOf } from '../../verdict.ts'
import type { Answer, GraphApi } from './client.ts'
import { judgeRefusal } from './codes.ts'
import { fitsInteractive, interactiveBody, type ListWords, textBody } from './content.ts'

export interface SendingParts {
  readonly api: Pick<GraphApi, 'post'>
  readonly phoneNumberId: string
  readonly words: ListWords
  /** Told of each answer, for health. */
  readonly onAnswer: (answer: Answer, result: SendResult) => void
}

export type Send = (message: OutboundMessage) => Promise<SendResult>

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages] */
const LONGEST_TEXT = 4_096
const DAY_MS = 24 * 3_600_000
const TO = /^whatsapp:([\w.:-]{1,128})$/

const made = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })

export function createSending({ api, phoneNumberId, words, onAnswer }: SendingParts): Send {
  async function sendPart(to: string, id: string, content: object): Promise<SendResult> {
    // Who hides their number is written to by the id that Meta gave us.
    const whom = /^\d+$/.test(to) ? { to } : { recipient: to }
    const answer = await api.post(`${phoneNumberId}/messages`, {
      ...{ messaging_product: 'whatsapp', recipient_type: 'individual', ...whom },
      biz_opaque_callback_data: id,
      ...content,
    })
    const result = resultOf(answer)
    onAnswer(answer, result)
    return result
  }

  return async ({ id, to, text, choices, nextPart }) => {
    const person = TO.exec(to)?.[1]
    if (person === undefined) return { outcome: 'rejected', reason: 'not a person of WhatsApp' }
    const tappable = fitsInteractive(text, choices)
    const whole = tappable ? text : numbered(text, choices)
    const parts = tappable ? [whole] : numberedParts(whole, LONGEST_TEXT)
    const providerIds: string[] = []
    for (const [place, part] of parts.entries()) {
      if (place < nextPart) continue
      const content = tappable ? interactiveBody(part, choices, words) : textBody(part)
      const result = await sendPart(person, id, content)
      if (result.outcome === 'accepted') providerIds.push(...result.providerIds)
      else return providerIds.length === 0 ? result : partly(result, providerIds, place)
    }
    return { outcome: 'accepted', providerIds }
  }
}

/** More than can be tapped is answered by its number. */
function numbered(text: string, choices: OutboundMessage['choices']): string {
  return [text, ...choices.map(({ label }, at) => `${at + 1}. ${label}`)].join('\n')
}

function resultOf(answer: Answer): SendResult {
  switch (answer.type) {
    case 'made': {
      const id = made.safeParse(answer.result).data?.messages[0]?.id
      return id === undefined
        ? { outcome: 'unknown', reason: 'an answer without an id' }
        : { outcome: 'accepted', providerIds: [id] }
    }
    case 'unreachable':
      return { outcome: 'retry', reason: `Meta cannot be reached (${answer.why})` }
    case 'silent':
      return { outcome: 'unknown', reason: `no answer from Meta (${answer.why})` }
    case 'refused':
      return refusedResult(answer)
  }
}

function refusedResult({ status, code, waitMs }: Extract<Answer, { type: 'refused' }>): SendResult {
  // A gateway's own timeout: what stood behind it may have taken the message.
  if (status === 504) return { outcome: 'unknown', reason: 'HTTP 504' }
  const { class: kind, reason } = judgeRefusal(status, code)
  switch (kind) {
    case 'window':
      return { outcome: 'window-closed' }
    case 'tomorrow':
      return { outcome: 'retry', reason, afterMs: Math.max(waitMs ?? 0, DAY_MS) }
    default:
      return toldOf({ class: kind, reason }, waitMs)
  }
}
