// Asks the Graph API, and says plainly what came back. The token goes to Meta's host (or the configured one) alone.
// Rule: nothing of an answer but codes and ids leaves this file: Meta's sentences repeat numbers.

import { z } from 'zod'
import type { Clock } from '../../../clock.ts'
import { waitMs } from '../../download.ts'
import { neverLeft } from '../../unreached.ts'

export type Answer =
  | { readonly type: 'made'; readonly result: unknown }
  | {
      readonly type: 'refused'
      readonly status: number
      readonly code: number | null
      /** `Retry-After`, in milliseconds; null: none. */
      readonly waitMs: number | null
    }
  /** Nothing was sent. */
  | { readonly type: 'unreachable'; readonly why: string }
  /** Asked, no answer: it may have been done. */
  | { readonly type: 'silent'; readonly why: string }

export interface GraphApi {
  post(path: string, body: object): Promise<Answer>
  get(path: string): Promise<Answer>
  upload(path: string, form: FormData): Promise<Answer>
  /** Host and version, without a slash at its end. */
  readonly root: string
}

export interface GraphOptions {
  readonly token: string
  /** With or without a version in its path; null: Meta's. */
  readonly apiUrl: string | null
  readonly timeoutMs: number
  readonly clock: Clock
}

const META = 'https://graph.facebook.com'
const VERSION = 'v25.0'
/** 20 MB at a slow line; less than the outbox waits for a send. */
const UPLOAD_MS = 40_000

const refusal = z.object({ error: z.object({ code: z.coerce.number().int() }) })

export function createGraphApi({ token, apiUrl, timeoutMs, clock }: GraphOptions): GraphApi {
  const root = rootOf(apiUrl)

  async function ask(path: string, init: RequestInit, withinMs = timeoutMs): Promise<Answer> {
    try {
      const response = await fetch(`${root}/${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, ...init.headers },
        redirect: 'error',
        signal: AbortSignal.timeout(withinMs),
      })
      const said: unknown = await response.json().catch(() => null)
      if (response.ok)
        return said === null
          ? { type: 'silent', why: 'an answer that is no JSON' }
          : { type: 'made', result: said }
      const code = refusal.safeParse(said).data?.error.code ?? null
      const wait = waitMs(response.headers.get('retry-after') ?? undefined, clock())
      return { type: 'refused', status: response.status, code, waitMs: wait }
    } catch (error) {
      return failed(error)
    }
  }

  return {
    root,
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    get: (path) => ask(path, {}),
    upload: (path, body) => ask(path, { method: 'POST', body }, UPLOAD_MS),
  }
}

function rootOf(apiUrl: string | null): string {
  const given = (apiUrl ?? META).replace(/\/+$/, '')
  return /\/v\d+\.\d+$/.test(given) ? given : `${given}/${VERSION}`
}

function failed(error: unknown): Answer {
  if (error instanceof DOMException) return { type: 'silent', why: 'ETIMEDOUT' }
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : null
  const why = cause?.code ?? 'broken off'
  return { type: neverLeft(why) ? 'unreachable' : 'silent', why }
}
