// The webhook: the secret first, then the size, then the update; and only what is stored is answered with 200.
// It registers itself, and looks from time to time whether it still stands and whether Telegram reaches it.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { refuse } from '../refusal.ts'
import { postOnly, readBody, type Webhook } from '../webhook.ts'
import type { Intake } from './intake.ts'

export const UPDATES_PATH = '/channels/telegram/updates'

const BIGGEST_BODY = 1024 * 1024
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

export interface WebhookParts {
  readonly secret: string
  readonly intake: Intake
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly onForgery: () => void
}

export function telegramWebhook(parts: WebhookParts): Webhook {
  const { intake, log } = parts
  const wanted = digest(parts.secret)

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const given = req.headers[SECRET_HEADER]
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), wanted)) {
      req.resume()
      parts.onForgery()
      log.warn({ path: UPDATES_PATH }, 'Telegram secret missing or wrong; see docs/channels')
      return refuse(res, 403, 'The secret does not fit. Check TELEGRAM_WEBHOOK_SECRET.')
    }
    const body = await readBody(req, BIGGEST_BODY)
    if (body.type === 'gone') return
    if (body.type === 'refused') return refuse(res, body.status, body.detail)
    const update = parsed(body.bytes)
    if (update === undefined) return refuse(res, 400, 'The update is no JSON.')
    if (!intake.isOpen()) return refuse(res, 503, 'Nothing is taken in now. Send it again.')
    try {
      await intake.take(intake.read(update))
    } catch (error) {
      log.error({ err: error }, 'could not store what Telegram brought')
      return refuse(res, 503, 'It could not be stored now. Send it again.')
    }
    res.writeHead(200, { 'Content-Length': 0 }).end()
  }

  return postOnly(UPDATES_PATH, answer, (error) => {
    log.error({ err: error, path: UPDATES_PATH }, 'a webhook failed')
  })
}

/** Of one length, whatever was given. */
function digest(words: string): Buffer {
  return createHash('sha256').update(words).digest()
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
