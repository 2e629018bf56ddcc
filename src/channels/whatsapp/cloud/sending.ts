// One message of the outbox to one person: whole, in parts where it is long, its choices under the last one.
// Rule: every refusal becomes an outcome by the table in codes.ts; nothing here retries.

import { z } from 'zod'
import type { Enclosure, OutboundMessage, TemplateMessage } from '../../../message.ts'
import type { ReadMedia, SendResult } from '../../channel.ts'
import type { Pace } from '../../pace.ts'
import { partly, toldOf } from '../../verdict.ts'
import type { Answer, GraphApi } from './client.ts'
import { DAY_MS, isNoTemplate, judgeRefusal } from './codes.ts'
import { bodyOf, type ListWords, partsOf } from './content.ts'
import { fileBody, uploadForm } from './enclosures.ts'
import { PAIR_MS } from './limits.ts'
import { recipientOf } from './people.ts'
import type { NameOf } from './reading.ts'
import { templateBody } from './template.ts'

export interface SendingParts {
  readonly api: Pick<GraphApi, 'post' | 'upload'>
  readonly readMedia: ReadMedia
  readonly phoneNumberId: string
  readonly words: ListWords
  readonly nameOf: NameOf
  readonly pace: Pick<Pace, 'slot'>
  readonly wait: (ms: number) => Promise<void>
  /** Told of each answer, for health. */
  readonly onAnswer: (answer: Answer, result: SendResult) => void
}

export type Send = (message: OutboundMessage) => Promise<SendResult>

/** A slot further away is not waited for: the message goes back to the outbox. */
const MOST_WAIT_MS = 3_000

const held = z.object({ id: z.string().min(1) })
const made = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })

export function createSending(parts: SendingParts): Send {
  const { api, phoneNumberId, words, onAnswer, readMedia, pace, wait } = parts

  /** Null: it may leave now. */
  async function turnOf(whom: object): Promise<SendResult | null> {
    const slot = pace.slot(JSON.stringify(whom), false, MOST_WAIT_MS)
    if (slot.type === 'none') {
      const reason = 'the limit of messages to this person is reached'
      return { outcome: 'retry', reason, afterMs: slot.inMs }
    }
    if (slot.inMs > 0) await wait(slot.inMs)
    return null
  }

  async function sendPart(whom: object, id: string, content: object): Promise<SendResult> {
    const before = await turnOf(whom)
    if (before !== null) return before
    return told(await post(whom, id, content))
  }

  const post = (whom: object, id: string, content: object) =>
    api.post(`${phoneNumberId}/messages`, {
      ...{ messaging_product: 'whatsapp', recipient_type: 'individual', ...whom },
      biz_opaque_callback_data: id,
      ...content,
    })

  function told(answer: Answer): SendResult {
    const result = resultOf(answer, parts.nameOf)
    onAnswer(answer, result)
    return result
  }

  /** Refused, it reached nobody: the same in the other language is no second message, and waits for no turn. */
  async function sendTemplate(whom: object, id: string, template: TemplateMessage) {
    const before = await turnOf(whom)
    if (before !== null) return before
    const answer = await post(whom, id, templateBody(template))
    const { otherwise } = template
    if (otherwise === undefined || answer.type !== 'refused' || !isNoTemplate(answer.code))
      return told(answer)
    return told(await post(whom, id, templateBody(otherwise)))
  }

  /** Null: it is there no more, or nothing that Meta takes. */
  async function sendFile(whom: object, id: string, file: Enclosure): Promise<SendResult | null> {
    const bytes = file.digest === '' ? null : await readMedia(file.digest)
    if (bytes === null) return null
    const answer = await api.upload(`${phoneNumberId}/media`, uploadForm(file, bytes))
    const uploaded = held.safeParse(answer.type === 'made' ? answer.result : null)
    if (uploaded.success) return sendPart(whom, id, fileBody(file, uploaded.data.id))
    const result = resultOf(answer, parts.nameOf)
    onAnswer(answer, result)
    if (result.outcome === 'rejected') return null
    // Nothing was told to anybody yet: an upload may simply be made again.
    return result.outcome === 'unknown' ? { outcome: 'retry', reason: result.reason } : result
  }

  /** Null: all that can go has gone. */
  async function sendFiles(whom: object, message: OutboundMessage): Promise<SendResult | null> {
    const { id, attachments, nextPart } = message
    for (const [place, file] of attachments.entries()) {
      if (place < nextPart) continue
      const result = await sendFile(whom, id, file)
      if (result?.outcome === 'accepted')
        return { ...result, outcome: 'onward', nextPart: place + 1 }
      if (result !== null) return result
    }
    return null
  }

  async function goneOf(files: readonly Enclosure[]): Promise<readonly string[]> {
    const read = await Promise.all(files.map(async ({ digest }) => readMedia(digest)))
    return files.flatMap(({ gone }, at) => (read[at] === null ? [gone] : []))
  }

  return async (message) => {
    const { id, to, choices, attachments, nextPart } = message
    const whom = recipientOf(to)
    if (whom === null) return { outcome: 'rejected', reason: 'not a person of WhatsApp' }
    if (message.template !== undefined) return sendTemplate(whom, id, message.template)
    const sentFile = await sendFiles(whom, message)
    if (sentFile !== null) return sentFile
    const notes = new Set(await goneOf(attachments))
    const text = [message.text, ...notes].filter((part) => part !== '').join('\n\n')
    const providerIds: string[] = []
    for (const [place, part] of partsOf(text, choices).entries()) {
      if (attachments.length + place < nextPart) continue
      const result = await sendPart(whom, id, bodyOf(part, words))
      if (result.outcome === 'accepted') providerIds.push(...result.providerIds)
      else
        return providerIds.length === 0
          ? result
          : partly(result, providerIds, attachments.length + place)
    }
    return { outcome: 'accepted', providerIds }
  }
}

function resultOf(answer: Answer, nameOf: NameOf): SendResult {
  switch (answer.type) {
    case 'made': {
      const id = made.safeParse(answer.result).data?.messages[0]?.id
      return id === undefined
        ? { outcome: 'unknown', reason: 'an answer without an id' }
        : { outcome: 'accepted', providerIds: [nameOf(id)] }
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
    case 'pair':
      return { outcome: 'retry', reason, afterMs: Math.max(waitMs ?? 0, PAIR_MS) }
    case 'tomorrow':
      return { outcome: 'retry', reason, afterMs: Math.max(waitMs ?? 0, DAY_MS) }
    default:
      return toldOf({ class: kind, reason }, waitMs)
  }
}
