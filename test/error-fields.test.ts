// What real errors of drivers, providers and parsers would give away, and that none of it is printed.

import { createServer } from 'node:http'
import { expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { DrizzleQueryError } from 'drizzle-orm'
import { pino } from 'pino'
import RestException from 'twilio/lib/base/RestException.js'
import { z } from 'zod'
import { errorFields, errorReason, safeText } from '../src/error-fields.ts'
import { logOptions } from '../src/startup.ts'

const NUMBER = '+6281210007777'
const WORDS = 'lampu jalan mati di gang lima'

/** Everything the log would print of it, once as `err`, once alone. */
function printed(error: unknown): string {
  const lines: string[] = []
  const log = pino(logOptions('info'), { write: (line: string) => void lines.push(line) })
  log.error({ err: error }, 'a request failed')
  log.error({ err: error })
  log.error(error)
  return `${lines.join('')}${JSON.stringify(errorFields(error))}`
}

function expectNothingOf(error: unknown): void {
  const text = printed(error)
  expect(text).not.toMatch(/81210007777|8121-?000/)
  expect(text).not.toMatch(/lampu|jalan|mati|gang lima/)
  expect(text).not.toMatch(/s3cret/)
}

function thrownBy(act: () => unknown): Error {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

test('a failed query of drizzle shows its statement, and no parameter', () => {
  const cause = thrownBy(() => new Database(':memory:').prepare('select * from nowhere'))
  const error = new DrizzleQueryError(
    'insert into "inbox" ("text") values (?)',
    [NUMBER, WORDS],
    cause,
  )
  expectNothingOf(error)
  expect(errorFields(error).statement).toBe('insert into "inbox" ("text") values (?)')
  expect(errorReason(error)).toContain('no such table: nowhere')
})

test("a statement's literals are taken out", () => {
  const query = `update inbox set text = '${WORDS} it''s' where "to" = '${NUMBER}'`
  expectNothingOf(new DrizzleQueryError(query, []))
})

test('SQLite names the constraint that was broken', () => {
  const db = new Database(':memory:')
  db.exec('create table inbox (id text primary key)')
  const put = () => db.prepare('insert into inbox values (?)').run(WORDS)
  put()
  const fields = errorFields(thrownBy(put))
  expect(fields).toMatchObject({
    type: 'SqliteError',
    code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
    message: 'UNIQUE constraint failed: inbox.id',
  })
})

test("Twilio's sentences lose the number and keep status and code", () => {
  const error = new RestException.default({
    statusCode: 400,
    body: { code: 21211, message: `The 'To' number ${NUMBER} is not valid: ${WORDS}`, status: 400 },
  } as never)
  expectNothingOf(error)
  expect(errorFields(error)).toMatchObject({ status: 400, code: 21211 })
})

test('what a parser quotes is a citizen’s', () => {
  expectNothingOf(thrownBy(() => JSON.parse(`${WORDS} ${NUMBER}`)))
  expectNothingOf(thrownBy(() => JSON.parse(`{"text": "${WORDS}", ${NUMBER}`)))
  expectNothingOf(thrownBy(() => z.strictObject({}).parse({ [WORDS]: NUMBER })))
  expectNothingOf(thrownBy(() => z.enum(['a']).parse(WORDS)))
  expectNothingOf(thrownBy(() => decodeURIComponent(`%E0%${WORDS}`)))
})

test('a request that failed shows neither its headers, its body nor its query', () => {
  const error = Object.assign(
    new Error(`POST https://u:s3cret@api.example/x?token=s3cret&to=${NUMBER}`),
    {
      config: { headers: { Authorization: 'Basic s3cret' }, data: WORDS },
      request: { path: '/?s3cret' },
      response: { data: NUMBER },
      body: WORDS,
    },
  )
  expectNothingOf(error)
  expect(errorFields(error).message).toBe('POST https://api.example')
})

test('an unanswered call keeps what failed and where to', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  const port = typeof address === 'object' ? address?.port : 0
  const error = await fetch(`http://127.0.0.1:${port}/?s3cret=${NUMBER}`).catch((thrown) => thrown)
  expectNothingOf(error)
  expect(errorFields(error).cause).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' })
})

test('a cause is treated like its error, also deep down', () => {
  let error: Error = new Error('bottom', { cause: new Error(`(${WORDS})`) })
  for (let depth = 0; depth < 10; depth++) error = new Error(`"${WORDS}"`, { cause: error })
  expectNothingOf(error)
})

test('a stack shows calls, also when the message looks like one', () => {
  const error = new Error(`oops\n    at ${WORDS}\n  at ${WORDS} (${NUMBER})`)
  expectNothingOf(error)
  expect(errorFields(error).stack?.join()).toContain('error-fields.test')
})

test('thrown values that are no errors show their kind only', () => {
  expect(errorFields(WORDS)).toEqual({ type: 'thrown string' })
  expect(errorFields({ to: NUMBER })).toEqual({ type: 'thrown object' })
})

test.each([
  [`no route to ${NUMBER}`, 'no route to ***'],
  ['call 0812-1000-7777 back', 'call *** back'],
  ['call (0812) 1000 7777 back', 'call *** back'],
  ['telegram:12345 blocked us', 'telegram:*** blocked us'],
  ['sent Authorization: Bearer abc.def', 'sent Authorization: Bearer ***'],
  ['at postgres://u:s3cret@db:5432/k?x=1 now', 'at postgres://db:5432 now'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 127.0.0.1:5432'],
  ['HTTP 504', 'HTTP 504'],
])('%s is printed as: %s', (text, wanted) => {
  expect(safeText(text)).toBe(wanted)
})

test('our own reasons and whys pass the same sieve on their way into the log', () => {
  const lines: string[] = []
  const log = pino(logOptions('info'), { write: (line: string) => void lines.push(line) })
  log.warn({ reason: `cannot reach ${NUMBER}`, why: 'telegram:12345' }, 'not sent')
  expect(lines.join('')).toMatch(/"reason":"cannot reach \*\*\*","why":"telegram:\*\*\*"/)
})

test('a start that fails tells its reason in our words, and quotes no parameter', () => {
  const cause = thrownBy(() => new Database(':memory:').prepare('select * from nowhere'))
  expect(errorReason(new DrizzleQueryError('select ?', [NUMBER], cause))).toBe(
    'Failed query: select ?: no such table: nowhere',
  )
  expect(errorReason(new Error('"KEY" is wrong. Give "x".'))).toBe('"KEY" is wrong. Give "x".')
  expect(errorReason(thrownBy(() => JSON.parse(WORDS)))).toBe('Unexpected token …')
})
