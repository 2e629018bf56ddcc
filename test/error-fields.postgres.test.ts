// What a real PostgreSQL says of a row it refuses, with the row in it, and that none of it is printed.

import { expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { errorFields, errorReason } from '../src/error-fields.ts'
import { freshDatabase, withDatabase } from './support/postgres.ts'

const WORDS = 'lampu jalan mati'
const NUMBER = '+6281210007777'

/** Puts a row in, then this one, which is refused; what drizzle throws of it. */
async function refusedWith(at: unknown): Promise<unknown> {
  return withDatabase(await freshDatabase(), async (client) => {
    const table = 'create table heard (number text primary key, text text, at bigint)'
    await client.query(table)
    const db = drizzle(client)
    const put = (value: unknown) =>
      db.execute(sql`insert into heard values (${NUMBER}, ${WORDS}, ${value})`)
    await put(1)
    return put(at).then(
      () => null,
      (error: unknown) => error,
    )
  })
}

test.each([
  ['that is there already', 2, '23505'],
  ['with words in place of a number', WORDS, '22P02'],
])('a row %s is refused without being repeated', async (_what, at, code) => {
  const error = await refusedWith(at)
  expect(String(error)).toContain(WORDS)
  const printed = `${JSON.stringify(errorFields(error))}${errorReason(error)}`
  expect(printed).not.toMatch(/81210007777|lampu|jalan mati/)
  expect(errorFields(error).cause).toMatchObject({ severity: 'ERROR', code })
})
