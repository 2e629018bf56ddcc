// Meta's webhook: GET proves to Meta that the address is ours, POST brings messages and statuses.
// Order of the checks: size, signature over the raw bytes, readable; every item stored by itself; only then 200.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { ChannelEvent } from '../../channel.ts'
import { refuse } from '../../refusal.ts'
import { postOnly, readBody, type Webhook } from '../../webhook.ts'
import type { AccountNews } from './account-news.ts'
import { itemsOf } from './payload.ts'
import { type Ignored, type NameOf, readItem } from './reading.ts'

const PATH = '/channels/whatsapp/cloud'

const BIGGEST_BODY = 4 * 1024 * 1024
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i

export interface WebhookParts {
  readonly appSecret: string
  readonly verifyToken: string
  readonly phoneNumberId: string
  readonly nameOf: NameOf
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** Resolves once stored. */
  readonly handOn: (event: ChannelEvent) => Promise<void>
  readonly onAccount: (news: AccountNews) => void
  readonly onForgery: () => void
  readonly onIgnored: (reason: Ignored) => void
}

export function cloudWebhook(parts: WebhookParts): Webhook {
  const posted = postOnly(
    PATH,
    (req, res) => answer(parts, req, res),
    (error) => parts.log.error({ err: error, path: PATH }, 'a webhook failed'),
  )
  return {
    path: PATH,
    handle(req, res) {
      if (req.method === 'GET') verify(parts, req, res)
      else posted.handle(req, res)
    },
  }
}

/** [https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests] */
function verify(
  { verifyToken, onForgery }: WebhookParts,
  req: IncomingMessage,
  res: ServerResponse,
) {
  const asked = new URLSearchParams((req.url ?? '').split('?')[1] ?? '')
  const challenge = asked.get('hub.challenge')
  const fits = same(asked.get('hub.verify_token') ?? '', verifyToken)
  if (asked.get('hub.mode') !== 'subscribe' || challenge === null || !fits) {
    onForgery()
    return refuse(res, 403, 'The token does not fit. Check WHATSAPP_CLOUD_VERIFY_TOKEN.')
  }
  // Never as a page: whoever asks decides what stands in it.
  res.writeHead(200, { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' })
  res.end(challenge.slice(0, 256))
}

async function answer(
  parts: WebhookParts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const body = await readBody(req, BIGGEST_BODY)
  if (body.type === 'gone') return
  if (body.type === 'refused') return refuse(res, body.status, body.detail)
  if (!isSigned(body.bytes, req.headers['x-hub-signature-256'], parts.appSecret)) {
    parts.onForgery()
    parts.log.warn({ path: PATH }, "Meta's signature is missing or wrong; see docs/channels")
    return refuse(res, 403, 'The signature does not fit. Check WHATSAPP_CLOUD_APP_SECRET.')
  }
  const items = itemsOf(parsed(body.bytes), parts.phoneNumberId)
  if (items === null) return refuse(res, 400, 'This is no webhook of WhatsApp.')
  let failed: unknown = null
  for (const item of items) {
    if (item.kind === 'account') parts.onAccount(item.news)
    const { event, ignored } = readItem(item, parts.nameOf)
    if (event === undefined) parts.onIgnored(ignored)
    // What was stored stays stored; the whole comes again, and only the rest of it is new then.
    else
      await parts.handOn(event).catch((error: unknown) => {
        failed = error
      })
  }
  if (failed !== null) {
    parts.log.error({ err: failed }, 'could not store what Meta brought')
    return refuse(res, 503, 'It could not be stored now. Send it again.')
  }
  res.writeHead(200, { 'Content-Length': 0 }).end()
}

function isSigned(bytes: Buffer, header: string | string[] | undefined, secret: string): boolean {
  const given = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined
  if (given === undefined) return false
  const wanted = createHmac('sha256', secret).update(bytes).digest()
  return timingSafeEqual(Buffer.from(given, 'hex'), wanted)
}

/** In the same time, whatever was given. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
