// Twilio played over real HTTP on loopback: takes our REST calls, signs and posts what citizens write.
// Rule: it knows nothing of the gateway, only what Twilio documents; light enough for benches and kill tests.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import webhooks from 'twilio/lib/webhooks/webhooks.js'
import { said } from './printed.ts'

export interface FakeSend {
  readonly sid: string
  readonly to: string
  readonly from: string
  readonly body: string
  readonly statusCallback: string | null
  /** The form as it came, for checks against Twilio's own description. */
  readonly raw: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The far end of the connection it came by. */
  readonly port: number | undefined
}

/** What the fake does with one send. `accept` is what it does when told nothing. */
type FakeAnswer =
  | { readonly type: 'accept'; readonly afterMs?: number }
  | {
      readonly type: 'refuse'
      readonly status: number
      readonly code?: number
      readonly retryAfter?: string
    }
  /** A proxy's page in place of Twilio's JSON. */
  | { readonly type: 'page'; readonly status: number }
  /** Takes the message and never says so. */
  | { readonly type: 'hang' }
  /** Takes the message, then the line breaks. */
  | { readonly type: 'reset' }

/** What comes back for an attachment. */
export interface FakeMedia {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: Uint8Array
  /** Begins, and never ends. */
  readonly hangs?: boolean
}

export interface FakeTwilioOptions {
  readonly accountSid?: string
  readonly authToken?: string
  readonly port?: number
  /** What Twilio believes our PUBLIC_URL to be; posts go to `base`. The same as `base` unless told. */
  readonly publicUrl?: string
}

export interface FakeTwilio {
  readonly url: string
  readonly accountSid: string
  readonly authToken: string
  readonly sends: readonly FakeSend[]
  /** For the next sends, in order; then `accept` again. */
  answer(...answers: readonly FakeAnswer[]): void
  /** For every send from now on, when `answer` left none. */
  answerBy(decide: (send: FakeSend) => FakeAnswer): void
  /** Holds an attachment from now on; hands back the MediaUrl that Twilio would tell. `answer` may be a function. */
  hold(answer: FakeMedia | (() => FakeMedia)): string
  /** How often each MediaUrl was asked for with our credentials. */
  readonly fetched: ReadonlyMap<string, number>
  /** `active`, `suspended` or `closed`. */
  setAccountStatus(status: string): void
  /** Resolves once that many sends have come in all. */
  sendCount(count: number): Promise<readonly FakeSend[]>
  /** A signed message to `base`, as a citizen's text; fields may be added or taken away (undefined). */
  text(base: string, fields: InboundFields): Promise<Response>
  /** A signed receipt to the send's own StatusCallback, at `base`. */
  receipt(base: string, send: FakeSend, status: string, errorCode?: number): Promise<Response>
  stop(): Promise<void>
}

export type InboundFields = Readonly<Record<string, string | undefined>>

export const FAKE_ACCOUNT = `AC${'1'.repeat(32)}`
export const FAKE_TOKEN = 'f'.repeat(32)
export const FAKE_NUMBER = '+15005550006'
const MESSAGES_PATH = '/channels/sms/twilio/messages'

let made = 0
/** A message id of Twilio's shape, unlike any before it in this process. */
export function newSid(): string {
  made += 1
  return `SM${process.pid.toString(16).padStart(8, '0')}${made.toString(16).padStart(24, '0')}`
}

/** The fields of a plain text message as Twilio sends them. */
export function messageFields(fields: InboundFields = {}): Record<string, string> {
  const sid = fields.MessageSid ?? newSid()
  const all: Record<string, string | undefined> = {
    ToCountry: 'US',
    ToState: '',
    SmsMessageSid: sid,
    NumMedia: '0',
    ToCity: '',
    FromZip: '',
    SmsSid: sid,
    FromState: '',
    SmsStatus: 'received',
    FromCity: '',
    Body: 'halo',
    FromCountry: 'ID',
    To: FAKE_NUMBER,
    ToZip: '',
    NumSegments: '1',
    MessageSid: sid,
    AccountSid: FAKE_ACCOUNT,
    From: '+6281234567890',
    ApiVersion: '2010-04-01',
    ...fields,
  }
  said(all.From, all.Body)
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

export function sign(token: string, url: string, fields: Readonly<Record<string, string>>): string {
  return webhooks.getExpectedTwilioSignature(token, url.split('#')[0] ?? url, { ...fields })
}

/** Posts a form with Twilio's signature over `signedUrl`. */
export function postSigned(
  url: string,
  fields: Readonly<Record<string, string>>,
  token = FAKE_TOKEN,
  signedUrl = url,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      'X-Twilio-Signature': sign(token, signedUrl, fields),
      'User-Agent': 'TwilioProxy/1.1',
    },
    body: new URLSearchParams(fields).toString(),
  })
}

