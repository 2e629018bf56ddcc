// The rules of retention are applied once a day, at night, and the audit trail says so.

import { expect, test } from '@jest/globals'
import { createNightly } from '../../src/notify/retention.ts'
import { at } from './support/cases.ts'
import { type Desk, writes } from './support/desk.ts'
import { ANA, desks, MORNING } from './support/send-desk.ts'
import { town } from './support/town.ts'

const open = desks()

function nightly({ store, now }: Desk, stopped = () => false) {
  return createNightly({ store, city: town, onDuty: async () => [], clock: now, stopped })
}

const trail = async ({ store }: Desk) =>
  (await store.auditTrail(10)).map(({ action, actor, detail }) => [
    action,
    actor,
    JSON.parse(detail),
  ])

const WENT = [
  'retain',
  'schedule',
  { complaints: 0, messages: 1, addresses: 1, providerIds: 0, receipts: 0 },
]

/** A desk on which something is kept for too long, on a morning after which it was already applied. */
async function dusty(): Promise<Desk> {
  const desk = await open()
  await nightly(desk)()
  desk.setClock(MORNING)
  await writes(desk, ANA)
  return desk
}

test('it waits for the night, goes once, and says what went', async () => {
  const desk = await dusty()
  const run = nightly(desk)
  desk.setClock(at('2027-01-11 22.00'))
  await run()
  desk.setClock(at('2027-01-12 10.00'))
  await run()
  await run()
  expect(await trail(desk)).toEqual([WENT])
})

test('what is not due leaves no line in the trail', async () => {
  const desk = await dusty()
  desk.setClock(at('2026-11-24 01.00'))
  await nightly(desk)()
  expect(await trail(desk)).toEqual([])
})

test('a gateway that never runs at night does it by day', async () => {
  const desk = await dusty()
  desk.setClock(at('2027-01-11 10.00'))
  await nightly(desk)()
  expect(await trail(desk)).toEqual([WENT])
})

test('one that was stopped goes on the next time', async () => {
  const desk = await dusty()
  desk.setClock(at('2027-01-11 22.00'))
  await nightly(desk, () => true)()
  expect(await trail(desk)).toEqual([])
  await nightly(desk)()
  expect(await trail(desk)).toEqual([WENT])
})
