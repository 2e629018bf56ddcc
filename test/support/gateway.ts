// One running gateway as the outside meets it: Twilio's webhooks, the API, health, and how it ends.
// Rule: nothing here reads its database or its code, only what it answers.

import { request } from 'node:http'
import { type FakeSend, type FakeTwilio, messageFields, sign } from './fake-twilio.ts'
import type { GatewayProcess } from './gateway-process.ts'
import { said } from './printed.ts'

/** What Twilio believes our address to be; the posts themselves go to loopback. */
export const PUBLIC_URL = 'https://lapor.example.go.id'
export const API_TOKEN = 'a-token-of-the-tests'

const MESSAGES = '/channels/sms/twilio/messages'

interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** An answer of the API; `body` is what its JSON says. */
interface ApiReply<T = ApiComplaint> extends HttpReply {
  readonly body: T
}

/** A complaint as the API shows it (only what tests look at). */
export interface ApiComplaint {
  readonly ticket: string
  readonly version: number
  readonly state: string
  readonly class: string
  readonly category: string | null
  readonly agency: string | null
  readonly text: string | null
  readonly rating: number | null
  readonly filed_at: string
  readonly due_at: string | null
  readonly due: readonly { readonly clock: string; readonly at: string; readonly status: string }[]
  readonly history: readonly {
    readonly at: string
    readonly move: string
    readonly from: string | null
    readonly to: string
    readonly actor: string
    readonly note: string | null
  }[]
  readonly messages: readonly {
    readonly at: string
    readonly direction: 'in' | 'out'
    readonly kind: string
    readonly text: string | null
    readonly status: string | null
  }[]
}

interface Send {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Gateway {
  readonly url: string
  readonly process: GatewayProcess
  http(path: string, send?: Send): Promise<HttpReply>
  /** A text message, signed like Twilio's; the status of the answer. Fields given as undefined are left out. */
  sms(
    from: string,
    text: string,
    fields?: Readonly<Record<string, string | undefined>>,
  ): Promise<number>
  /** The same form, with another signature or none. */
  form(fields: Readonly<Record<string, string>>, signature?: string | null): Promise<HttpReply>
  receipt(send: FakeSend, status: string, code?: number): Promise<number>
  /** Any GET of the API. */
  read<T = ApiComplaint>(path: string): Promise<ApiReply<T>>
  complaint(ticket: string): Promise<ApiComplaint>
  /** All complaints, page by page. */
  complaints(): Promise<readonly ApiComplaint[]>
  move(ticket: string, move: string, more?: Readonly<Record<string, unknown>>): Promise<ApiReply>
  /** SIGTERM; the exit code. Rejects after 10 s. */
  stop(): Promise<number | NodeJS.Signals>
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
}

export function speakTo(process: GatewayProcess, url: string, twilio: FakeTwilio): Gateway {
  const http = (path: string, send: Send = {}) => ask(url + path, send)
  const bearer = { Authorization: `Bearer ${API_TOKEN}` }

  function form(
    fields: Readonly<Record<string, string>>,
    signature: string | null = sign(twilio.authToken, PUBLIC_URL + MESSAGES, fields),
  ) {
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      ...(signature === null ? {} : { 'X-Twilio-Signature': signature }),
    }
    return http(MESSAGES, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields).toString(),
    })
  }

  async function read<T>(path: string): Promise<ApiReply<T>> {
    const reply = await http(path, { headers: bearer })
    return { ...reply, body: JSON.parse(reply.text) as T }
  }

  async function complaint(ticket: string): Promise<ApiComplaint> {
    const { status, text, body } = await read<ApiComplaint>(`/api/complaints/${ticket}`)
    if (status !== 200) throw new Error(`complaint ${ticket}: ${status} ${text}`)
    return body
  }

  async function complaints(): Promise<readonly ApiComplaint[]> {
    const all: ApiComplaint[] = []
    let after: string | null = null
    do {
      const page: ApiReply<{ complaints: ApiComplaint[]; next: string | null }> = await read(
        `/api/complaints?limit=200${after === null ? '' : `&after=${after}`}`,
      )
      if (page.status !== 200) throw new Error(`complaints: ${page.status} ${page.text}`)
      all.push(...page.body.complaints)
      after = page.body.next
    } while (after !== null)
    return all
  }

  return {
    url,
    process,
    http,
    form,
    read,
    complaint,
    complaints,
    sms: async (from, text, fields = {}) =>
      (await form(messageFields({ From: from, Body: text, ...fields }))).status,
    receipt: async (send, status, code) => (await twilio.receipt(url, send, status, code)).status,
    move: async (ticket, move, more = {}) => {
      if (typeof more.note === 'string') said(null, more.note)
      const reply = await http(`/api/complaints/${ticket}/moves`, {
        method: 'POST',
        headers: { ...bearer, 'Content-Type': 'application/json' },
        body: JSON.stringify({ move, actor: 'Meja Pengaduan', ...more }),
      })
      return { ...reply, body: JSON.parse(reply.text) as ApiComplaint }
    },
    stop: () => {
      process.signal('SIGTERM')
      return process.ended(10_000)
    },
    kill: async () => {
      process.signal('SIGKILL')
      await process.ended()
    },
  }
}

/** One request on a connection of its own, so that no kill spoils the next. */
function ask(url: string, { method = 'GET', headers = {}, body }: Send): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const req = request(url, { method, agent: false, headers: { ...length, ...headers } })
    req.on('error', reject)
    req.on('response', (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('error', reject)
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text })
      })
    })
    req.end(body)
  })
}
