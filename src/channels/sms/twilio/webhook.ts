// Twilio's two webhooks: messages and receipts, each on its own URL, never told apart by their fields.
// Order of the checks: size, signature header, readable, signature, fields; then stored; only then 200.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js'
import type { ChannelEvent } from '../../channel.ts'
import { refuse } from '../../refusal.ts'
import { mediaTypeOf, postOnly, readBody, type Webhook } from '../../webhook.ts'
import { decodeForm, type Fields, readMessage, readReceipt } from './form.ts'

const MESSAGES_PATH = '/channels/sms/twilio/messages'
export const RECEIPTS_PATH = '/channels/sms/twilio/receipts'

/**
 * Asks Twilio to repeat a webhook that was not answered well, five times. Its own server reads the fragment
 * and signs the URL without it. [https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides]
 */
export const RETRY_FRAGMENT = '#rc=5&rp=all'

const BIGGEST_BODY = 64 * 1024

export interface WebhookParts {
  readonly authToken: string
  /** Without a slash at its end. */
  readonly publicUrl: string
  readonly log: Logger
  /** Resolves once stored. */
  readonly handOn: (event: ChannelEvent) => Promise<void>
  readonly onForgery: () => void
}

export function twilioWebhooks(parts: WebhookParts): readonly Webhook[] {
  const hook = (path: string, event: ReadEvent) =>
    postOnly(
      path,
      (req, res) => answer(parts, req, res, event),
      (error) => {
        parts.log.error({ err: error, path }, 'a webhook failed')
      },
    )
  return [hook(MESSAGES_PATH, messageEvent), hook(RECEIPTS_PATH, receiptEvent)]
}

type ReadEvent = (fields: Fields, url: string) => ChannelEvent | 'ignored' | null

async function answer(
  parts: WebhookParts,
  req: IncomingMessage,
  res: ServerResponse,
  read: ReadEvent,
): Promise<void> {
  const body = await readBody(req, BIGGEST_BODY)
  if (body.type === 'gone') return
  if (body.type === 'refused') return refuse(res, body.status, body.detail)
  const path = req.url ?? ''
  const fields = authentic(parts, req, path, body.bytes)
  if (fields === 'forged') {
    parts.onForgery()
    parts.log.warn(
      { path: path.split('?', 1)[0] },
      'Twilio signature missing or wrong; see docs/channels',
    )
    return refuse(res, 403, 'The signature does not fit. Check PUBLIC_URL and TWILIO_AUTH_TOKEN.')
  }
  if (fields === null) return refuse(res, 400, 'The form cannot be read.')
  const event = read(fields, path)
  if (event === null) return refuse(res, 400, 'The form lacks MessageSid, From or the status.')
  if (event !== 'ignored') {
    try {
      await parts.handOn(event)
    } catch (error) {
      parts.log.error({ err: error, event: event.type }, 'could not store what Twilio brought')
      return refuse(res, 503, 'It could not be stored now. Send it again.')
    }
  }
  res.writeHead(200, EMPTY_HEADERS).end(EMPTY)
}

const EMPTY = '<Response/>'
const EMPTY_HEADERS = { 'Content-Type': 'text/xml', 'Content-Length': EMPTY.length }

/** The fields, once the signature over URL and fields fits; null when they cannot be read. */
function authentic(
  parts: WebhookParts,
  req: IncomingMessage,
  path: string,
  bytes: Buffer,
): Fields | 'forged' | null {
  const signature = req.headers['x-twilio-signature']
  if (typeof signature !== 'string' || signature === '') return 'forged'
  const body = bytes.toString('utf8')
  // Twilio signed the URL it was given, not what a proxy made of it.
  const url = parts.publicUrl + path
  switch (mediaTypeOf(req)) {
    case 'application/json': {
      // Signed by the hash of the body, which rides in the signed URL as bodySHA256.
      const fits = validateRequestWithBody(parts.authToken, signature, url, body)
      return fits ? decodeJson(body) : 'forged'
    }
    case 'application/x-www-form-urlencoded':
      break
    default:
      return null
  }
  const fields = decodeForm(body)
  if (fields === null) return null
  // With the fragment too: some relays sign the URL as configured. It is a constant, so nothing is given away.
  const fits = [url, url + RETRY_FRAGMENT].some((signed) =>
    validateRequest(parts.authToken, signature, signed, fields),
  )
  return fits ? fields : 'forged'
}

function decodeJson(body: string): Fields | null {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
    return Object.fromEntries(
      Object.entries(parsed).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
      ),
    )
  } catch {
    return null
  }
}

function messageEvent(fields: Fields): ChannelEvent | null {
  const message = readMessage(fields)
  return message === null ? null : { type: 'message', message }
}

function receiptEvent(fields: Fields, url: string): ChannelEvent | 'ignored' | null {
  const id = new URLSearchParams(url.split('?')[1] ?? '').get('id')
  const receipt = readReceipt(fields, id === null || id === '' ? null : id.slice(0, 64))
  return receipt === null || receipt === 'ignored' ? receipt : { type: 'receipt', receipt }
}
