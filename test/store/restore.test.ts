// A copy put back: everything in it is there again, what waited in it is not sent, and the old database is kept.

import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type Database from 'better-sqlite3'
import { backUp } from '../../src/store/backup.ts'
import { RESTORED_AT } from '../../src/store/facts-port.ts'
import { openRestore } from '../../src/store/restore.ts'
import { createSeal } from '../../src/store/seal.ts'
import { enrol, invite } from './enrolled.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  KEY,
  later,
  lease,
  NOW,
  PHOTO,
  post,
  SITI,
  say,
} from './given.ts'
import { newPath, openAt, withFile } from './temporary.ts'

const seal = createSeal(KEY)

/** A copy of a database with Budi's complaint, one reply waiting, somebody enrolled and somebody invited. */
async function copyMade(): Promise<string> {
  const path = newPath()
  const store = await openAt(path)
  await file(store, BUDI, '12345670')
  await post(store, BUDI, {})
  await enrol(store, 'telegram:11')
  await store.invite(invite('ABCD2345'), NOW)
  await store.close()
  const copy = join(dirname(path), 'copy.db')
  await backUp({ database: path, file: copy, mediaDir: join(dirname(path), 'media'), now: NOW })
  return copy
}

function restore(from: string, to: string, resend = false) {
  const opened = openRestore({ file: from, database: to, seal, now: later(DAY), resend })
  try {
    return { ...opened, aside: opened.apply() }
  } finally {
    opened.close()
  }
}

