// The database is away, locked or taken: nothing is acknowledged that was not stored,
// and what comes back works again without a restart.

import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { messageFields, newSid } from '../support/fake-twilio.ts'
import { eventually } from '../support/gateway-process.ts'
import { sharedGateway } from '../support/shared-world.ts'
import { inWorld, type World } from '../support/world.ts'

const CITIZEN = '+6281210003001'
const WORDS = 'lampu jalan padam di jl kuin selatan dekat pasar'
const LAMP = expect.stringContaining('lampu jalan padam')
const GUTTER = expect.stringContaining('got mampet')

/** The same message, as Twilio repeats it. */
function message(from = CITIZEN, words = WORDS) {
  return messageFields({ From: from, Body: `BANJARMASIN ${words}`, MessageSid: newSid() })
}

/** As a program beside the gateway finds them in the file. */
function textsIn({ database }: World): readonly unknown[] {
  const file = new Database(database, { readonly: true })
  const texts = file.prepare('select text from complaints order by filed_at, rowid').pluck().all()
  file.close()
  return texts
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

describe('a database under a running gateway', () => {
  const shared = sharedGateway()

  test('is not opened by a second one, which is told so with the cure, and without a stack', async () => {
    const { gateway, world } = shared
    const second = world.spawn()
    expect(await second.ended()).toBeGreaterThan(0)
    expect(second.stderr()).toMatch(
      /Kentongan does not start[\s\S]*in use by another gateway; stop/,
    )
    expect(second.stderr()).not.toMatch(/^\s+at /m)
    expect((await gateway.http('/ready')).status).toBe(200)
  })

  test('that is away because it is locked is a 5xx; once it is free the repeated message is stored once', async () => {
    const { gateway, world } = shared
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
    await world.replies(CITIZEN, 2)
    expect((await gateway.http('/ready')).status).toBe(200)
  })

  test('that is away because its file was moved is a 5xx; moved back, it goes on without a restart', async () => {
    const { gateway, world } = shared
    const away = join(world.folder, 'away.db')
    await moveDatabase(world.database, away)
    const second = message('+6281210003002', 'got mampet dan meluap di jl belitung laut')
    expect((await gateway.form(second)).status).toBeGreaterThanOrEqual(500)
    expect((await gateway.http('/ready')).status).toBe(503)
    await moveDatabase(away, world.database)
    await eventually(
      async () => (await gateway.form(second)).status,
      (status) => status === 200,
    )
    await world.replies('+6281210003002', 2)
    expect(textsIn(world)).toEqual([LAMP, GUTTER])
  })

  test('that is away because it was deleted is a 5xx, until it is written anew from what is still open', async () => {
    const { gateway, world } = shared
    for (const end of ['', '-wal', '-shm']) await rm(world.database + end, { force: true })
    const third = message('+6281210003003', 'sampah menumpuk di kuin utara')
    expect((await gateway.form(third)).status).toBeGreaterThanOrEqual(500)
    await eventually(
      async () => (await gateway.form(third)).status,
      (status) => status === 200,
      25_000,
    )
    expect(textsIn(world)).toEqual([LAMP, GUTTER, expect.stringContaining('sampah menumpuk')])
    expect(await gateway.complaints()).toHaveLength(3)
  })
})

test('a start waits for a PostgreSQL that is not there yet, without telling its password', () =>
  inWorld(async (world) => {
    const nobody = 'postgres://kentongan:rahasia-sekali@127.0.0.1:9/kentongan'
    const start = world.spawn({ env: { ...world.env(), DATABASE_URL: nobody } })
    await start.prints(/the database is not there yet/)
    start.signal('SIGTERM')
    expect(await start.ended()).toBe(0)
    expect(start.stdout() + start.stderr()).not.toMatch(/rahasia/)
  }))
