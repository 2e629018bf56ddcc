// What erasing and retention leave in the bytes of the file, among thousands of rows that stay.

import { copyFileSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import type { Address } from '../../src/message.ts'
import { createSeal } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import {
  conversationOf,
  DAY,
  file,
  inbound,
  KEY,
  later,
  message,
  moved,
  NOW,
  outbound,
  say,
  sendAll,
  turn,
} from './given.ts'
import { newPath, openAt } from './temporary.ts'

const PEOPLE = 60
const seal = createSeal(KEY)
const addressOf = (n: number): Address => `sms:+62811${String(n).padStart(7, '0')}`
/** Another name of the same person. */
const nameOf = (n: number): Address => `whatsapp:ID.${n}`
/** Long and short, so that pages split, fill and are merged again. */
const wordsOf = (n: number, m: number) => `secret-${n}-${m} `.repeat(1 + ((n * 7 + m * 13) % 40))

/** Everybody writes several times, in turns; half of them have a complaint. */
async function busy(store: Store): Promise<void> {
  for (let m = 0; m < 4; m++) {
    for (let n = 0; n < PEOPLE; n++) {
      const address = addressOf(n)
      const known = await conversationOf(store, address)
      const text = wordsOf(n, m)
      const rows = [outbound(known.addressId, { text: `told ${text}` })]
      const spoken = inbound(address, {
        message: message(address, { text, start: `secret-${n}-` }),
      })
      await store.commitTurn(
        turn(known, { inbound: spoken, outbound: rows, state: text, names: [nameOf(n)] }),
      )
    }
    while ((await sendAll(store)).length > 0);
  }
  for (let n = 0; n < PEOPLE; n += 2)
    await file(store, addressOf(n), `${10_000_000 + n}`, { text: wordsOf(n, 9) })
}

async function erase(store: Store, n: number): Promise<void> {
  const known = await conversationOf(store, addressOf(n))
  await store.commitTurn(turn(known, { erase: { onDuty: [] } }))
}

/** Of these people, whose words or digest stand in the file or its log. */
function left(path: string, people: readonly number[]): readonly string[] {
  const bytes = Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)])
  return people
    .flatMap((n) => [`secret-${n}-`, seal.digest(addressOf(n)), seal.digest(nameOf(n))])
    .filter((needle) => bytes.includes(needle))
}

const everyThird = Array.from({ length: PEOPLE / 3 }, (_, n) => n * 3)
const withoutCase = everyThird.filter((n) => n % 2 === 1)

test('nothing of whoever is erased, though their rows lay between those of others', async () => {
  const path = newPath()
  const store = await openAt(path)
  await busy(store)
  expect(left(path, withoutCase)).toHaveLength(3 * withoutCase.length)
  for (const n of everyThird) await erase(store, n)
  expect(left(path, withoutCase)).toEqual([])
  await store.close()
})

test('nothing once the next process has opened it, though the one that erased was killed before it cleared the log', async () => {
  const path = newPath()
  const store = await openAt(path)
  await busy(store)
  const reader = new Database(path, { readonly: true })
  const rows = reader.prepare('select * from inbox').iterate()
  rows.next()
  for (const n of everyThird) await erase(store, n)
  const crashed = newPath()
  for (const end of ['', '-wal']) copyFileSync(path + end, crashed + end)
  rows.return?.()
  reader.close()
  await store.close()
  expect(left(crashed, withoutCase)).toHaveLength(3 * withoutCase.length)
  const next = await openAt(crashed)
  expect(left(crashed, withoutCase)).toEqual([])
  await next.close()
})

test('nothing of what retention has removed', async () => {
  const path = newPath()
  const store = await openAt(path)
  await busy(store)
  const rules = { identityDays: 365, textDays: 30, onDuty: [] }
  let from: string | null = null
  do {
    const how: Parameters<Store['retain']>[2] = { dryRun: false, limit: 50, from }
    from = (await store.retain(rules, later(40 * DAY), how)).next
  } while (from !== null)
  expect(left(path, withoutCase)).toEqual([])
  await store.close()
})

test('somebody who reads the log puts it off until the next time', async () => {
  const path = newPath()
  const store = await openAt(path)
  for (const n of [1, 2]) await say(store, addressOf(n), { state: wordsOf(n, 1) })
  const reader = new Database(path)
  reader.exec('begin')
  reader.prepare('select count(*) from inbox').get()
  await say(store, addressOf(1), { state: wordsOf(1, 2) })
  await erase(store, 1)
  expect(left(path, [1])).toHaveLength(2)
  reader.close()
  await erase(store, 2)
  expect(left(path, [1, 2])).toEqual([])
  await store.close()
})

test('the words of an open case are out of the file once it is over', async () => {
  const path = newPath()
  const store = await openAt(path)
  const filed = await file(store, addressOf(1), '10000003', { text: wordsOf(1, 1) })
  await erase(store, 1)
  expect(left(path, [1])).toEqual(['secret-1-'])
  const version = filed.version + 1
  const over = { state: 'closed', closedAt: NOW, clocks: [] } as const
  const change = moved({ ...filed, version }, over, { move: 'close', note: 'secret-1-again' })
  await store.commitMove({ now: NOW, changes: [change], outbound: [] })
  expect(left(path, [1])).toEqual([])
  await store.close()
})
