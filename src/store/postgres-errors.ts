// What an error of PostgreSQL means for the connection and for the call, and what of it may be told.
// By code and words, not by class: an error may come from the server, the driver, the query builder or Node.

import pg from 'pg'

/** Deadlock, serialization, lock not available: nothing was done, and again it may go. */
const CONFLICTS = new Set(['40P01', '40001', '55P03'])
/** The connection was gone, most often since the server was restarted; the next one may be a new one. */
const LOST_CODES = new Set(['57P01', '57P02', 'ECONNRESET', 'EPIPE'])
const LOST_WORDS = /^(connection terminated|client has encountered a connection error)/i

/**
 * Drizzle's own error repeats every value of the query, and PostgreSQL's repeats the row: words and numbers of
 * people, which nobody may log.
 */
export function withoutWords(error: unknown): unknown {
  const { query, cause } = Object(error) as { readonly query?: unknown; readonly cause?: unknown }
  const reason = typeof query === 'string' && cause !== undefined ? cause : error
  if (!(reason instanceof pg.DatabaseError)) return reason
  const { code, constraint, table } = reason
  // Class 22: the value itself did not fit.
  const message = code?.startsWith('22') ? 'a value does not fit its column' : reason.message
  return Object.assign(new Error(message), { code, constraint, table })
}

export function codeOf(error: unknown): string | null {
  const { code } = Object(error) as { readonly code?: unknown }
  return typeof code === 'string' ? code : null
}

function isLost(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== null) return LOST_CODES.has(code)
  const { message } = Object(error) as { readonly message?: unknown }
  return typeof message === 'string' && LOST_WORDS.test(message)
}

/** Nothing was done, or nothing will stay of it: it may be run again. */
export const worthAnother = (error: unknown) => CONFLICTS.has(codeOf(error) ?? '') || isLost(error)

/**
 * The server has answered with a code of its own: the connection goes on. Not one that may not write (25006): it was
 * told so when it was made, and stays so when the database is given back.
 */
export const saneAfter = (error: unknown) =>
  !isLost(error) && /^(?!08|57P|25006)[0-9A-Z]{5}$/.test(codeOf(error) ?? '')
