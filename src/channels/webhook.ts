// A provider's webhook on plain node:http, met before Express: a third of a turn's cost was the framework.
// The body is read whole or refused; nothing is believed before the adapter has looked at the signature.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type RefusalStatus, refuse } from './refusal.ts'

export interface Webhook {
  /** As in interfaces.md, lower case, without a slash at its end. */
  readonly path: string
  /** Answers in every case; never throws. */
  handle(req: IncomingMessage, res: ServerResponse): void
}

/** What reading a body came to; `gone`: the sender hung up, nobody waits for an answer. */
export type Body =
  | { readonly type: 'read'; readonly bytes: Buffer }
  | { readonly type: 'refused'; readonly status: RefusalStatus; readonly detail: string }
  | { readonly type: 'gone' }

/** For the one method a webhook takes. */
export function postOnly(
  path: string,
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
  onFault: (error: unknown) => void,
): Webhook {
  return {
    path,
    handle(req, res) {
      if (req.method !== 'POST') {
        res.setHeader('Allow', 'POST')
        req.resume()
        refuse(res, 405, 'This address takes POST only.')
        return
      }
      handle(req, res).catch((error: unknown) => {
        onFault(error)
        if (!res.headersSent) refuse(res, 500, 'It could not be handled now. Send it again.')
      })
    },
  }
}

/** At most `limit` bytes, uncompressed: no provider compresses what it posts. */
export function readBody(req: IncomingMessage, limit: number): Promise<Body> {
  const encoding = req.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    req.resume()
    return refusal(415, 'Compressed bodies are not read here.')
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else resolve(refusal(413, `More than ${limit / 1024} KiB.`))
    })
    req.on('end', () => resolve({ type: 'read', bytes: joined(chunks) }))
    req.on('error', () => resolve({ type: 'gone' }))
    req.on('close', () => resolve({ type: 'gone' }))
  })
}

/** `a/b;charset=x` → `a/b`; null when nothing is said. */
export function mediaTypeOf(req: IncomingMessage): string | null {
  const given = req.headers['content-type']
  return given === undefined ? null : (given.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Most bodies come in one piece. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
}

function refusal(status: RefusalStatus, detail: string): Promise<Body> {
  return Promise.resolve({ type: 'refused', status, detail })
}
