// Three processes that all keep the schedule at once, as no lease would let them: they say what one says.

import { expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { freshDatabase } from '../support/postgres.ts'
import { at, filed } from './support/cases.ts'
import { type Desk, makes, openDesk, writes } from './support/desk.ts'
import { enrolsCrew } from './support/enrolling.ts'
import { DESK } from './support/office.ts'
import { playedChannel } from './support/played-channel.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const UNTIL = at('2026-12-03 12.00')
const HOURS = [8, 16]
const COMPLAINTS = 12

/** Files the same complaints, some assigned, then lets all desks tick at once through the days. */
async function said(desks: readonly Desk[], files: readonly Complaint[]) {
  const [first] = desks
  if (first === undefined) throw new Error('no desk')
  await enrolsCrew(first)
  await writes(first, ANA, { files })
  for (const { ticket } of files.slice(0, COMPLAINTS / 2))
    await makes(first, ticket, { move: 'assign', agency: 'jalan' })
  for (let day = MORNING.getTime(); day < UNTIL.getTime(); day += 24 * 3_600_000) {
    for (const hour of HOURS) {
      const moment = new Date(Math.floor(day / 86_400_000) * 86_400_000 + (hour - 8) * 3_600_000)
      if (moment <= MORNING) continue
      for (const desk of desks) desk.setClock(moment)
      await Promise.all(desks.map((desk) => desk.schedule.tick()))
      await Promise.all(desks.map((desk) => desk.outbox.drain()))
    }
  }
}

async function processes(count: number, open: () => Promise<Store>) {
  const line = playedChannel('line')
  const desks: Desk[] = []
  for (let place = 0; place < count; place++)
    desks.push(
      await openDesk({
        ...{ now: MORNING, channels: [line], coordinators: [DESK] },
        store: await open(),
      }),
    )
  const close = async () => {
    for (const desk of desks) {
      await desk.schedule.stop()
      await desk.outbox.stop()
      await desk.store.close()
    }
  }
  const heard = () => line.sent.map(({ to, text }) => `${to} ${text}`)
  return { desks, heard, close }
}

const parts = {
  dataKey: Buffer.alloc(32, 7),
  clock: () => MORNING,
  newId: () => crypto.randomUUID(),
  log: { warn() {}, error() {} },
}

test('no step of a clock is taken twice or never, and nothing is said twice', async () => {
  const files = Array.from({ length: COMPLAINTS }, () => filed(MORNING))
  const url = await freshDatabase()
  const alone = await processes(1, () => openStore({ ...parts, url: 'sqlite::memory:' }))
  const three = await processes(3, () => openStore({ ...parts, url }))
  try {
    await said(alone.desks, files)
    await said(three.desks, files)
    expect(alone.heard().length).toBeGreaterThan(COMPLAINTS)
    expect([...three.heard()].sort()).toEqual([...alone.heard()].sort())
    for (const { ticket } of files) {
      const [one] = alone.desks
      const [other] = three.desks
      expect(await other?.store.complaint(ticket)).toEqual(await one?.store.complaint(ticket))
    }
  } finally {
    await alone.close()
    await three.close()
  }
})
