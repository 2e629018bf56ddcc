// SMS through Twilio: its webhooks in, its REST API out, and an honest word on whether it works.
// Rule: every refusal becomes an outcome by the table in codes.ts; nothing here retries.

import type { Logger } from 'pino'
import type { Clock } from '../../../clock.ts'
import type { OutboundMessage } from '../../../message.ts'
import type { Channel, ChannelHealth, CheckResult, Receive, SendResult } from '../../channel.ts'
import type { DownloadRules } from '../../download.ts'
import { createHand } from '../../hand.ts'
import { within } from '../../patience.ts'
import { numberedParts, toGsm7 } from '../../text.ts'
import { partly, toldOf } from '../../verdict.ts'
import { type Answer, createTwilioClient } from './client.ts'
import { judgeRefusal } from './codes.ts'
import { ACCOUNT } from './form.ts'
import { fetchTwilioMedia } from './media.ts'
import { RECEIPTS_PATH, RETRY_FRAGMENT, twilioWebhooks } from './webhook.ts'

export interface TwilioOptions {
  readonly accountSid: string
  readonly authToken: string
  /** A number (`+…`), a short code, a name, or the SID of a Messaging Service (`MG…`). */
  readonly from: string
  /** Where Twilio's REST API is to be found; null: at Twilio. */
  readonly apiUrl: string | null
  /** How Twilio reaches us; signatures are checked over it. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly log: Logger
  /** How long to wait for Twilio's answer. 10 s unless told. */
  readonly timeoutMs?: number
  /** From where attachments may be fetched: from public hosts, unless a test has its own. */
  readonly rules?: DownloadRules
  /** Called for each request whose signature is missing or wrong. */
  readonly onForgery?: () => void
}

/** [https://www.twilio.com/docs/messaging/api/message-resource, Body] */
const LONGEST_BODY = 1600
const STOP_WITHIN_MS = 5000

export function createTwilio(options: TwilioOptions): Channel {
  const { clock, log } = options
  const publicUrl = options.publicUrl.replace(/\/+$/, '')
  const client = createTwilioClient({ ...options, timeoutMs: options.timeoutMs ?? 10_000 })
  const { held, settled } = createHand()
  let receive: Receive | null = null
  let health: ChannelHealth = {
    state: 'down',
    since: clock(),
    lastIn: null,
    lastOut: null,
    why: 'not started',
  }

  function turn(state: ChannelHealth['state'], why: string | null): void {
    if (state !== health.state && state === 'paused') log.error({ why }, 'Twilio refuses us')
    const since = state === health.state ? health.since : clock()
    health = { ...health, state, why, since }
  }

  async function sendPart(message: OutboundMessage, body: string): Promise<SendResult> {
    const statusCallback = `${publicUrl}${RECEIPTS_PATH}?id=${encodeURIComponent(message.id)}`
    const answer = await client.create({
      to: message.to.slice('sms:'.length),
      body,
      statusCallback: statusCallback + RETRY_FRAGMENT,
    })
    const result = resultOf(answer)
    if (result.outcome === 'suspended') turn('paused', result.reason)
    else if (answer.type === 'unreachable' || answer.type === 'silent')
      turn('down', `no answer from Twilio (${answer.why})`)
    else turn('up', null)
    if (result.outcome === 'accepted') health = { ...health, lastOut: clock() }
    return result
  }

  async function send(message: OutboundMessage): Promise<SendResult> {
    if (!message.to.startsWith('sms:+'))
      return { outcome: 'rejected', reason: 'not a subscriber number' }
    const parts = numberedParts(toGsm7(message.text), LONGEST_BODY)
    const providerIds: string[] = []
    for (const [place, body] of parts.entries()) {
      if (place < message.nextPart) continue
      const result = await sendPart(message, body)
      if (result.outcome === 'accepted') providerIds.push(...result.providerIds)
      else return providerIds.length === 0 ? result : partly(result, providerIds, place)
    }
    return { outcome: 'accepted', providerIds }
  }

  return {
    name: 'sms',
    account: ACCOUNT,
    buttons: false,
    // Only if the URL that was given to it says so (RETRY_FRAGMENT).
    redelivers: false,
    webhooks: twilioWebhooks({
      authToken: options.authToken,
      publicUrl,
      log,
      onForgery: options.onForgery ?? (() => {}),
      handOn: async (event) => {
        if (receive === null) throw new Error('the Twilio channel is not started')
        await held(receive(event))
        health = { ...health, lastIn: clock() }
      },
    }),
    start: async (handler) => {
      receive = handler
      turn('up', null)
    },
    send: (message) => held(send(message)),
    // Not waited for by a stop: what is broken off is fetched again.
    fetchMedia: (ref) => fetchTwilioMedia(ref, options),
    stop: async () => {
      receive = null
      await within(settled(), STOP_WITHIN_MS)
      turn('down', 'stopped')
    },
    check: async () => checked(await client.account()),
    health: () => health,
  }
}

function resultOf(answer: Answer): SendResult {
  switch (answer.type) {
    case 'made':
      return { outcome: 'accepted', providerIds: [answer.sid] }
    case 'unreachable':
      return { outcome: 'retry', reason: `Twilio cannot be reached (${answer.why})` }
    case 'silent':
      return { outcome: 'unknown', reason: `no answer from Twilio (${answer.why})` }
    case 'refused':
      return refusedResult(answer)
  }
}

function refusedResult(answer: Extract<Answer, { type: 'refused' }>): SendResult {
  // A gateway's own timeout: what stood behind it may have taken the message.
  if (answer.status === 504) return { outcome: 'unknown', reason: 'HTTP 504' }
  return toldOf(judgeRefusal(answer.status, answer.code), answer.waitMs)
}

function checked(answer: Answer): CheckResult {
  switch (answer.type) {
    case 'made':
      return { ok: answer.sid === 'active', detail: `the Twilio account is ${answer.sid}` }
    case 'refused':
      return {
        ok: false,
        detail: `${judgeRefusal(answer.status, answer.code).reason}. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN`,
      }
    case 'unreachable':
    case 'silent':
      return { ok: false, detail: `no answer from Twilio (${answer.why}). Check the network` }
  }
}
