// Meta's side of the Cloud API on loopback: takes messages, holds files, posts signed webhooks.
// It refuses what Meta refuses: a wrong token, another number, too many buttons, titles that are too long.

import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  META_WABA_ID,
  pageOfTemplates,
  type Registered,
  templateArrives,
} from './fake-meta-templates.ts'
import { said } from './printed.ts'

export const META_TOKEN = 'EAAG-token-for-tests'
export const META_NUMBER_ID = '106540352242922'
export const META_SECRET = '0123456789abcdef0123456789abcdef'
export const META_VERIFY = 'periksa-sendiri'
export const CLOUD_PATH = '/channels/whatsapp/cloud'

export type Json = Readonly<Record<string, unknown>>

export type MetaAnswer =
  | { readonly type: 'accept'; readonly afterMs?: number }
  | {
      readonly type: 'refuse'
      readonly status: number
      readonly code?: number
      readonly retryAfter?: number
    }
  | { readonly type: 'hang' }

interface Row {
  readonly id: string
  readonly title: string
  readonly description?: string
}

interface MetaSent {
  readonly to: string
  readonly providerId: string
  /** Our own id, as it rode along. */
  readonly opaque: string | null
  readonly text: string
  readonly choices: readonly Row[]
  readonly body: Json
  /** Of a file that was sent: its bytes. */
  readonly file: Buffer | undefined
}

export interface FakeMeta {
  /** With a version in its path, as an operator may give it. */
  readonly url: string
  readonly sent: readonly MetaSent[]
  /** How often it was asked to send, refused or not. */
  attempts(): number
  answerBy(answer: () => MetaAnswer): void
  /** What is registered, in place of what was. */
  registers(templates: readonly Registered[]): void
  /** Free words to this number are refused (131047): its person wrote too long ago. */
  shuts(to: string): void
  /** A file that can be fetched by this id. */
  holds(id: string, bytes: Buffer, contentType: string): void
  stop(): Promise<void>
}

