// After HAPUS YA nothing leads to the person any more: not in the database's file and log, the folder, an export, the logs.
// Searched as bytes, through the real process. With an open case its masked words stay, with a block its one digest.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { blockDigest } from '../../src/store/queries/digests.ts'
import { createSeal, type Seal } from '../../src/store/seal.ts'
import type { Gateway } from '../support/gateway.ts'
import { eventually } from '../support/gateway-process.ts'
import { ticketIn } from '../support/sms.ts'
import { inWorld, type World } from '../support/world.ts'

const CLOSED = '+6281210000011'
const OPEN = '+6281210000012'
const BLOCKED = '+6281210000013'
const LEAVING = [CLOSED, OPEN, BLOCKED]

const WORDS: Readonly<Record<string, string>> = {
  [CLOSED]: 'BANJARMASIN lampu jalan padam di depan rumah Zulkarnain Bahtiar jl kuin selatan',
  [OPEN]: 'BANJARMASIN air pdam mati di gang lumbapalsu kelayan dalam hub 085299887766',
  [BLOCKED]: 'BANJARMASIN sampah menumpuk dekat warung Rukayahsari pasar lama',
}

test('after HAPUS YA nothing leads to the person any more', () =>
  inWorld(async (world) => {
    const seal = createSeal(Buffer.from(String(world.env().DATA_KEY), 'base64'))
    const first = await world.start()
    const tickets = await everybodyWrites(world, first)
    const closing = { reason: 'Pak Zulkarnain Bahtiar sudah kami temui' }
    for (const number of [CLOSED, BLOCKED]) {
      await first.move(tickets.get(number) ?? '', 'close', closing)
      await world.replies(number, 3)
    }
    await first.stop()
    inFile(world, (db) => {
      const digest = seal.digest(`sms:${BLOCKED}`)
      db.prepare('update addresses set blocked_at = 1 where digest = ?').run(digest)
    })
    const traces = new Map(LEAVING.map((number) => [number, tracesOf(world, number, seal)]))
    const before = bytesOf(world)
    for (const needles of traces.values()) expect(found(before, needles)).toEqual(needles)
    expect(found(before, [`sms:${CLOSED}`, CLOSED.slice(1)])).toEqual([])

    const gateway = await world.start()
    for (const number of LEAVING) await erase(world, gateway, number)
    await eventually(
      async () => [...traces.values()].flatMap((needles) => found(bytesOf(world), needles)),
      (left) => left.length === 0,
    )

    const open = await gateway.complaint(tickets.get(OPEN) ?? '')
    expect(open.text).toContain('gang lumbapalsu kelayan dalam hub ****')
    expect(await gateway.complaint(tickets.get(CLOSED) ?? '')).toMatchObject({ text: null })
    const exported = world.spawn({ args: ['export', '--format', 'jsonl'] })
    expect(await exported.ended()).toBe(0)
    const shown = Buffer.from(
      `${JSON.stringify(await gateway.complaints())}${exported.stdout()}${world.printed()}`,
    )
    for (const needles of traces.values()) expect(found(shown, needles)).toEqual([])

    const after = bytesOf(world)
    expect(found(after, ['85299887766', 'Rukayahsari', 'Zulkarnain', ...LEAVING])).toEqual([])
    const blocks = LEAVING.map((number) => blockDigest(seal, `sms:${number}`))
    expect(found(after, blocks)).toEqual(blocks.slice(-1))

    const sends = world.twilio.sends.length
    const again = { MessageSid: sidOf(CLOSED, 0) }
    expect(await gateway.sms(CLOSED, WORDS[CLOSED] ?? '', again)).toBe(200)
    expect(await gateway.sms(BLOCKED, 'BANJARMASIN sampah lagi di pasar lama')).toBe(200)
    expect(await gateway.sms(OPEN, 'STATUS')).toBe(200)
    await world.replies(OPEN, 5)
    expect(world.twilio.sends).toHaveLength(sends + 1)
    expect(await gateway.complaints()).toHaveLength(tickets.size)
    expect(await gateway.stop()).toBe(0)
  }))

/** A complaint of each of the three, among those of others, so that their rows share pages with rows that stay. */
async function everybodyWrites(world: World, gateway: Gateway): Promise<Map<string, string>> {
  const tickets = new Map<string, string>()
  const others = Array.from({ length: 12 }, (_, n) => `+62813200000${String(n).padStart(2, '0')}`)
  const all = others.flatMap((other, n) => [other, ...(n % 4 === 1 ? [LEAVING[n >> 2] ?? ''] : [])])
  for (const number of all) {
    const words = WORDS[number] ?? `BANJARMASIN jalan berlubang di gang ${number.slice(-2)} kelayan`
    const sid = LEAVING.includes(number) ? { MessageSid: sidOf(number, 0) } : {}
    expect(await gateway.sms(number, words, sid)).toBe(200)
    const [ack] = await world.replies(number, 2)
    tickets.set(number, ticketIn(ack ?? ''))
  }
  return tickets
}

async function erase(world: World, gateway: Gateway, number: string): Promise<void> {
  const heard = world.sentTo(number).length
  expect(await gateway.sms(number, 'HAPUS DATA', { MessageSid: sidOf(number, 1) })).toBe(200)
  expect((await world.replies(number, heard + 1)).at(-1)).toMatch(/HAPUS YA/)
  expect(await gateway.sms(number, 'HAPUS YA', { MessageSid: sidOf(number, 2) })).toBe(200)
  expect((await world.replies(number, heard + 2)).at(-1)).toMatch(/sudah dihapus/)
}

/** Like Twilio's, and without a digit of the number. */
const sidOf = (number: string, n: number) => `SM${'abcdef'.repeat(5)}${LEAVING.indexOf(number)}${n}`

/** What stands in the file because of a person: words in and out, ids, the sealed address, the digest. */
function tracesOf(world: World, number: string, seal: Seal): readonly string[] {
  const digest = seal.digest(`sms:${number}`)
  return inFile(world, (db) => {
    const address = db.prepare('select * from addresses where digest = ?').get(digest) as {
      readonly id: string
      readonly sealed: string
      readonly state: string
    }
    const texts = db
      .prepare(`select text from outbox where address_id = ? and text not in
        (select text from outbox where address_id <> ?)`)
      .pluck()
      .all(address.id, address.id)
    const sids = db
      .prepare(
        'select provider_id from attempts join outbox on outbox.id = outbound_id where address_id = ?',
      )
      .pluck()
      .all(address.id)
    const words = WORDS[number] ?? ''
    return [digest, address.sealed, address.state, words, words.slice(12), sidOf(number, 0)].concat(
      texts as string[],
      sids as string[],
    )
  })
}

function inFile<T>({ database }: World, look: (db: Database.Database) => T): T {
  const db = new Database(database)
  try {
    return look(db)
  } finally {
    db.close()
  }
}

/** Every file in the world's folder: the database with its log, media, whatever else is written. */
function bytesOf({ folder }: World): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Buffer.concat(
    files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name))),
  )
}

const found = (bytes: Buffer, needles: readonly string[]) =>
  needles.filter((needle) => bytes.includes(needle))
