// One message of the outbox to one chat, in parts where it is long, at the pace of a person.
// Rule: nobody is written to who has not written to this number; what WhatsApp refused was not sent.

import { createHash } from 'node:crypto'
import type { Address, OutboundMessage } from '../../../message.ts'
import type { SendResult } from '../../channel.ts'
import { numberedParts } from '../../text.ts'
import { partly, toldOf } from '../../verdict.ts'
import { judgeAck } from './codes.ts'
import type { Health } from './health.ts'
import type { Pace } from './pace.ts'
import { jidOf } from './people.ts'
import type { Said, Session } from './session-port.ts'

export interface SendingParts {
  readonly session: () => Pick<Session, 'say'> | null
  readonly pace: Pace
  readonly health: Pick<Health, 'said'>
  /** They have written to this number. */
  readonly hasWritten: (address: Address) => Promise<boolean>
  readonly wait: (ms: number) => Promise<void>
}

/** What people read without scrolling for long; WhatsApp itself takes more. */
export const LONGEST_TEXT = 4_096
/** A slot further away is not waited for: the message goes back to the outbox. */
const MOST_WAIT_MS = 4_000
const AGAIN_MS = 5_000
const THROTTLED_MS = 60_000

/**
 * Ours for this part of this message, whenever it is sent: a phone that got it already shows it once. In the form
 * that WhatsApp's own web client gives its ids.
 */
export function messageId(id: string, part: number): string {
  const digest = createHash('sha256').update(`${id}:${part}`).digest('hex')
  return `3EB0${digest.slice(0, 18).toUpperCase()}`
}

export function createSending(parts: SendingParts) {
  const { pace, health, session } = parts

  async function sendPart(jid: string, text: string, id: string): Promise<SendResult> {
    const slot = pace.slot(jid, MOST_WAIT_MS)
    const reason = 'the pace of this chat'
    if (slot.type === 'none') return { outcome: 'retry', reason, afterMs: slot.inMs }
    if (slot.inMs > 0) await parts.wait(slot.inMs)
    const open = session()
    if (open === null)
      return { outcome: 'retry', reason: 'not connected to WhatsApp', afterMs: AGAIN_MS }
    const result = resultOf(await open.say(jid, text, id), id)
    if (result.outcome === 'accepted') health.said()
    return result
  }

  return async ({ id, to, text, nextPart }: OutboundMessage): Promise<SendResult> => {
    const jid = jidOf(to)
    if (jid === null) return { outcome: 'rejected', reason: 'nobody this number can write to' }
    if (!(await parts.hasWritten(to))) return { outcome: 'window-closed' }
    const providerIds: string[] = []
    for (const [place, part] of numberedParts(text, LONGEST_TEXT).entries()) {
      if (place < nextPart) continue
      const result = await sendPart(jid, part, messageId(id, place))
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