export async function startFakeMeta(): Promise<FakeMeta> {
  const sent: MetaSent[] = []
  const files = new Map<string, { readonly bytes: Buffer; readonly contentType: string }>()
  let answer: () => MetaAnswer = () => ({ type: 'accept' })
  let attempts = 0
  let registered: readonly Registered[] = []
  const shut = new Set<string>()
  const server = createServer((req, res) => {
    void handle(req, res)
  })

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').replace(/^\/v\d+\.\d+/, '')
    const file = /^\/lookaside\/(.+)$/.exec(path)?.[1]
    if (req.headers.authorization !== `Bearer ${META_TOKEN}`) return refuse(res, 401, 190)
    if (file !== undefined) {
      const held = files.get(file)
      if (held === undefined) return refuse(res, 404, 100)
      res.writeHead(200, { 'Content-Type': held.contentType }).end(held.bytes)
      return
    }
    if (req.method === 'GET') return lookedUp(res, path)
    if (path === `/${META_NUMBER_ID}/media`) return uploaded(req, res)
    if (path !== `/${META_NUMBER_ID}/messages`) return refuse(res, 400, 100)
    return taken(res, JSON.parse(await bodyOf(req)) as Json)
  }

  function lookedUp(res: ServerResponse, path: string): void {
    const id = decodeURIComponent(path.slice(1))
    const held = files.get(id)
    const { pathname, searchParams } = new URL(path, 'http://meta')
    const after = Number(searchParams.get('after') ?? 0)
    if (pathname === `/${META_WABA_ID}/message_templates`)
      json(res, 200, pageOfTemplates(registered, url, after))
    else if (pathname === '/debug_token') json(res, 200, { data: { granular_scopes: SCOPES } })
    else if (path.startsWith(`/${META_NUMBER_ID}?`))
      json(res, 200, { verified_name: 'Kota Contoh', id: META_NUMBER_ID })
    else if (held === undefined) refuse(res, 400, 100)
    else
      json(res, 200, {
        ...{ id, url: `${url}/lookaside/${id}`, mime_type: held.contentType },
        file_size: held.bytes.length,
      })
  }

  async function uploaded(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const type = String(req.headers['content-type'])
    const form = await new Response(new Uint8Array(await rawOf(req)), {
      headers: { 'Content-Type': type },
    }).formData()
    const file = form.get('file')
    if (form.get('messaging_product') !== 'whatsapp' || !(file instanceof Blob))
      return refuse(res, 400, 100)
    const id = `up-${files.size + 1}`
    files.set(id, { bytes: Buffer.from(await file.arrayBuffer()), contentType: file.type })
    json(res, 200, { id })
  }

  async function taken(res: ServerResponse, body: Json): Promise<void> {
    attempts += 1
    const given = answer()
    if (given.type === 'hang') return
    if (given.type === 'refuse') return refuse(res, given.status, given.code, given.retryAfter)
    if (given.afterMs !== undefined) await new Promise((go) => setTimeout(go, given.afterMs))
    const wrong = wrongIn(body)
    if (wrong !== null) return refuse(res, 400, wrong)
    const filled = body.type === 'template' ? templateArrives(body, registered) : null
    if (filled !== null && 'code' in filled) return refuse(res, 404, filled.code)
    if (filled === null && shut.has(String(body.to))) return refuse(res, 400, 131047)
    const providerId = `wamid.${sent.length + 1}.${Buffer.from(String(attempts)).toString('hex')}`
    const fileId = (body[String(body.type)] as { readonly id?: string } | undefined)?.id ?? ''
    const one = { ...sentOf(body, providerId), ...filled, file: files.get(fileId)?.bytes }
    said(one.to, one.text)
    sent.push(one)
    json(res, 200, {
      messaging_product: 'whatsapp',
      contacts: [{ input: one.to, wa_id: one.to }],
      messages: [{ id: providerId }],
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v25.0`
  return {
    ...{ url, sent, attempts: () => attempts },
    answerBy: (by) => {
      answer = by
    },
    registers: (templates) => {
      registered = templates
    },
    shuts: (to) => void shut.add(to),
    holds: (id, bytes, contentType) => void files.set(id, { bytes, contentType }),
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** What the token may do, and for which account. */
const SCOPES = [
  { scope: 'whatsapp_business_messaging', target_ids: [META_WABA_ID] },
  { scope: 'whatsapp_business_management', target_ids: [META_WABA_ID] },
]

/** Posts it as Meta does; the HTTP status it was answered with. */
export async function postFromMeta(
  base: string,
  body: Json | string,
  secret = META_SECRET,
): Promise<number> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body)
  const signature = createHmac('sha256', secret).update(raw).digest('hex')
  const headers = {
    'Content-Type': 'application/json',
    'X-Hub-Signature-256': `sha256=${signature}`,
  }
  return (await fetch(base + CLOUD_PATH, { method: 'POST', headers, body: raw })).status
}

/** One webhook with these messages and statuses. */
export function webhookOf(
  messages: readonly unknown[],
  statuses: readonly unknown[] = [],
  contacts: readonly unknown[] = [],
): Json {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: META_NUMBER_ID },
    ...(contacts.length === 0 ? {} : { contacts }),
    ...(messages.length === 0 ? {} : { messages }),
    ...(statuses.length === 0 ? {} : { statuses }),
  }
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: META_WABA_ID, changes: [{ field: 'messages', value }] }],
  }
}

type Interactive = {
  readonly body: { readonly text: string }
  readonly action: {
    readonly buttons?: readonly {
      readonly reply: { readonly id: string; readonly title: string }
    }[]
    readonly sections?: readonly {
      readonly rows: readonly Row[]
    }[]
  }
}

function sentOf(body: Json, providerId: string): MetaSent {
  const interactive = body.interactive as Interactive | undefined
  const { buttons = [], sections = [] } = interactive?.action ?? {}
  const text = interactive?.body.text ?? (body.text as { body?: string } | undefined)?.body ?? ''
  return {
    to: String(body.to ?? body.recipient),
    opaque: (body.biz_opaque_callback_data as string | undefined) ?? null,
    choices: [...buttons.map(({ reply }) => reply), ...sections.flatMap(({ rows }) => rows)],
    ...{ providerId, text, body, file: undefined },
  }
}

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/messages, limits of interactive messages] */
function wrongIn(body: Json): number | null {
  const { text, choices } = sentOf(body, '')
  if (body.messaging_product !== 'whatsapp') return 100
  const words = body.type === 'text' || body.type === 'interactive'
  if (!words) return null
  if (text === '' || text.length > (body.type === 'interactive' ? 1_024 : 4_096)) return 131009
  const { type } = (body.interactive ?? {}) as { readonly type?: string }
  const most = type === 'button' ? { count: 3, title: 20 } : { count: 10, title: 24 }
  const wrong = choices.some(
    ({ id, title, description = '' }) =>
      id.length > 200 || title.length > most.title || description.length > 72,
  )
  const named = new Set(choices.map(({ title }) => title))
  if (type === 'button' && named.size < choices.length) return 131009
  const ids = new Set(choices.map(({ id }) => id))
  const tooMany = choices.length > most.count || ids.size < choices.length
  return wrong || (type !== undefined && tooMany) ? 131009 : null
}

function refuse(res: ServerResponse, status: number, code?: number, retryAfter?: number): void {
  if (retryAfter !== undefined) res.setHeader('Retry-After', retryAfter)
  const error = { message: 'refused', type: 'OAuthException', code, fbtrace_id: 'A' }
  json(res, status, code === undefined ? {} : { error })
}

function json(res: ServerResponse, status: number, body: Json): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

async function rawOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  return (await rawOf(req)).toString('utf8')
}
