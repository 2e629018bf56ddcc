// What waits for an agency or the coordinators, in the order in which it presses.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../../src/complaints/complaint.ts'
import type { TaskQuery } from '../../../src/store/staff-port.ts'
import type { Store } from '../../../src/store/store.ts'
import { enrol, invite, useCode } from '../enrolled.ts'
import { BUDI, clock, DAY, file, HOUR, type InStore, later, moved, NOW, SITI } from '../given.ts'

/** Files it and brings it into this state. */
async function given(store: Store, ticket: string, change: Partial<Complaint>) {
  const filed = await file(store, BUDI, ticket, { clocks: [] })
  const works = { state: 'assigned', agency: 'works', ...change } as const
  const changes = [moved(filed, works, { move: 'assign' })]
  await store.commitMove({ now: NOW, changes, outbound: [] })
}

const due = (ms: number) => [clock('finish', { dueAt: later(ms) })]

const ALL: TaskQuery = { agency: null, unassigned: false, offset: 0, limit: 10 }

async function listed(store: Store, change: Partial<TaskQuery> = {}) {
  const { cases, total } = await store.tasks({ ...ALL, ...change })
  return [cases.map(({ ticket }) => ticket), total]
}

export function describeTasks(inStore: InStore): void {
  describe('what waits', () => {
    test(
      'stands in this order: emergencies, returned three times, by due date, held ones last',
      inStore(async (store) => {
        await given(store, '10000001', { state: 'held', urgent: true, clocks: due(-DAY) })
        await given(store, '10000002', {})
        await given(store, '10000003', { clocks: due(HOUR), handOffs: 2 })
        await given(store, '10000004', { clocks: due(DAY), handOffs: 3 })
        await given(store, '10000005', { clocks: due(DAY), urgent: true })
        await given(store, '10000006', { clocks: due(-HOUR), state: 'in_progress' })
        await given(store, '10000007', { clocks: due(HOUR), handOffs: 5 })
        await given(store, '10000008', { clocks: due(HOUR) })
        expect(await listed(store)).toEqual([
          [5, 7, 4, 6, 3, 8, 2, 1].map((n) => String(10000000 + n)),
          8,
        ])
      }),
    )

    test(
      'is what somebody must act on: nothing answered, nothing that is over',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        await given(store, '10000002', { state: 'answered' })
        for (const [i, state] of (['closed', 'archived', 'merged', 'cancelled'] as const).entries())
          await given(store, String(10000003 + i), { state, closedAt: NOW })
        expect(await listed(store)).toEqual([['10000001'], 1])
      }),
    )

    test(
      'is asked for by agency, or as nobody’s yet',
      inStore(async (store) => {
        await given(store, '10000001', {})
        await given(store, '10000002', { agency: 'water' })
        await given(store, '10000003', { agency: null, state: 'received' })
        expect(await listed(store, { agency: 'works' })).toEqual([['10000001'], 1])
        expect(await listed(store, { agency: 'parks' })).toEqual([[], 0])
        expect(await listed(store, { unassigned: true })).toEqual([['10000003'], 1])
      }),
    )

    test(
      'is the coordinator’s too where nobody of the agency is enrolled',
      inStore(async (store) => {
        await given(store, '10000001', {})
        await given(store, '10000002', { agency: 'water' })
        await given(store, '10000003', { agency: null, state: 'received' })
        await enrol(store, SITI)
        const list = await listed(store, { unassigned: true, unattended: true })
        expect(list).toEqual([['10000002', '10000003'], 2])
      }),
    )

    test(
      'is the coordinator’s too where only a group hears, or nobody can be reached',
      inStore(async (store) => {
        await given(store, '10000001', {})
        await store.invite(invite('ABCD2345'), NOW)
        await useCode(store, SITI, 'ABCD2345', { now: NOW, group: true })
        const waits = () => listed(store, { unassigned: true, unattended: true })
        expect(await waits()).toEqual([['10000001'], 1])
        await enrol(store, BUDI, { name: 'Budi' })
        expect(await waits()).toEqual([[], 0])
        await store.setOptOut(BUDI, 'twilio', true, NOW)
        expect(await waits()).toEqual([['10000001'], 1])
      }),
    )

    test(
      'is asked for by who has it, and by how long it is overdue',
      inStore(async (store) => {
        await given(store, '10000001', { holder: 'ani' })
        await given(store, '10000002', { holder: 'budi', clocks: due(-DAY) })
        await given(store, '10000003', { clocks: due(-DAY), state: 'held' })
        await given(store, '10000004', { clocks: due(HOUR) })
        expect(await listed(store, { agency: 'works', holder: 'ani' })).toEqual([['10000001'], 1])
        expect(await listed(store, { overdueSince: NOW })).toEqual([['10000002'], 1])
      }),
    )

    test(
      'comes by the page, whole, with how much there is in all',
      inStore(async (store) => {
        for (const n of [1, 2, 3])
          await given(store, String(10000000 + n), { clocks: due(n * HOUR) })
        expect(await listed(store, { offset: 1, limit: 1 })).toEqual([['10000002'], 3])
        const { cases } = await store.tasks({ ...ALL, offset: 2 })
        expect(cases).toEqual([await store.complaint('10000003')])
      }),
    )
  })
}
