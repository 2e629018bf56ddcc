// What of an error may be printed: its kind, codes and place, never the values it was about.
// Drivers quote parameters, providers quote numbers, parsers quote words; so fields are picked, not left out.

import { types } from 'node:util'

export interface ErrorFields {
  readonly type: string
  readonly message?: string
  /** Where it came from, the calls alone: the first lines of a stack repeat the message. */
  readonly stack?: readonly string[]
  readonly cause?: ErrorFields
  readonly [field: string]: unknown
}

/** Names and numbers from closed lists of the system, SQLite, PostgreSQL and HTTP. `detail`, `hint`, `where` hold rows. */
const PICKED = [
  ...['code', 'errno', 'syscall', 'status', 'statusCode', 'severity'],
  ...['schema', 'table', 'column', 'constraint', 'routine'],
] as const

const DEEPEST = 4
const FRAMES = 12
const LONGEST = 200

/** A value that is not a field's own name or number is not printed. */
const PLAIN = /^[\w .:-]{1,64}$/

/** The only serialiser of errors: src/startup.ts gives it to the log. */
export function errorFields(thrown: unknown, depth = 0): ErrorFields {
  if (!isError(thrown)) return { type: `thrown ${typeof thrown}` }
  return {
    type: thrown.name,
    message: unquoted(thrown.message),
    ...pickedOf(thrown),
    ...statementOf(thrown),
    stack: framesOf(thrown),
    ...(thrown.cause === undefined || depth >= DEEPEST
      ? {}
      : { cause: errorFields(thrown.cause, depth + 1) }),
  }
}

function pickedOf(error: Error): Readonly<Record<string, string | number>> {
  const picked: Record<string, string | number> = {}
  for (const name of PICKED) {
    const value: unknown = Reflect.get(error, name)
    if (typeof value === 'number') picked[name] = value
    if (typeof value === 'string' && PLAIN.test(value)) picked[name] = safeText(value)
  }
  return picked
}

/** For a person at the terminal, when the start fails. Our own messages name the thing and the cure, in quotes too. */
export function errorReason(thrown: unknown): string {
  if (!isError(thrown)) return `thrown ${typeof thrown}`
  const ours = thrown.name === 'Error' && !('params' in thrown)
  const cause = thrown.cause === undefined ? '' : `: ${errorReason(thrown.cause)}`
  return `${ours ? safeText(thrown.message) : unquoted(thrown.message)}${cause}`
}

/** A sentence without addresses, long numbers, credentials and what follows a URL's host. */
export function safeText(text: string): string {
  return text
    .replace(/\b(Bearer|Basic)\s+\S+/gi, '$1 ***')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s/?#'"]*)[^\s'"]*/gi, '$1$2')
    .replace(/\b(sms|telegram|whatsapp):[^\s,'"]+/gi, '$1:***')
    .replace(/[+(]{0,2}\d(?:[ ().-]{0,2}\d){6,}/g, '***')
}

/** Up to where it begins to quote: what stands in quotes, or on a second line, is somebody's value. */
function unquoted(message: string): string {
  const [line = ''] = message.split('\n', 1)
  const plain = line.replace(/(^|[^\p{L}])["'`“‘([{].*$/su, '$1…')
  return safeText(plain).slice(0, LONGEST)
}

/** Values are always bound, so a statement holds none; literals are taken out all the same. */
function statementOf(error: Error): { statement?: string } {
  const query: unknown = Reflect.get(error, 'query')
  if (typeof query !== 'string') return {}
  const bare = query.replace(/'(?:[^']|'')*'?/g, '?')
  return { statement: safeText(bare).slice(0, 2 * LONGEST) }
}

function framesOf(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim())
  return lines.filter((line) => FRAME.test(line)).slice(0, FRAMES)
}

/** A line of a message may begin with "at" too; a frame ends with its place. */
const FRAME = /^at (?:[\w$.<>#[\] ]+ )?\(?(?:file:\/\/|node:|\/|<anonymous>)\S*\)?$/

/** Also of another realm, where no `instanceof` reaches, and of old libraries, whose errors only inherit. */
function isError(thrown: unknown): thrown is Error {
  if (thrown instanceof Error || types.isNativeError(thrown)) return true
  if (typeof thrown !== 'object' || thrown === null) return false
  return 'message' in thrown && typeof thrown.message === 'string' && 'stack' in thrown
}
