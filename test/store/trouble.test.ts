// A full disk, a locked, deleted or replaced file: nothing is acknowledged, and it heals without a restart.

import {
  copyFileSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { connect, writingOver } from '../../src/store/connect.ts'
import { slots } from '../../src/store/queries/source.ts'
import { createSeal } from '../../src/store/seal.ts'
import { createWriter } from '../../src/store/writer.ts'
import {
  BUDI,
  complaint,
  conversationOf,
  event,
  file,
  inbound,
  KEY,
  later,
  message,
  NOW,
  outbound,
  SITI,
  say,
  turn,
} from './given.ts'
import { keptLog, newPath, openAt, refusal, withFile } from './temporary.ts'

describe('a full disk', () => {
  test('in the third turn of a group acknowledges nothing that did not fit', async () => {
    const path = newPath()
    await (await openAt(path)).close()
    const pages = withFile(path, (db) => Number(db.pragma('page_count', { simple: true })))
    const store = await openAt(path, { pragmas: [`max_page_count = ${pages + 8}`] })
    const people = [BUDI, SITI, 'sms:+628110000003', 'sms:+628110000004'] as const
    const long = 'x'.repeat(100_000)
    const told = await Promise.all(
      people.map((address, n) =>
        say(store, address, {
          inbound: inbound(address, { message: message(address, n === 2 ? { text: long } : {}) }),
        }).catch((error: Error) => error.message),
      ),
    )
    expect(told).toEqual(['committed', 'committed', 'database or disk is full', 'committed'])
    const versions = await Promise.all(people.map((one) => conversationOf(store, one)))
    expect(versions.map((one) => one.version)).toEqual([1, 1, 0, 1])
    await store.close()
  })

  test('lets the store go on as soon as something fits again', async () => {
    const path = newPath()
    await (await openAt(path)).close()
    const pages = withFile(path, (db) => Number(db.pragma('page_count', { simple: true })))
    const store = await openAt(path, { pragmas: [`max_page_count = ${pages + 2}`] })
    const known = await conversationOf(store, BUDI)
    const rows = [outbound(known.addressId, { text: 'x'.repeat(50_000) })]
    const filing = {
      changes: [
        { expectVersion: 0, complaint: complaint('12345670'), events: [event()], tallies: [] },
      ],
    }
    expect(await refusal(store.commitTurn(turn(known, { ...filing, outbound: rows })))).toMatch(
      'full',
    )
    expect(await store.complaint('12345670')).toBeNull()
    expect(await store.getFact('ping')).toBeNull()
    await expect(store.ping(NOW)).resolves.toBeUndefined()
    await store.close()
  })
})

describe('a statement that finds the disk full, beside others of the same job', () => {
  test('undoes them all: none is written by itself, outside of any transaction', async () => {
    const path = newPath()
    await (await openAt(path)).close()
    const seal = createSeal(KEY)
    const { writer: db, close } = connect({ path, seal, newId: () => 'id', pragmas: [] })
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`)
    const { prepare, t, ...source } = writingOver(db, seal)
    const insert = prepare('put', source.db.insert(t.facts).values(slots('key', 'value')))
    const put = (key: string, value: string) => insert.execute({ key, value })
    const connection = () => db
    const writer = createWriter({
      ...{ connection, grouped: true, beforeCommit: () => {}, afterFailure: () => {} },
    })
    const job = (...all: readonly [string, string][]) =>
      writer.run(async () => {
        await Promise.all(all.map(([key, value]) => put(key, value)))
        return { keep: true, value: null }
      })
    const told = await Promise.allSettled([
      job(['before', 'x']),
      job(['beside', 'x'.repeat(100_000)], ['small', 'x']),
      job(['after', 'x']),
    ])
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const kept = db.prepare('select key from facts where value = ? order by key').pluck().all('x')
    expect(kept).toEqual(['after', 'before'])
    close()
  })
})

describe('a locked file', () => {
  test('refuses every write until it is free, and then takes them without a restart', async () => {
    const path = newPath()
    const store = await openAt(path)
    const other = new Database(path)
    other.exec('begin immediate')
    const told = await Promise.allSettled([say(store, BUDI), say(store, SITI)])
    expect(told.map((one) => one.status)).toEqual(['rejected', 'rejected'])
    other.close()
    expect(await say(store, BUDI)).toBe('committed')
    await store.close()
  })
})

describe('a deleted file', () => {
  test('acknowledges nothing, and the same file put back is good', async () => {
    const path = newPath()
    const { log } = keptLog()
    const store = await openAt(path, { log })
    await say(store, BUDI)
    renameSync(path, `${path}.away`)
    expect(await refusal(say(store, BUDI))).toContain('was deleted or replaced; nothing was stored')
    renameSync(`${path}.away`, path)
    expect(await say(store, BUDI)).toBe('committed')
    expect((await conversationOf(store, BUDI)).version).toBe(2)
    await store.close()
  })

  test('that stays away for ten seconds is written anew with everything acknowledged', async () => {
    const path = newPath()
    const { log, told } = keptLog()
    let now = NOW
    const store = await openAt(path, { log, clock: () => now })
    const filed = await file(store, BUDI, '12345670')
    for (const name of readdirSync(dirname(path))) unlinkSync(`${dirname(path)}/${name}`)
    await refusal(say(store, BUDI))
    now = later(9_999)
    await refusal(say(store, BUDI))
    expect(existsSync(path)).toBe(false)
    now = later(10_000)
    await refusal(say(store, BUDI))
    expect(told.map((line) => line.text)).toContain(
      'the database had been deleted; it was written anew from what was open',
    )
    expect(await say(store, BUDI)).toBe('committed')
    expect(await refusal(openAt(path))).toContain('in use by another gateway')
    await store.close()
    const again = await openAt(path)
    expect(await conversationOf(again, BUDI)).toMatchObject({ version: 2, mine: [{}] })
    expect(await again.complaint('12345670')).toEqual(filed)
    await again.close()
  })

  test('that stays away while its folder is gone too is tried again, aloud', async () => {
    const path = newPath()
    const { log, told } = keptLog()
    let now = NOW
    const store = await openAt(`${dirname(path)}/data/k.db`, { log, clock: () => now })
    rmSync(`${dirname(path)}/data`, { recursive: true })
    await refusal(say(store, BUDI))
    now = later(10_000)
    await refusal(say(store, BUDI))
    expect(await say(store, BUDI)).toBe('committed')
    expect(told.length).toBeGreaterThan(0)
    await store.close()
  })
})

describe('a replaced file', () => {
  test('is opened in its turn, and the former one is kept beside it', async () => {
    const path = newPath()
    const { log, told } = keptLog()
    const store = await openAt(path, { log })
    await say(store, BUDI)
    await file(store, SITI, '12345670')
    const other = newPath()
    const backup = await openAt(other)
    await file(backup, BUDI, '10000001')
    await backup.close()
    unlinkSync(path)
    copyFileSync(other, path)
    expect(await refusal(say(store, BUDI))).toContain('nothing was stored')
    expect(await say(store, BUDI)).toBe('committed')
    expect(await store.complaint('12345670')).toBeNull()
    expect(await store.complaint('10000001')).not.toBeNull()
    await store.close()
    const aside = told.flatMap((line) =>
      'aside' in line.fields ? [String(line.fields.aside)] : [],
    )
    const former = await openAt(aside[0] ?? '')
    expect(await former.complaint('12345670')).not.toBeNull()
    await former.close()
    expect(withFile(path, (db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
  })

  test('that is no database refuses every write and ends nothing, until the right one is back', async () => {
    const path = newPath()
    const store = await openAt(path, { log: keptLog().log })
    await say(store, BUDI)
    renameSync(path, `${path}.mine`)
    writeFileSync(path, 'Kepada Yth. Bapak Wali Kota')
    await refusal(store.ping(NOW))
    // Now nothing is open; a write that nobody read before must be refused all the same.
    expect(await refusal(store.ping(NOW))).toContain('is not open')
    expect(await refusal(store.ping(NOW))).toContain('is not open')
    renameSync(`${path}.mine`, path)
    await store.ping(NOW).catch(() => {})
    expect((await conversationOf(store, BUDI)).version).toBe(1)
    expect(await say(store, BUDI)).toBe('committed')
    await store.close()
  })

  test('sealed with another key is not used, and the right one is as soon as it is there', async () => {
    const path = newPath()
    const { log, told } = keptLog()
    const store = await openAt(path, { log })
    await file(store, BUDI, '12345670')
    const other = newPath()
    await (await openAt(other, { dataKey: Buffer.alloc(32, 9) })).close()
    renameSync(path, `${path}.mine`)
    copyFileSync(other, path)
    await refusal(say(store, BUDI))
    await refusal(say(store, BUDI))
    expect(await refusal(conversationOf(store, BUDI))).toContain('is not open')
    expect(told.map((line) => line.text)).toContain(
      'the database could not be opened again; trying on',
    )
    const [aside] = readdirSync(dirname(path)).filter((name) => name.includes('.before-'))
    renameSync(`${dirname(path)}/${aside}`, path)
    expect(await store.complaint('12345670')).not.toBeNull()
    expect(await say(store, BUDI)).toBe('committed')
    await store.close()
  })
})
