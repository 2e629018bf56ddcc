// Errors over HTTP as RFC 9457 problem details, in one shape everywhere.
// `detail` says what is wrong and what to do; it never repeats what a citizen wrote.

import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import type { ZodError } from 'zod'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  500: 'Internal server error',
  503: 'Service unavailable',
}

export interface ProblemExtra {
  readonly [member: string]: string | number | readonly string[] | null
}

export function sendProblem(
  res: Response,
  status: number,
  detail: string,
  extra: ProblemExtra = {},
): void {
  const title = TITLES[status] ?? 'Error'
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, ...extra }))
}

/** What is wrong with which member of a request. */
export function inWords(error: ZodError): string {
  return error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    .join('; ')
}

/** For a path that exists under other methods. */
export function onlyMethods(...methods: readonly string[]): RequestHandler {
  return (req, res) => {
    res.set('Allow', methods.join(', '))
    sendProblem(res, 405, `${req.method} is not possible here. Use ${methods.join(' or ')}.`)
  }
}

export const notFound: RequestHandler = (_req, res) => {
  sendProblem(res, 404, 'There is nothing at this path.')
}

/** What express and its parsers throw: a status below 500 is the caller's, the rest is ours. */
export function failures(onFault: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error)
      return
    }
    const status = statusOf(error)
    if (status >= 500) onFault(error)
    sendProblem(res, status, detailOf(status))
  }
}

function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : null
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500
}

function detailOf(status: number): string {
  switch (status) {
    case 400:
      return 'The request could not be read. Check its encoding and syntax.'
    case 413:
      return 'The request is too large.'
    case 415:
      return 'The content type or charset is not supported.'
    default:
      return status < 500 ? 'The request was refused.' : 'It could not be done now. Try again.'
  }
}