function why(from: string, to: string, change: Partial<Parameters<typeof openRestore>[0]> = {}) {
  try {
    openRestore({ file: from, database: to, seal, now: NOW, resend: false, ...change }).close()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it was not refused')
}

test('attachments of a copy are fetched again for a day, and nothing is told of them twice', async () => {
  const path = newPath()
  const store = await openAt(path)
  const media = [0, 1].map((part) => ({ id: `m${part}`, part, ref: PHOTO, until: later(DAY) }))
  await say(store, BUDI, { media })
  const [one] = await store.leaseMedia(NOW, DAY, 1)
  const refused = { status: 'refused', reason: 'unreadable' } as const
  await store.settleMedia(one?.id ?? '', one?.lease ?? '', refused, { digest: null, now: NOW })
  await store.leaseMedia(NOW, DAY, 1)
  await store.close()
  const copy = join(dirname(path), 'copy.db')
  await backUp({ database: path, file: copy, mediaDir: join(dirname(path), 'media'), now: NOW })
  const to = newPath()
  restore(copy, to)
  const restored = await openAt(to)
  expect(await restored.mediaNews(later(3 * DAY), 9)).toEqual([])
  const again = await restored.leaseMedia(later(DAY), DAY, 9)
  expect(again.map(({ id, until }) => [id, until])).toEqual([['m1', later(2 * DAY)]])
  await restored.close()
})

test('where a photo was taken is kept no longer than until its sender is asked', async () => {
  const path = newPath()
  const store = await openAt(path)
  await say(store, BUDI, { media: [{ id: 'm0', part: 0, ref: PHOTO, until: later(DAY) }] })
  const [row] = await store.leaseMedia(NOW, DAY, 1)
  const position = { lat: -3.32, lon: 114.59 }
  const stored = { status: 'stored', contentType: 'image/jpeg', bytes: 9, position } as const
  await store.settleMedia('m0', row?.lease ?? '', stored, { digest: 'd', now: NOW })
  const copy = join(dirname(path), 'copy.db')
  await backUp({ database: path, file: copy, mediaDir: join(dirname(path), 'media'), now: NOW })
  await say(store, BUDI, { inbound: null, toldMedia: 'm0' })
  await store.close()
  const to = newPath()
  restore(copy, to)
  const places = (db: Database.Database) => db.prepare('select position from media').pluck().all()
  expect(withFile(copy, places)).toEqual([JSON.stringify(position)])
  expect(withFile(path, places)).toEqual([null])
  expect(withFile(to, places)).toEqual([null])
})

describe('a copy restored elsewhere', () => {
  test('holds the same complaints, and sends nothing that waited in it', async () => {
    const to = newPath()
    const { copy, replaced, aside } = restore(await copyMade(), to)
    expect({ copy, replaced, aside }).toEqual({
      copy: { complaints: 1, newestAt: NOW, waiting: 1, takenAt: NOW, media: [] },
      replaced: null,
      aside: null,
    })
    expect(statSync(to).mode & 0o777).toBe(0o600)
    const store = await openAt(to)
    expect((await conversationOf(store, BUDI)).mine[0]?.complaint.ticket).toBe('12345670')
    expect(await lease(store)).toEqual([])
    expect(await store.staff()).toMatchObject([{ number: 1, name: 'Rina', addresses: 1 }])
    expect(await store.invitation('ABCD2345', NOW)).toBeNull()
    expect(await store.counts(NOW)).toMatchObject({ expired: 1, pending: {} })
    expect(await store.getFact(RESTORED_AT)).toBe(String(later(DAY).getTime()))
    await store.close()
  })

  test('with --resend sends what waited, and remembers no restoring', async () => {
    const to = newPath()
    restore(await copyMade(), to, true)
    const store = await openAt(to)
    expect(await lease(store)).toHaveLength(1)
    expect(await store.invitation('ABCD2345', NOW)).not.toBeNull()
    expect(await store.getFact(RESTORED_AT)).toBeNull()
    await store.close()
  })

  test('leaves nothing of the copying in the tables or the folder', async () => {
    const to = newPath()
    restore(await copyMade(), to)
    expect(readdirSync(dirname(to)).sort()).toEqual(['k.db', 'k.db.lock'])
    const tables = withFile(to, (db) =>
      db.prepare("select name from sqlite_master where name like 'backup%'").all(),
    )
    expect(tables).toEqual([])
  })
})

describe('a copy restored over a database', () => {
  test('takes its place, and keeps it whole beside itself', async () => {
    const to = newPath()
    const before = await openAt(to)
    await file(before, SITI, '57240002')
    await before.close()
    const { aside, replaced } = restore(await copyMade(), to)
    expect(replaced).toMatchObject({ complaints: 1 })
    const [now, old] = [await openAt(to), await openAt(aside ?? '')]
    expect((await conversationOf(now, SITI)).version).toBe(0)
    expect((await conversationOf(old, SITI)).mine).toHaveLength(1)
    await now.close()
    await old.close()
  })

  test('by way of a link leaves the link and replaces what it points to', async () => {
    const to = newPath()
    await (await openAt(to)).close()
    const link = join(dirname(newPath()), 'link.db')
    symlinkSync(to, link)
    restore(await copyMade(), link)
    expect(withFile(to, (db) => db.prepare('select count(*) from complaints').pluck().get())).toBe(
      1,
    )
  })

  test('that cannot be read any more keeps its bytes', async () => {
    const to = newPath()
    writeFileSync(to, 'what was once a database, and is not any more'.repeat(50))
    const { aside, replaced } = restore(await copyMade(), to)
    expect(replaced).toBe('unreadable')
    expect(readFileSync(aside ?? '', 'utf8')).toMatch(/^what was once/)
    await (await openAt(to)).close()
  })

  test('that cannot be read is not played into it from the log it left', async () => {
    const path = newPath()
    const to = newPath()
    await (await openAt(path)).close()
    const before = await openAt(path)
    await before.setFacts({ calendar: 'x'.repeat(3000) })
    for (const end of ['', '-wal']) copyFileSync(path + end, to + end)
    await before.close()
    writeFileSync(to, readFileSync(to).fill(0xff, 0, 100))
    const { aside, replaced } = restore(await copyMade(), to)
    expect(replaced).toBe('unreadable')
    expect(existsSync(`${aside}-wal`)).toBe(true)
    const store = await openAt(to)
    expect(await store.getFact('calendar')).toBeNull()
    expect((await conversationOf(store, BUDI)).mine).toHaveLength(1)
    await store.close()
  })

  test('can be undone with what was kept', async () => {
    const to = newPath()
    const before = await openAt(to)
    await file(before, SITI, '57240002')
    await before.close()
    const { aside } = restore(await copyMade(), to)
    const opened = openRestore({
      ...{ file: aside ?? '', database: to, seal, now: later(2 * DAY), resend: true },
    })
    opened.apply()
    opened.close()
    const store = await openAt(to)
    expect((await conversationOf(store, SITI)).mine).toHaveLength(1)
    await store.close()
  })
})

describe('it is refused, and nothing is changed,', () => {
  test('while a gateway runs on the database', async () => {
    const to = newPath()
    const store = await openAt(to)
    expect(why(await copyMade(), to)).toContain('is in use by another gateway; stop that one first')
    await file(store, SITI, '57240002')
    expect((await conversationOf(store, SITI)).mine).toHaveLength(1)
    await store.close()
  })

  test('for a file that is not there, no database, or another program’s', async () => {
    const to = newPath()
    const folder = dirname(newPath())
    expect(why(join(folder, 'none.db'), to)).toContain('there is no file')
    writeFileSync(join(folder, 'letter'), 'a letter, long enough to be taken for a page'.repeat(20))
    expect(why(join(folder, 'letter'), to)).toContain('is no database')
    withFile(join(folder, 'other.db'), (db) => db.exec('create table notes (text)'))
    expect(why(join(folder, 'other.db'), to)).toContain('not one of Kentongan')
    expect(existsSync(to)).toBe(false)
  })

  test('for a copy that is not whole', async () => {
    const copy = await copyMade()
    const bytes = readFileSync(copy)
    const cut = join(dirname(copy), 'cut.db')
    writeFileSync(cut, bytes.subarray(0, bytes.length - 8192))
    expect(why(cut, newPath())).toMatch(/is not whole|malformed/)
    bytes.fill(0xff, 4096 * 3 + 8, 4096 * 3 + 400)
    writeFileSync(cut, bytes)
    expect(why(cut, newPath())).toMatch(/is not whole|malformed/)
  })

  test('for a copy whose index lacks a row', async () => {
    const copy = await copyMade()
    const index = "from sqlite_master where name = 'complaints_filed'"
    let row: unknown[] = []
    const schema = (change: (db: Database.Database) => void) =>
      withFile(copy, (db) => {
        db.unsafeMode()
        db.pragma('writable_schema = ON')
        change(db)
      })
    schema((db) => {
      row = Object.values(db.prepare(`select * ${index}`).get() as object)
      db.exec(`delete ${index}`)
    })
    withFile(copy, (db) => db.exec('update complaints set filed_at = filed_at + 1'))
    schema((db) => db.prepare('insert into sqlite_master values (?, ?, ?, ?, ?)').run(row))
    expect(why(copy, newPath())).toMatch(/is not whole \(.*index complaints_filed\)/)
  })

  test('for a copy sealed with another key', async () => {
    const other = { seal: createSeal(Buffer.alloc(32, 9)) }
    expect(why(await copyMade(), newPath(), other)).toContain('DATA_KEY does not fit')
  })

  test('for a copy of a newer version', async () => {
    const copy = await copyMade()
    withFile(copy, (db) => db.exec("insert into __drizzle_migrations values (99, 'x', 9e15)"))
    expect(why(copy, newPath())).toContain('was written by a newer version of Kentongan')
  })

  test('for the database itself', async () => {
    const to = newPath()
    await (await openAt(to)).close()
    expect(why(to, to)).toContain('is the database itself')
  })

  test('while somebody reads the database', async () => {
    const to = newPath()
    await (await openAt(to)).close()
    const copy = await copyMade()
    const opened = openRestore({ file: copy, database: to, seal, now: NOW, resend: false })
    withFile(to, (db) => {
      db.exec('begin')
      db.prepare('select * from complaints').all()
      expect(() => opened.apply()).toThrow('somebody still reads the database')
    })
    opened.close()
    expect(withFile(to, (db) => db.prepare('select count(*) from complaints').pluck().get())).toBe(
      0,
    )
  })
})
