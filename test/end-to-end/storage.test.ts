// The database is away, locked, foreign or taken: nothing is acknowledged that was not stored,
// and what comes back works again without a restart.

import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { messageFields, newSid } from '../support/fake-twilio.ts'
import { eventually, ROOT } from '../support/gateway-process.ts'
import { inWorld } from '../support/world.ts'

const CITIZEN = '+6281210003001'
const WORDS = 'BANJARMASIN lampu jalan padam di jl kuin selatan dekat pasar'

/** The same message, as Twilio repeats it. */
function message() {
  return messageFields({ From: CITIZEN, Body: WORDS, MessageSid: newSid() })
}

/** All files of the database, to the folder and back. */
async function moveDatabase(from: string, to: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) {
    const there = await stat(from + end).then(
      () => true,
      () => false,
    )
    if (there) await rename(from + end, to + end)
  }
}

test('a locked database is a 5xx; once it is free the repeated message is stored once', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    const fields = message()
    const other = new Database(world.database)
    other.exec('BEGIN EXCLUSIVE')
    try {
      const started = Date.now()
      expect((await gateway.form(fields)).status).toBeGreaterThanOrEqual(500)
      expect(Date.now() - started).toBeLessThan(15_000)
      expect((await gateway.http('/ready')).status).toBe(503)
      expect((await gateway.http('/health')).status).toBe(200)
    } finally {
      other.exec('ROLLBACK')
      other.close()
    }
    expect((await gateway.form(fields)).status).toBe(200)
    expect((await gateway.form(fields)).status).toBe(200)
    expect(await gateway.complaints()).toHaveLength(1)
    await world.replies(CITIZEN, 1)
    expect((await gateway.http('/ready')).status).toBe(200)
    expect(await gateway.stop()).toBe(0)
  }))

test('a database file moved away is a 5xx; moved back, it goes on without a restart', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    expect((await gateway.form(message())).status).toBe(200)
    await world.replies(CITIZEN, 2)
    const away = join(world.folder, 'away.db')
    await moveDatabase(world.database, away)
    const second = messageFields({
      From: CITIZEN,
      Body: 'BANJARMASIN got mampet dan meluap di jl belitung laut',
      MessageSid: newSid(),
    })
    expect((await gateway.form(second)).status).toBeGreaterThanOrEqual(500)
    expect((await gateway.http('/ready')).status).toBe(503)
    await moveDatabase(away, world.database)
    await eventually(
      async () => (await gateway.form(second)).status,
      (status) => status === 200,
    )
    expect(await gateway.complaints()).toHaveLength(2)
    expect(await gateway.stop()).toBe(0)
    const again = await world.start()
    expect(await again.complaints()).toHaveLength(2)
    expect(await again.stop()).toBe(0)
  }))

test('a deleted database is a 5xx, until it is written anew from what is still open', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    expect((await gateway.form(message())).status).toBe(200)
    await world.replies(CITIZEN, 2)
    for (const end of ['', '-wal', '-shm']) await rm(world.database + end, { force: true })
    const second = messageFields({
      From: '+6281210003002',
      Body: 'BANJARMASIN sampah menumpuk di kuin utara',
      MessageSid: newSid(),
    })
    expect((await gateway.form(second)).status).toBeGreaterThanOrEqual(500)
    await eventually(
      async () => (await gateway.form(second)).status,
      (status) => status === 200,
      25_000,
    )
    await gateway.kill()
    const again = await world.start()
    const texts = (await again.complaints()).map(({ text }) => text)
    expect(texts).toEqual([
      expect.stringContaining('sampah menumpuk'),
      expect.stringContaining('lampu jalan padam'),
    ])
    expect(await again.stop()).toBe(0)
  }))

test('a wrong DATA_KEY refuses the start, says so, and leaves the database as it was', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    expect((await gateway.form(message())).status).toBe(200)
    expect(await gateway.stop()).toBe(0)
    const wrong = world.spawn({
      env: { ...world.env(), DATA_KEY: Buffer.alloc(32, 7).toString('base64') },
    })
    expect(await wrong.ended()).toBeGreaterThan(0)
    expect(wrong.stderr()).toMatch(/DATA_KEY/)
    const again = await world.start()
    expect(await again.complaints()).toHaveLength(1)
    expect(await again.stop()).toBe(0)
  }))

test('a second gateway, or a chat, beside a running one on the same database is refused', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    const second = world.spawn()
    expect(await second.ended()).toBeGreaterThan(0)
    expect(second.stderr()).toMatch(/in use|running/i)
    const chat = world.spawn({ args: ['chat'] })
    expect(await chat.ended()).toBeGreaterThan(0)
    expect(chat.stderr()).toMatch(/in use|running/i)
    expect(await gateway.sms(CITIZEN, WORDS)).toBe(200)
    expect(await gateway.stop()).toBe(0)
  }))

test('a lock left by a killed gateway does not keep the next one out', () =>
  inWorld(async (world) => {
    await (await world.start()).kill()
    expect(await (await world.start()).stop()).toBe(0)
  }))

test('a start waits for a PostgreSQL that is not there yet, without telling its password', () =>
  inWorld(async (world) => {
    const nobody = 'postgres://kentongan:rahasia-sekali@127.0.0.1:9/kentongan'
    const start = world.spawn({ env: { ...world.env(), DATABASE_URL: nobody } })
    await start.prints(/the database is not there yet/)
    start.signal('SIGTERM')
    expect(await start.ended()).toBe(0)
    expect(start.stdout() + start.stderr()).not.toMatch(/rahasia/)
  }))

test('a file that is no database, and a folder that cannot be made, are told with the cure', () =>
  inWorld(async (world) => {
    const noDatabase = join(world.folder, 'letter.db')
    await writeFile(noDatabase, 'Kepada Yth. Bapak Wali Kota, dengan hormat ...'.repeat(100))
    await copyFile(join(ROOT, 'package.json'), join(world.folder, 'file'))
    await mkdir(join(world.folder, 'folder'))
    for (const path of [
      noDatabase,
      join(world.folder, 'file', 'x.db'),
      join(world.folder, 'folder'),
    ]) {
      const start = world.spawn({ env: { ...world.env(), DATABASE_URL: `sqlite:${path}` } })
      expect(await start.ended()).toBeGreaterThan(0)
      expect(start.stderr()).toMatch(/Kentongan does not start/)
      expect(start.stderr()).not.toMatch(/^\s+at /m)
    }
  }))
