// What answers over HTTP: the channels' webhooks, then an Express app with health, metrics and the API.
// Webhooks pass by Express: measured, it cost 170 µs of each turn's 1,270 (docs/decisions/0010).

import { timingSafeEqual } from 'node:crypto'
import type { RequestListener } from 'node:http'
import express, { type Express, type Request, type RequestHandler, type Router } from 'express'
import type { Channel } from './channels/channel.ts'
import type { Webhook } from './channels/webhook.ts'
import { failures, notFound, onlyMethods, sendProblem } from './problem.ts'

export interface HttpParts {
  readonly channels: readonly Channel[]
  /** Null: off, because there is no token. */
  readonly api: Router | null
  readonly apiToken: string | null
  /** The whole of /health as JSON, for those who may see it. */
  readonly health: () => Promise<Readonly<Record<string, unknown>>>
  readonly version: string
  /** Resolves when the store answers a write. */
  readonly ready: () => Promise<void>
  readonly metrics: () => Promise<string>
  readonly onFault: (error: unknown) => void
}

/** Webhooks first and by themselves, then Express. */
export function createHttp(parts: HttpParts): RequestListener {
  const webhooks = parts.channels.flatMap((channel) => channel.webhooks ?? [])
  return webhooksFirst(webhooks, createExpress(parts))
}

/** Express takes /A/B/ for /a/b, so these do too. */
export function webhooksFirst(
  webhooks: readonly Webhook[],
  otherwise: RequestListener,
): RequestListener {
  const byPath = new Map(webhooks.map((webhook) => [webhook.path, webhook]))
  return (req, res) => {
    const path = (req.url ?? '').split('?', 1)[0] ?? ''
    const webhook = byPath.get(path) ?? byPath.get(path.toLowerCase().replace(/\/$/, ''))
    if (webhook === undefined) otherwise(req, res)
    else webhook.handle(req, res)
  }
}

function createExpress(parts: HttpParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')

  app.get('/health', async (req, res) => {
    const short = { status: 'ok', version: parts.version }
    res.json(maySeeInside(req, parts.apiToken) ? { ...short, ...(await parts.health()) } : short)
  })
  app.get('/ready', async (_req, res) => {
    try {
      await parts.ready()
      res.json({ status: 'ready' })
    } catch (error) {
      parts.onFault(error)
      sendProblem(res, 503, 'The store does not answer a write. See the log.')
    }
  })
  app.get('/metrics', async (req, res) => {
    if (!maySeeInside(req, parts.apiToken)) {
      sendProblem(res, 403, 'Metrics answer on loopback, or with the API token as bearer.')
      return
    }
    res.type('text/plain; version=0.0.4').send(await parts.metrics())
  })
  for (const path of ['/health', '/ready', '/metrics']) app.all(path, onlyMethods('GET'))

  if (parts.api !== null) app.use('/api', bearerOnly(parts.apiToken), parts.api)
  app.use(notFound)
  app.use(failures(parts.onFault))
  return app
}

function bearerOnly(token: string | null): RequestHandler {
  return (req, res, next) => {
    if (hasBearer(req, token)) {
      next()
      return
    }
    res.set('WWW-Authenticate', 'Bearer')
    sendProblem(res, 401, 'Send the API token as "Authorization: Bearer ...".')
  }
}

/** What a proxy adds, each by its own habit; some keep only the Host they were asked for. */
const PROXIED = /^(x-forwarded-.+|x-real-ip|forwarded|via|cf-connecting-ip|true-client-ip)$/
const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i

/** Loopback itself, not somebody a proxy on this machine speaks for. */
function maySeeInside(req: Request, token: string | null): boolean {
  if (hasBearer(req, token)) return true
  if (Object.keys(req.headers).some((name) => PROXIED.test(name))) return false
  if (!LOOPBACK_HOST.test(req.headers.host ?? 'localhost')) return false
  return /^(::1|(::ffff:)?127\.)/.test(req.socket.remoteAddress ?? '')
}

function hasBearer(req: Request, token: string | null): boolean {
  if (token === null) return false
  // The scheme's name is case-blind (RFC 9110), the token is not.
  const given = Buffer.from((req.headers.authorization ?? '').replace(/^bearer /i, 'Bearer '))
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
