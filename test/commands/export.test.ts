// A long export: every complaint once, in pages, by the days of the city; known to the audit trail first.

import { expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { BUDI, file } from '../store/given.ts'
import { newPath, openAt, withFile } from '../store/temporary.ts'
import { operate } from './machine.ts'

const EXPORT = { name: 'export', since: null, until: null, format: 'jsonl' } as const

async function database(change: Partial<Complaint> = {}) {
  const path = newPath()
  const store = await openAt(path)
  await file(store, BUDI, '12345670', { confidential: false, ...change })
  await store.close()
  return { path, env: { DATABASE_URL: `sqlite:${path}` } }
}

const ticketsOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line).ticket as string]))

test('more than two pages come out whole, each complaint once, oldest first', async () => {
  const { path, env } = await database()
  withFile(path, (db) => {
    const columns = db
      .prepare("select name from pragma_table_info('complaints') where name <> 'ticket'")
      .pluck()
      .all()
      .join(', ')
    // Three of each moment, so that a page ends between two of one.
    db.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200)
      insert into complaints (ticket, ${columns})
      select 20000000 + i, ${columns} from complaints, n`)
    db.exec(
      'update complaints set filed_at = filed_at + (ticket - 20000000) / 3 where ticket > 20000000',
    )
  })
  const { code, out } = await operate(EXPORT, env)
  const tickets = ticketsOf(out)
  expect({ code, count: tickets.length, once: new Set(tickets).size }).toEqual({
    code: 0,
    count: 1201,
    once: 1201,
  })
  expect(tickets.slice(1)).toEqual([...tickets.slice(1)].sort())
})

test('a day begins and ends at midnight of the city', async () => {
  // 23.59 of the 24th and 00.00 of the 26th in the city; both are the 24th or 25th in UTC.
  for (const [filedAt, days] of [
    ['2026-11-24T15:59:59Z', ['2026-11-24']],
    ['2026-11-24T16:00:00Z', ['2026-11-25']],
    ['2026-11-25T15:59:59Z', ['2026-11-25']],
    ['2026-11-25T16:00:00Z', ['2026-11-26']],
  ] as const) {
    const { env } = await database({ filedAt: new Date(filedAt) })
    const found: string[] = []
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26']) {
      const { out } = await operate({ ...EXPORT, since: day, until: day }, env)
      if (ticketsOf(out).length > 0) found.push(day)
    }
    expect([filedAt, found]).toEqual([filedAt, days])
  }
})

test('nothing leaves that the audit trail does not know of', async () => {
  const { path, env } = await database()
  withFile(path, (db) =>
    db.exec(
      "create trigger full before insert on audit begin select raise(abort, 'disk full'); end",
    ),
  )
  const { code, out, err } = await operate({ ...EXPORT, format: 'csv' }, env)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/disk full/)
})

test('a database of an older version is not touched: the gateway brings it up to date', async () => {
  const { path, env } = await database()
  withFile(path, (db) =>
    db.exec(
      'delete from __drizzle_migrations where created_at > (select min(created_at) from __drizzle_migrations)',
    ),
  )
  const { code, out, err } = await operate(EXPORT, env)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/was written by an older version; start the gateway once/)
  const applied = withFile(path, (db) =>
    db.prepare('select count(*) from __drizzle_migrations').pluck().get(),
  )
  expect(applied).toBe(1)
})
