// Asks Twilio's REST API through its own library, and says plainly what came back.
// Rule: "we could not ask" and "we asked and heard nothing" are different answers; only the second may be a message sent.

import twilio from 'twilio'
import { z } from 'zod'
import type { Clock } from '../../../clock.ts'

export type Answer =
  | { readonly type: 'made'; readonly sid: string }
  | {
      readonly type: 'refused'
      readonly status: number
      readonly code: number | null
      /** Twilio's own wait (`Retry-After`), in milliseconds. */
      readonly waitMs: number | null
    }
  /** Nothing was sent. */
  | { readonly type: 'unreachable'; readonly why: string }
  /** Asked, no answer: it may have been sent. */
  | { readonly type: 'silent'; readonly why: string }

export interface NewMessage {
  readonly to: string
  readonly body: string
  readonly statusCallback: string
}

export interface TwilioClient {
  create(message: NewMessage): Promise<Answer>
  /** `made` with the account's status in place of a message id. */
  account(): Promise<Answer>
}

export interface TwilioClientOptions {
  readonly accountSid: string
  readonly authToken: string
  readonly from: string
  /** Where to find the REST API instead of Twilio's own host; null: Twilio's. */
  readonly apiUrl: string | null
  readonly timeoutMs: number
  readonly clock: Clock
}

type Refused = Extract<Answer, { type: 'refused' }>

/** Carries an answer that is no success out through the library, which would drop its headers. */
class Refusal extends Error {
  readonly answer: Refused
  constructor(answer: Refused) {
    super(`Twilio answered HTTP ${answer.status}`)
    this.answer = answer
  }
}

/** Errors before the first byte of the request left. */
const NOTHING_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/
const TLS_REFUSED = /CERT|TLS|SSL/

const refusalBody = z.object({ code: z.number().int().nullable().catch(null) })

export function createTwilioClient(options: TwilioClientOptions): TwilioClient {
  const { accountSid, authToken, from } = options
  const client = twilio(accountSid, authToken, { accountSid, httpClient: httpClient(options) })
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from }
  return {
    create: (message) =>
      asking(async () => (await client.messages.create({ ...sender, ...message })).sid),
    account: () => asking(async () => (await client.api.v2010.accounts(accountSid).fetch()).status),
  }
}

/** The library's own HTTP client, with another host where asked, and refusals kept whole. */
function httpClient({ apiUrl, timeoutMs, clock }: TwilioClientOptions) {
  const http = new twilio.RequestClient({ timeout: timeoutMs })
  const ask = http.request.bind(http)
  http.request = async (request) => {
    const response = await ask({ ...request, uri: atHost(request.uri, apiUrl) })
    if (response.statusCode < 300) return response
    const body = refusalBody.safeParse(parsed(response.body))
    throw new Refusal({
      type: 'refused',
      status: response.statusCode,
      code: body.success ? body.data.code : null,
      waitMs: waitMs(response.headers, clock()),
    })
  }
  return http
}

async function asking(ask: () => Promise<string | undefined>): Promise<Answer> {
  try {
    const sid = await ask()
    return sid ? { type: 'made', sid } : { type: 'silent', why: 'an answer without an id' }
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    const { code, atConnect } = faultOf(error)
    if (code === null) throw error
    return atConnect || NOTHING_SENT.test(code) || TLS_REFUSED.test(code)
      ? { type: 'unreachable', why: code }
      : { type: 'silent', why: code }
  }
}

function faultOf(error: unknown): { code: string | null; atConnect: boolean } {
  const fault = z
    .object({
      code: z.string(),
      cause: z.object({ syscall: z.string() }).optional().catch(undefined),
    })
    .safeParse(error)
  return fault.success
    ? { code: fault.data.code, atConnect: fault.data.cause?.syscall === 'connect' }
    : { code: null, atConnect: false }
}

function atHost(uri: string, apiUrl: string | null): string {
  if (apiUrl === null) return uri
  const { pathname, search } = new URL(uri)
  return apiUrl.replace(/\/+$/, '') + pathname + search
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** `Retry-After` as seconds or as a date. [RFC 9110, section 10.2.3] */
function waitMs(headers: unknown, now: Date): number | null {
  const found = z.object({ 'retry-after': z.string() }).safeParse({ ...Object(headers) })
  if (!found.success) return null
  const value = found.data['retry-after'].trim()
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const until = Date.parse(value)
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime())
}
