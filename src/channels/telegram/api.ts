// Asks the Bot API through telegraf's client, and says plainly what came back.
// Rule: telegraf's own errors never leave this file: they carry the citizen's words and the token's place.

import { Agent } from 'node:https'
import { Telegram, TelegramError } from 'telegraf'
import type { Telegram as Methods, Opts } from 'telegraf/types'
import { neverLeft } from '../unreached.ts'

export type Answer<T> =
  | { readonly type: 'made'; readonly result: T }
  | Refused
  /** Nothing was sent. */
  | { readonly type: 'unreachable'; readonly why: string }
  /** Asked, no answer: it may have been done. */
  | { readonly type: 'silent'; readonly why: string }
  /** We broke it off ourselves. */
  | { readonly type: 'aborted' }

export interface Refused {
  readonly type: 'refused'
  readonly status: number
  /** Telegram's own sentence; without figures, which may name a chat. */
  readonly says: string
  /** `parameters.retry_after`, in milliseconds; null: none. */
  readonly waitMs: number | null
  /** `parameters.migrate_to_chat_id`; null: none. */
  readonly movedTo: string | null
}

type Method = keyof Methods

interface AskOptions {
  /** Instead of the usual one. */
  readonly timeoutMs?: number
  /** Breaks it off. */
  readonly signal?: AbortSignal
}

export interface BotApi {
  ask<M extends Method>(
    method: M,
    payload: Opts<M>,
    options?: AskOptions,
  ): Promise<Answer<ReturnType<Methods[M]>>>
  /** Where a file of `getFile` lies, as a download takes it. Holds the token: never logged, never stored. */
  file(path: string): { readonly url: string; readonly trusted: string | null }
}

export interface BotApiOptions {
  readonly token: string
  /** Without a slash at its end; null: Telegram's. */
  readonly apiRoot: string | null
  readonly timeoutMs: number
  /** Telegram asked us to wait so long before we say anything more. Fetching updates has waits of its own. */
  readonly onWait: (ms: number) => void
}

const TELEGRAM = 'https://api.telegram.org'
/** An idle connection the other side closes just as we use it looks like an answer that was lost. */
const IDLE_MS = 5_000
const NO_RESULT = 'an answer without a result'

export function createBotApi({ token, apiRoot, timeoutMs, onWait }: BotApiOptions): BotApi {
  const root = apiRoot ?? TELEGRAM
  const client = new Telegram(token, {
    // The client takes it for the address of a page: without the slash a path would lose its last part.
    apiRoot: `${root}/`,
    webhookReply: false,
    agent: new Agent({ keepAlive: true, timeout: IDLE_MS }),
  })

  async function ask<M extends Method>(
    method: M,
    payload: Opts<M>,
    options: AskOptions = {},
  ): Promise<Answer<ReturnType<Methods[M]>>> {
    const { signal } = options
    const ended = new AbortController()
    const end = () => ended.abort()
    const deadline = setTimeout(end, options.timeoutMs ?? timeoutMs)
    signal?.addEventListener('abort', end)
    if (signal?.aborted === true) end()
    try {
      // The client's own type of a signal is an older one of the same shape.
      const result = await client.callApi(method, payload, { signal: ended.signal as never })
      // No method answers with nothing: something else stands where Telegram should.
      if (result === undefined || result === null) return { type: 'silent', why: NO_RESULT }
      return { type: 'made', result }
    } catch (error) {
      if (signal?.aborted === true) return { type: 'aborted' }
      if (ended.signal.aborted) return { type: 'silent', why: 'ETIMEDOUT' }
      const answer = failed(error)
      if (answer.type === 'refused' && answer.waitMs !== null && method !== 'getUpdates')
        onWait(answer.waitMs)
      return answer
    } finally {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', end)
    }
  }

  return {
    ask,
    file: (path) => ({
      url: `${root}/file/bot${token}/${path}`,
      trusted: apiRoot === null ? null : new URL(apiRoot).origin,
    }),
  }
}

function failed(error: unknown): Refused | Answer<never> {
  if (error instanceof TelegramError) return refusal(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code === null) return { type: 'silent', why: 'an answer that is no JSON' }
  return { type: neverLeft(code) ? 'unreachable' : 'silent', why: code }
}

function refusal({ code, description, parameters }: TelegramError): Refused {
  const wait = parameters?.retry_after
  const moved = parameters?.migrate_to_chat_id
  return {
    type: 'refused',
    status: Number.isInteger(code) ? code : 0,
    says: String(description ?? '')
      .replace(/\d+/g, '#')
      .slice(0, 120),
    waitMs: typeof wait === 'number' && wait >= 0 ? wait * 1000 : null,
    movedTo: Number.isSafeInteger(moved) ? String(moved) : null,
  }
}
