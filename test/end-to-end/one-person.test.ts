// One person's messages at three processes at once: each is answered once, and none of them gives up.

import { randomUUID } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { Address } from '../../src/message.ts'
import { openStore } from '../../src/store/open.ts'
import { eventually } from '../support/gateway-process.ts'
import { openInProcess } from '../support/in-process.ts'
import { freshDatabase } from '../support/postgres.ts'

const ANA: Address = 'sms:+628110000001'
const PROCESSES = 3
/** Fewer than one may send in an hour. */
const MESSAGES = 24

const parts = {
  dataKey: Buffer.alloc(32, 3),
  newId: () => randomUUID(),
  log: { warn() {}, error() {} },
}

test('turns of one person never interleave, whichever process takes them', async () => {
  const url = await freshDatabase()
  const clock = () => new Date('2026-11-25T02:00:00Z')
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      const store = await openStore({ ...parts, url, clock })
      return openInProcess({}, { store, newId: parts.newId, shared: true })
    }),
  )
  const all = Array.from({ length: MESSAGES }, (_, place) => {
    const one = processes[place % PROCESSES]
    return one?.says(ANA, 'STATUS', { providerId: `in-${place}` })
  })
  await Promise.all(all)
  const [first] = processes
  const at = { now: clock(), midnight: clock() }
  const store = await openStore({ ...parts, url, clock })
  const person = await store.conversation(ANA, at, { personId: 'p', addressId: 'a' })
  await store.close()
  expect(first).toBeDefined()
  expect(person).toMatchObject({ version: MESSAGES, messagesThisHour: MESSAGES })
  // What one process has written another may be sending: the lane is one.
  const sent = await eventually(
    async () => processes.flatMap((each) => each.sent.map(({ id }) => id)),
    (ids) => ids.length >= MESSAGES,
    60_000,
  )
  expect(new Set(sent).size).toBe(sent.length)
  expect(sent).toHaveLength(MESSAGES)
  for (const each of processes) await each.stop()
})
