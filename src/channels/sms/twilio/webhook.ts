// Twilio's two webhooks: messages and receipts, each on its own URL, never told apart by their fields.
// Order of the checks: size, signature header, readable, signature, fields; then stored; only then 200.

import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { Logger } from 'pino'
import twilio from 'twilio'
import type { ChannelEvent } from '../../channel.ts'
import { only, refuse } from '../../refusal.ts'
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

export function twilioRoutes(parts: WebhookParts): Router {
  const router = Router()
  const read = express.raw({ type: () => true, limit: BIGGEST_BODY })
  router
    .route(MESSAGES_PATH)
    .post(read, (req, res) => answer(parts, req, res, messageEvent))
    .all(only('POST'))
  router
    .route(RECEIPTS_PATH)
    .post(read, (req, res) => answer(parts, req, res, receiptEvent))
    .all(only('POST'))
  router.use([MESSAGES_PATH, RECEIPTS_PATH], unreadable)
  return router
}

type ReadEvent = (fields: Fields, req: Request) => ChannelEvent | 'ignored' | null

async function answer(
  parts: WebhookParts,
  req: Request,
  res: Response,
  read: ReadEvent,
): Promise<void> {
  const fields = authentic(parts, req)
  if (fields === 'forged') {
    parts.onForgery()
    parts.log.warn({ path: req.path }, 'Twilio signature missing or wrong; see docs/channels')
    return refuse(res, 403, 'The signature does not fit. Check PUBLIC_URL and TWILIO_AUTH_TOKEN.')
  }
  if (fields === null) return refuse(res, 400, 'The form cannot be read.')
  const event = read(fields, req)
  if (event === null) return refuse(res, 400, 'The form lacks MessageSid, From or the status.')
  if (event !== 'ignored') {
    try {
      await parts.handOn(event)
    } catch (error) {
      parts.log.error({ err: error, event: event.type }, 'could not store what Twilio brought')
      return refuse(res, 503, 'It could not be stored now. Send it again.')
    }
  }
  res.status(200).set('Content-Type', 'text/xml').end('<Response/>')
}

/** The fields, once the signature over URL and fields fits; null when they cannot be read. */
function authentic(parts: WebhookParts, req: Request): Fields | 'forged' | null {
  const signature = req.get('X-Twilio-Signature')
  if (signature === undefined || signature === '') return 'forged'
  const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : ''
  // Twilio signed the URL it was given, not what a proxy made of it.
  const url = parts.publicUrl + req.originalUrl
  if (req.is('json')) {
    // Signed by the hash of the body, which rides in the signed URL as bodySHA256.
    const fits = twilio.validateRequestWithBody(parts.authToken, signature, url, body)
    return fits ? decodeJson(body) : 'forged'
  }
  if (!req.is('urlencoded')) return null
  const fields = decodeForm(body)
  if (fields === null) return null
  // With the fragment too: some relays sign the URL as configured. It is a constant, so nothing is given away.
  const fits = [url, url + RETRY_FRAGMENT].some((signed) =>
    twilio.validateRequest(parts.authToken, signature, signed, fields),
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

function receiptEvent(fields: Fields, req: Request): ChannelEvent | 'ignored' | null {
  const id = new URLSearchParams(req.originalUrl.split('?')[1] ?? '').get('id')
  const receipt = readReceipt(fields, id === null || id === '' ? null : id.slice(0, 64))
  return receipt === null || receipt === 'ignored' ? receipt : { type: 'receipt', receipt }
}

/** What the body reader throws: too large, broken compression, an aborted upload. */
const unreadable: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
  if (status === 413) refuse(res, 413, 'More than 64 KiB.')
  else if (status === 415) refuse(res, 415, 'This compression is not known here.')
  else if (status >= 400 && status < 500) refuse(res, 400, 'The body cannot be read.')
  else next(error)
}
