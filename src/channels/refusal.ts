// How a webhook says no: RFC 9457 problem details, never repeating what was sent.

import type { RequestHandler, Response } from 'express'

const TITLES = {
  400: 'Bad request',
  403: 'Forbidden',
  405: 'Method not allowed',
  413: 'Content too large',
  415: 'Unsupported media type',
  503: 'Service unavailable',
} as const

export type RefusalStatus = keyof typeof TITLES

export function refuse(res: Response, status: RefusalStatus, detail: string): void {
  res
    .status(status)
    .set('Content-Type', 'application/problem+json')
    .end(JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail }))
}

/** For a path of ours asked with a method it does not have. */
export function only(method: 'POST'): RequestHandler {
  return (_req, res) => {
    res.set('Allow', method)
    refuse(res, 405, `This address takes ${method} only.`)
  }
}
