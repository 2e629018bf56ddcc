// A long export: every complaint once, in pages, by the days of the city; known to the audit trail first.

import { existsSync } from 'node:fs'
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
  const path = newPath()
  const store = await openAt(path)
  const filed = {
    '10000001': '2026-11-24T15:59:59Z',
    '20000002': '2026-11-24T16:00:00Z',
    '30000003': '2026-11-25T15:59:59Z',
    '40000004': '2026-11-25T16:00:00Z',
  }
  for (const [ticket, at] of Object.entries(filed))
    await file(store, BUDI, ticket, { filedAt: new Date(at) })
  await store.close()
  const env = { DATABASE_URL: `sqlite:${path}` }
  const on = async (since: string | null, until: string | null) =>
    ticketsOf((await operate({ ...EXPORT, since, until }, env)).out)
  expect(await on('2026-11-25', '2026-11-25')).toEqual(['20000002', '30000003'])
  expect(await on(null, '2026-11-24')).toEqual(['10000001'])
  expect(await on('2026-11-26', null)).toEqual(['40000004'])
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

test('export and replay refuse a database that is not there, and make none', async () => {
  const path = newPath()
  for (const command of [EXPORT, { name: 'replay' } as const]) {
    const { code, out, err } = await operate(command, { DATABASE_URL: `sqlite:${path}` })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/there is no file/)
  }
  expect(existsSync(path)).toBe(false)
})
