// One message of the outbox to one chat: its files, then its words, in parts where they are long, at the pace of a person.
// Rule: nobody is written to who has not written to this number; what WhatsApp refused was not sent.

import { createHash } from 'node:crypto'
import type { Address, Enclosure, OutboundMessage } from '../../../message.ts'
import type { ReadMedia, SendResult } from '../../channel.ts'
import { partly, toldOf } from '../../verdict.ts'
import { judgeAck } from './codes.ts'
import type { createFiles } from './files.ts'
import type { Health } from './health.ts'
import type { Pace } from './pace.ts'
import { jidOf } from './people.ts'
import { type Resending, textParts } from './resending.ts'
import type { Said, Saying, Session } from './session-port.ts'

export interface SendingParts {
  readonly session: () => Pick<Session, 'say' | 'uploadDesk'> | null
  readonly pace: Pace
  readonly health: Pick<Health, 'said'>
  /** They have written to this number. */
  readonly hasWritten: (address: Address) => Promise<boolean>
  readonly readMedia: ReadMedia
  readonly upload: ReturnType<typeof createFiles>
  readonly resending: Pick<Resending, 'keep'>
  readonly wait: (ms: number) => Promise<void>
}

/** A slot further away is not waited for: the message goes back to the outbox. */
const MOST_WAIT_MS = 4_000
const AGAIN_MS = 5_000
const THROTTLED_MS = 60_000
const OFF_LINE: SendResult = {
  ...{ outcome: 'retry', reason: 'not connected to WhatsApp', afterMs: AGAIN_MS },
}

/**
 * Ours for these words of this message, or this file (its digest), whenever they are sent: a phone that got them
 * already shows them once. In the form that WhatsApp's own web client gives its ids.
 */
export function messageId(id: string, part: number, words: string): string {
  const digest = createHash('sha256').update(`${id}:${part}:${words}`).digest('hex')
  return `3EB0${digest.slice(0, 18).toUpperCase()}`
}

export function createSending(parts: SendingParts) {
  const { pace, health, session, readMedia, resending } = parts

  async function sendPart(jid: string, saying: Saying, id: string): Promise<SendResult> {
    const slot = pace.slot(jid, MOST_WAIT_MS)
    const reason = 'the pace of this chat'
    if (slot.type === 'none') return { outcome: 'retry', reason, afterMs: slot.inMs }
    if (slot.inMs > 0) await parts.wait(slot.inMs)
    const open = session()
    if (open === null) return OFF_LINE
    const result = resultOf(await open.say(jid, saying, id), id)
    if (result.outcome === 'accepted') health.said()
    return result
  }

  /** Null: it is there no more. */
  async function sendFile(jid: string, file: Enclosure, id: string): Promise<SendResult | null> {
    const bytes = file.digest === '' ? null : await readMedia(file.digest)
    if (bytes === null) return null
    const open = session()
    if (open === null) return OFF_LINE
    const uploaded = await parts.upload(open, file, bytes)
    if (uploaded.type === 'failed')
      return { outcome: 'retry', reason: uploaded.why, afterMs: AGAIN_MS }
    resending.keep(id, uploaded.saying)
    return sendPart(jid, uploaded.saying, id)
  }

  /** The next of its files; null: all that can go has gone. */
  async function sendFiles(jid: string, message: OutboundMessage): Promise<SendResult | null> {
    const { id, attachments, nextPart } = message
    for (const [place, file] of attachments.entries()) {
      if (place < nextPart) continue
      const result = await sendFile(jid, file, messageId(id, place, file.digest))
      if (result?.outcome === 'accepted')
        return { ...result, outcome: 'onward', nextPart: place + 1 }
      if (result !== null) return result
    }
    return null
  }

  async function withNotes({ text, attachments }: OutboundMessage): Promise<string> {
    const read = await Promise.all(attachments.map(async ({ digest }) => readMedia(digest)))
    const notes = new Set(attachments.flatMap(({ gone }, at) => (read[at] === null ? [gone] : [])))
    return [text, ...notes].filter((part) => part !== '').join('\n\n')
  }

  return async (message: OutboundMessage): Promise<SendResult> => {
    const { id, to, attachments, nextPart } = message
    const jid = jidOf(to)
    if (jid === null) return { outcome: 'rejected', reason: 'nobody this number can write to' }
    if (!(await parts.hasWritten(to))) return { outcome: 'window-closed' }
    const file = await sendFiles(jid, message)
    if (file !== null) return file
    const providerIds: string[] = []
    for (const [at, text] of textParts(await withNotes(message)).entries()) {
      const place = attachments.length + at
      if (place < nextPart) continue
      const result = await sendPart(jid, { conversation: text }, messageId(id, place, text))
      if (result.outcome === 'accepted') providerIds.push(...result.providerIds)
      else return providerIds.length === 0 ? result : partly(result, providerIds, place)
    }
    return { outcome: 'accepted', providerIds }
  }
}

function resultOf(said: Said, id: string): SendResult {
  switch (said.type) {
    case 'silent':
      return { outcome: 'unknown', reason: 'no answer from WhatsApp' }
    case 'unsent':
      return { outcome: 'retry', reason: `it did not leave (${said.why})` }
    case 'acked': {
      if (said.error === null) return { outcome: 'accepted', providerIds: [id] }
      const verdict = judgeAck(said.error)
      return toldOf(verdict, verdict.class === 'throttled' ? THROTTLED_MS : null)
    }
  }
}