export async function startFakeTwilio(options: FakeTwilioOptions = {}): Promise<FakeTwilio> {
  const accountSid = options.accountSid ?? FAKE_ACCOUNT
  const authToken = options.authToken ?? FAKE_TOKEN
  const sends: FakeSend[] = []
  const queue: FakeAnswer[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  let decide: (send: FakeSend) => FakeAnswer = () => ({ type: 'accept' })
  let accountStatus = 'active'
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const account = `/2010-04-01/Accounts/${accountSid}`
  const media = new Map<string, () => FakeMedia>()
  const fetched = new Map<string, number>()

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const raw = await bodyOf(req)
    if (req.headers.authorization !== credentials) return fail(res, 401, 20003)
    if (req.method === 'GET' && req.url === `${account}.json`)
      return json(res, 200, { sid: accountSid, status: accountStatus, friendly_name: 'fake' })
    const held = media.get(req.url ?? '')
    if (req.method === 'GET' && held !== undefined) return give(res, req.url ?? '', held())
    if (req.method !== 'POST' || req.url !== `${account}/Messages.json`)
      return fail(res, 404, 20404)
    take(raw, req, res)
  }

  function give(
    res: ServerResponse,
    path: string,
    { status, headers, bytes, hangs }: FakeMedia,
  ): void {
    const url = `https://api.twilio.com${path}`
    fetched.set(url, (fetched.get(url) ?? 0) + 1)
    res.writeHead(status ?? 200, headers)
    if (hangs) res.flushHeaders()
    else res.end(bytes)
  }

  function take(raw: string, req: IncomingMessage, res: ServerResponse): void {
    const form = new URLSearchParams(raw)
    const send: FakeSend = {
      sid: newSid(),
      to: form.get('To') ?? '',
      from: form.get('From') ?? form.get('MessagingServiceSid') ?? '',
      body: form.get('Body') ?? '',
      statusCallback: form.get('StatusCallback'),
      raw,
      headers: req.headers,
      port: req.socket.remotePort,
    }
    said(send.to, send.body)
    const answer = queue.shift() ?? decide(send)
    if (answer.type === 'refuse') {
      fail(res, answer.status, answer.code, answer.retryAfter)
      return
    }
    if (answer.type === 'page') {
      res.writeHead(answer.status, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>')
      return
    }
    sends.push(send)
    for (const one of waiting) if (sends.length >= one.count) one.resolve()
    if (answer.type === 'reset') req.socket.destroy()
    else if (answer.type === 'accept') setTimeout(() => created(res, send), answer.afterMs ?? 0)
  }

  function created(res: ServerResponse, send: FakeSend): void {
    json(res, 201, {
      sid: send.sid,
      account_sid: accountSid,
      status: 'queued',
      to: send.to,
      from: send.from,
      body: send.body,
      num_segments: '1',
      num_media: '0',
      direction: 'outbound-api',
      error_code: null,
      date_created: 'Mon, 16 Mar 2026 00:00:00 +0000',
    })
  }

  const server = createServer((req, res) => {
    handle(req, res).catch(() => req.socket.destroy())
  })
  await new Promise<void>((resolve) =>
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve()),
  )
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const seenAs = (base: string) => options.publicUrl ?? base

  return {
    url,
    accountSid,
    authToken,
    sends,
    fetched,
    hold: (answer) => {
      const path = `${account}/Messages/${newSid()}/Media/ME${media.size}`
      media.set(path, typeof answer === 'function' ? answer : () => answer)
      return `https://api.twilio.com${path}`
    },
    answer: (...answers) => void queue.push(...answers),
    answerBy: (next) => {
      decide = next
    },
    setAccountStatus: (status) => {
      accountStatus = status
    },
    sendCount: async (count) => {
      if (sends.length < count)
        await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      return sends
    },
    text: (base, fields) =>
      postSigned(
        base + MESSAGES_PATH,
        messageFields(fields),
        authToken,
        seenAs(base) + MESSAGES_PATH,
      ),
    receipt: (base, send, status, errorCode) => {
      const callback = send.statusCallback ?? ''
      const path = callback.slice(seenAs(base).length)
      return postSigned(
        base + path,
        receiptFields(accountSid, send, status, errorCode),
        authToken,
        callback,
      )
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function receiptFields(accountSid: string, send: FakeSend, status: string, errorCode?: number) {
  return {
    SmsSid: send.sid,
    SmsStatus: status,
    MessageStatus: status,
    To: send.to,
    MessageSid: send.sid,
    AccountSid: accountSid,
    From: send.from,
    ApiVersion: '2010-04-01',
    ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
  }
}

function json(res: ServerResponse, status: number, body: unknown, retryAfter?: string): void {
  res.writeHead(status, {
    'Content-Type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
  })
  res.end(JSON.stringify(body))
}

function fail(res: ServerResponse, status: number, code?: number, retryAfter?: string): void {
  // Twilio's own sentences repeat the number; so does this one, to see that we do not.
  const message = "The number '+6281234567890' is not what you think"
  const more_info = `https://www.twilio.com/docs/errors/${code ?? ''}`
  json(res, status, { code: code ?? null, message, more_info, status }, retryAfter)
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
