// An extension that was asked for and that nobody decided: no, at the hour that was told, once.

import { expect, test } from '@jest/globals'
import type { Store } from '../../src/store/store.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, makes, openDesk } from './support/desk.ts'
import { ARI, BENI, enrolsCrew, HANA, mover, RINI } from './support/enrolling.ts'
import { offices } from './support/office.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const office = offices()

/** Ari asks for five days on Monday at ten. */
async function asked() {
  const it = await office([])
  const staff = await enrolsCrew(it.desk)
  const complaint = filed(MORNING)
  await it.file(complaint)
  const { ticket } = complaint
  await makes(it.desk, ticket, { move: 'assign', agency: 'jalan' })
  await makes(it.desk, ticket, { move: 'accept' }, mover(staff.ari))
  const before = await caseOf(it.desk, ticket)
  const request = { move: 'extend', days: 5, reason: 'menunggu aspal' } as const
  await makes(it.desk, ticket, request, mover(staff.ari))
  await it.tickAt('2026-11-23 10.01')
  return { ...it, staff, ticket, before }
}

const said = (texts: readonly string[], like: RegExp) => texts.filter((text) => like.test(text))

test('the head is asked at once, and nobody else; the citizen hears nothing', async () => {
  const it = await asked()
  expect(said(it.sentTo(HANA), /minta 5 hari kerja/)).toHaveLength(1)
  for (const to of [ARI, BENI, RINI, ANA]) expect(said(it.sentTo(to), /5 hari kerja/)).toEqual([])
})

test('until four of the next working day it may still be agreed to; after that it is a no, told once', async () => {
  const it = await asked()
  await it.tickAt('2026-11-24 15.59')
  expect((await caseOf(it.desk, it.ticket)).asked).not.toBeNull()
  await it.tickAt('2026-11-24 16.01')
  await it.tickAt('2026-11-24 16.02')
  const after = await caseOf(it.desk, it.ticket)
  expect([after.asked, after.extensions]).toEqual([null, 0])
  const finish = ({ clocks }: typeof after) => clocks.find(({ name }) => name === 'finish')?.dueAt
  expect(finish(after)).toEqual(finish(it.before))
  expect(said(it.sentTo(ARI), /TIDAK DIJAWAB pimpinan/)).toHaveLength(1)
  expect(said(it.sentTo(BENI), /TIDAK DIJAWAB/)).toEqual([])
  const file = await it.desk.store.caseFile(it.ticket)
  expect(file?.history.at(-1)).toMatchObject({ move: 'extend', role: 'system' })
})

test('what the head has decided is decided: the schedule says nothing', async () => {
  const it = await asked()
  await makes(it.desk, it.ticket, { move: 'extend' }, mover(it.staff.hana, 'head'))
  await it.tickAt('2026-11-25 16.01')
  expect((await caseOf(it.desk, it.ticket)).extensions).toBe(1)
  expect(said(it.sentTo(ARI), /DISETUJUI/)).toHaveLength(1)
  expect(said(it.sentTo(ARI), /TIDAK DIJAWAB/)).toEqual([])
})

test('of two processes one refuses', async () => {
  const it = await asked()
  const other = await it.desk.restart()
  for (const desk of [it.desk, other]) desk.setClock(at('2026-11-24 16.01'))
  await Promise.all([it.desk.schedule.tick(), other.schedule.tick()])
  await Promise.all([it.desk.outbox.drain(), other.outbox.drain()])
  expect(said(it.sentTo(ARI), /TIDAK DIJAWAB/)).toHaveLength(1)
})

test('one that cannot be refused does not keep the others waiting', async () => {
  const it = await asked()
  const second = filed(at('2026-11-23 10.02'))
  await it.file(second)
  await makes(it.desk, second.ticket, { move: 'assign', agency: 'jalan' })
  const ari = mover(it.staff.ari)
  await makes(it.desk, second.ticket, { move: 'accept' }, ari)
  await makes(it.desk, second.ticket, { move: 'extend', days: 5, reason: 'hujan' }, ari)
  const commitMove: Store['commitMove'] = async (record) => {
    if (record.changes.some(({ complaint }) => complaint.ticket === it.ticket))
      throw new Error('it cannot be written')
    return it.desk.store.commitMove(record)
  }
  const store = { ...it.desk.store, commitMove }
  const other = await openDesk({ now: at('2026-11-24 16.01'), channels: [it.line], store })
  await other.schedule.tick()
  await other.outbox.drain()
  await other.outbox.stop()
  expect((await caseOf(it.desk, it.ticket)).asked).not.toBeNull()
  expect((await caseOf(it.desk, second.ticket)).asked).toBeNull()
})
