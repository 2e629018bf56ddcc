// After an older copy was put in place: what citizens were told until then is not told again.

import { describe, expect, test } from '@jest/globals'
import { RESTORED_AT } from '../../src/store/facts-port.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, makes } from './support/desk.ts'
import { DESK, offices } from './support/office.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const office = offices()

/** The steps of the days before this moment come due in one go, as after a restore. */
async function restoredAt(local: string) {
  const it = await office()
  const complaint = filed(MORNING)
  await it.file(complaint)
  return {
    ...it,
    ticket: complaint.ticket,
    restore: async () => {
      await it.desk.store.setFacts({ [RESTORED_AT]: String(at(local).getTime()) })
      await it.tickAt(local)
    },
  }
}

describe('a step that came due before the restoring', () => {
  test('is not told to the citizen again, but those who must act hear of the case', async () => {
    const { restore, sentTo, ticket } = await restoredAt('2026-12-01 10.00')
    await restore()
    expect(sentTo(ANA)).toEqual([])
    expect(sentTo(DESK)).toEqual([expect.stringContaining(ticket)])
  })

  test('also stays untold when the restoring is out of office hours', async () => {
    const { restore, hourly, sentTo } = await restoredAt('2026-12-01 22.00')
    await restore()
    await hourly(DESK, '2026-12-02 12.00')
    expect(sentTo(ANA)).toEqual([])
    expect(sentTo(DESK)).toHaveLength(1)
  })

  test('neither reminds of an answer again nor tells again that silence closed the case', async () => {
    const { desk, restore, tickAt, sentTo, ticket } = await restoredAt('2026-12-20 10.00')
    await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
    await makes(desk, ticket, { move: 'answer', note: 'Sudah ditambal' })
    await tickAt('2026-11-24 17.30')
    const before = sentTo(ANA).length
    await restore()
    await restore()
    expect((await caseOf(desk, ticket)).state).toBe('closed')
    expect(sentTo(ANA)).toHaveLength(before)
  })
})

test('what comes due after the restoring is told', async () => {
  const { restore, hourly, sentTo } = await restoredAt('2026-11-26 10.00')
  await restore()
  expect(await hourly(ANA, '2026-12-02 12.00')).toEqual(['11-30 08'])
  expect(sentTo(ANA)).toHaveLength(1)
})
