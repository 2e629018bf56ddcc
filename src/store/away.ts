// Tells a database that cannot be reached, or cannot work now, from one that refuses what was asked.
// The first is nobody's mistake and passes; the second would be refused again.

import type { Driver } from './driver.ts'
import { StoreAway } from './store.ts'

/** By class or code. [https://www.postgresql.org/docs/current/errcodes-appendix.html] */
const SQL_STATES = [
  /^08/, // connection exception
  /^53/, // no room: disk, memory, connections
  /^57P0[1-5]$/, // shut down, crashed, starting, dropped, idle too long
  /^57014$/, // a statement ran out of time
  /^58/, // trouble below the database
  /^25006$/, // a standby that is not the primary yet
  /^25P03$/, // we hung inside a transaction, and it was ended
  /^(40001|40P01|55P03)$/, // others hold what is needed, try after try: a restore, an index being built
]
/** The login or the database's name is refused: a password being changed, a database being put in place. */
const NO_ENTRY = [/^28/, /^3D000$/]
const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** What the driver itself says, which has no code: lost, ended, or not answered in time. */
const DRIVERS_WORDS =
  /^(connection terminated|client has encountered a connection error|client was closed|timeout (exceeded|expired)|query read timeout)/i

export function isAway(error: unknown): boolean {
  return anyCause(error, [...SQL_STATES, ...NO_ENTRY])
}

/** Away, and not by a setting that is wrong: a start that waits may find it there. */
export function mayCome(error: unknown): boolean {
  return anyCause(error, SQL_STATES)
}

function anyCause(error: unknown, states: readonly RegExp[]): boolean {
  // Not by its class: an error of Node's own may come from another realm.
  for (let each = error, depth = 0; each === Object(each) && depth < 5; depth++) {
    if (each instanceof StoreAway) return true
    const { code, message, cause } = each as Record<'code' | 'message' | 'cause', unknown>
    if (typeof code === 'string') {
      if (SYSTEM_CODES.has(code) || states.some((state) => state.test(code))) return true
    } else if (typeof message === 'string' && DRIVERS_WORDS.test(message)) return true
    each = cause
  }
  return false
}

/** The same driver, which throws `StoreAway` where the database was away. */
export function tellingAway(driver: Driver): Driver {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw isAway(error) ? asAway(error) : error
    }
  }
  return {
    ...driver,
    read: (job) => told(driver.read(job)),
    write: (job) => told(driver.write(job)),
  }
}

function asAway(cause: unknown): StoreAway {
  if (cause instanceof StoreAway) return cause
  return new StoreAway('the database is away; it is asked again until it is back', { cause })
}
