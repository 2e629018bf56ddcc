// Asks Twilio's REST API through its own library, and says plainly what came back.
// Rule: "we could not ask" and "we asked and heard nothing" are different answers; only the second may be a message sent.

// Its index would bring voice and video along: a third of what the library costs a start.
import RequestClient from 'twilio/lib/base/RequestClient.js'
import Twilio from 'twilio/lib/rest/Twilio.js'
import { z } from 'zod'
import type { Clock } from '../../../clock.ts'
import { waitMs } from '../../download.ts'
import { createTransport, Unanswered } from './transport.ts'

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

interface NewMessage {
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

const refusalBody = z.object({ code: z.number().int().nullable().catch(null) })

export function createTwilioClient(options: TwilioClientOptions): TwilioClient {
  const { accountSid, authToken, from } = options
  const client = new Twilio(accountSid, authToken, { accountSid, httpClient: httpClient(options) })
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from }
  return {
    create: (message) =>
      asking(async () => (await client.messages.create({ ...sender, ...message })).sid),
    account: () => asking(async () => (await client.api.v2010.accounts(accountSid).fetch()).status),
  }
}

/** The library's HTTP client with our transport in it, and refusals kept whole. */
function httpClient({ apiUrl, timeoutMs, clock }: TwilioClientOptions) {
  const http = new RequestClient()
  const transport = createTransport({ apiUrl, timeoutMs })
  http.request = async (request) => {
    const response = await transport.exchange(request)
    const answered = parsed(response.body)
    if (response.statusCode < 300) {
      if (answered === null) throw new Unanswered(true, new Error('an answer that is no JSON'))
      // The library takes any body: it reads texts itself and types nothing it has read.
      return { ...response, body: answered as never }
    }
    const body = refusalBody.safeParse(answered)
    throw new Refusal({
      type: 'refused',
      status: response.statusCode,
      code: body.success ? body.data.code : null,
      waitMs: waitMs(response.headers['retry-after'], clock()),
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
    if (error instanceof Unanswered)
      return { type: error.sent ? 'silent' : 'unreachable', why: error.message }
    throw error
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
