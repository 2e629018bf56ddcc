// The HTTP of the fake Bot API: what came, and its answers in Telegram's envelope.
// Rule: a refusal carries `error_code`, `description` and, where it has any, `parameters`, as the real one's does.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FakeAnswer } from '../fake-telegram.ts'
import type { Json } from './updates.ts'

export function trouble(res: ServerResponse, answer: FakeAnswer, result: unknown): void {
  switch (answer.type) {
    case 'accept':
      json(res, 200, result)
      return
    case 'page':
      res.writeHead(answer.status, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>')
      return
    case 'strange':
      json(res, 200, answer.body)
      return
    case 'hang':
      return
    case 'reset':
      res.socket?.destroy()
      return
    case 'refuse':
      fail(res, answer.status, answer.description, answer)
      return
  }
}

export function fail(
  res: ServerResponse,
  status: number,
  description: string,
  { retryAfter, migrateTo }: { readonly retryAfter?: number; readonly migrateTo?: number } = {},
): void {
  const parameters = {
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
    ...(migrateTo === undefined ? {} : { migrate_to_chat_id: migrateTo }),
  }
  const more = Object.keys(parameters).length === 0 ? {} : { parameters }
  json(res, status, { ok: false, error_code: status, description, ...more })
}

export function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** A file of a form. */
export interface FakeFile {
  readonly name: string
  readonly bytes: Buffer
}

export function paramsOf(req: IncomingMessage, body: Buffer): Json {
  if (body.length === 0) return {}
  const type = req.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return JSON.parse(body.toString('utf8'))
  const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(type) ?? []
  return boundary === undefined
    ? Object.fromEntries(new URLSearchParams(body.toString('utf8')))
    : formOf(body, boundary)
}

/** One entry for each part: text, or a `FakeFile`. */
function formOf(body: Buffer, boundary: string): Json {
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1)
  return Object.fromEntries(
    parts.map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n')
      const bytes = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1')
      const [, name = ''] = /[; ]name="([^"]*)"/.exec(head) ?? []
      const [, file] = /filename="([^"]*)"/.exec(head) ?? []
      const value = file === undefined ? bytes.toString('utf8') : { name: file, bytes }
      return [name, value]
    }),
  )
}

export async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
