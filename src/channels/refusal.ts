// How a webhook says no: RFC 9457 problem details, never repeating what was sent.

import type { ServerResponse } from 'node:http'

const TITLES = {
  400: 'Bad request',
  403: 'Forbidden',
  405: 'Method not allowed',
  413: 'Content too large',
  415: 'Unsupported media type',
  500: 'Internal server error',
  503: 'Service unavailable',
} as const

export type RefusalStatus = keyof typeof TITLES

export function refuse(res: ServerResponse, status: RefusalStatus, detail: string): void {
  res.writeHead(status, { 'Content-Type': 'application/problem+json' })
  res.end(JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail }))
}
