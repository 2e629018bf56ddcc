// The operator's commands on PostgreSQL: what works there as on SQLite, and what is left to its own tools.

import { describe, expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open.ts'
import { BUDI, file, inbound, message, PARTS, SITI, say } from '../store/given.ts'
import { freshDatabase, withDatabase } from '../support/postgres.ts'
import { operate } from './machine.ts'

const EXPORT = { name: 'export', since: null, until: null, format: 'jsonl' } as const
const elsewhere = { DATA_KEY: Buffer.alloc(32, 9).toString('base64') }

/** With a store that stays open beside the commands, as a running gateway's does. */
async function beside(fact: (env: { readonly DATABASE_URL: string }) => Promise<void>) {
  const url = await freshDatabase()
  const store = await openStore({ ...PARTS, url })
  try {
    await file(store, BUDI, '12345670', { confidential: false })
    const stuck = { outcome: 'stuck', stuck: 'TypeError at reduce' }
    const words = message(SITI, { text: 'lampu jalan padam di jalan kuin selatan' })
    await say(store, SITI, { state: '{}', inbound: inbound(SITI, { message: words, ...stuck }) })
    await fact({ DATABASE_URL: url })
  } finally {
    await store.close()
  }
}

const tables = (url: string) =>
  withDatabase(url, async (db) => {
    const { rows } = await db.query("select 1 from pg_tables where schemaname = 'public'")
    return rows.length
  })

describe('on PostgreSQL', () => {
  test('check says what is there, and never the password', () =>
    beside(async (env) => {
      const { code, out } = await operate({ name: 'check' }, env)
      expect(out).toMatch(/^ok {5}database: PostgreSQL, t_\w+ at \S+:\d+: 1 complaints/m)
      expect(out).toMatch(/^note {3}database: 1 messages are stuck; .* kentongan replay/m)
      expect(out).not.toContain('postgres:')
      expect(code).toBe(0)
      const wrong = await operate({ name: 'check' }, { ...env, ...elsewhere })
      expect(wrong).toMatchObject({ code: 1, out: expect.stringMatching(/DATA_KEY does not fit/) })
    }))

  test('check of an empty database makes no tables', async () => {
    const DATABASE_URL = await freshDatabase()
    const { code, out } = await operate({ name: 'check' }, { DATABASE_URL })
    expect(out).toMatch(/is empty; the first start makes the tables/)
    expect(code).toBe(0)
    expect(await tables(DATABASE_URL)).toBe(0)
    expect(await operate(EXPORT, { DATABASE_URL })).toMatchObject({ code: 1, out: '' })
    expect(await tables(DATABASE_URL)).toBe(0)
  })

  test('check of one that cannot be reached says so', async () => {
    const env = { DATABASE_URL: 'postgres://ani:rahasia@127.0.0.1:1/k' }
    const { code, out } = await operate({ name: 'check' }, env)
    expect(out).toMatch(/^WRONG {2}database: PostgreSQL at 127\.0\.0\.1:1 cannot be reached/m)
    expect(out).not.toContain('rahasia')
    expect(code).toBe(1)
  })

  test('export tells complaints and stands in the audit trail', () =>
    beside(async (env) => {
      const { code, out } = await operate(EXPORT, env)
      expect({
        code,
        tickets: out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).ticket),
      }).toEqual({
        code: 0,
        tickets: ['12345670'],
      })
      const { rows } = await withDatabase(env.DATABASE_URL, (db) =>
        db.query('select action, actor from audit'),
      )
      expect(rows).toEqual([{ action: 'export', actor: 'tester' }])
    }))

  test('replay decides stuck messages beside a running gateway, once', () =>
    beside(async (env) => {
      const first = await operate({ name: 'replay' }, env)
      expect(first).toEqual({
        code: 0,
        out: '1 stuck messages were decided; 0 are still stuck\n',
        err: '',
      })
      const again = await operate({ name: 'replay' }, env)
      expect(again.out).toBe('0 stuck messages were decided; 0 are still stuck\n')
      const { rows } = await withDatabase(env.DATABASE_URL, (db) =>
        db.query("select text from outbox where lane = 'reply'"),
      )
      const acks = (rows as { text: string }[]).filter(({ text }) => /diterima, ID/.test(text))
      expect(acks).toHaveLength(1)
    }))

  test('retain counts beside a running gateway', () =>
    beside(async (env) => {
      const { code, out } = await operate({ name: 'retain', dryRun: true }, env)
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^Only counted/) })
    }))

  test('backup and restore name the tools of PostgreSQL', async () => {
    const env = { DATABASE_URL: 'postgres://ani:rahasia@127.0.0.1:1/k' }
    const backup = await operate({ name: 'backup', file: 'x' }, env)
    expect(backup).toMatchObject({ code: 1, out: '' })
    expect(backup.err).toContain('pg_dump --format=custom --file=FILE "$DATABASE_URL"')
    const command = { name: 'restore', file: 'x', yes: true, resend: false } as const
    const restore = await operate(command, env)
    expect(restore).toMatchObject({ code: 1, out: '' })
    expect(restore.err).toContain('pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE')
  })
})
