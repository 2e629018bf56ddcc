// complaints(): pages from the newest filed to the oldest, filtered, none twice and none left out.

import { describe, expect, test } from '@jest/globals'
import type { ComplaintQuery } from '../../../src/store/case-port.ts'
import type { Store } from '../../../src/store/store.ts'
import { BUDI, clock, DAY, file, HOUR, type InStore, later, MINUTE } from '../given.ts'

async function walk(store: Store, query: ComplaintQuery): Promise<readonly string[][]> {
  const pages: string[][] = []
  for (let after: string | undefined; ; ) {
    const page = await store.complaints(after === undefined ? query : { ...query, after })
    pages.push(page.files.map((one) => one.complaint.ticket))
    if (page.next === null) return pages
    after = page.next
  }
}

export function describeComplaints(inStore: InStore): void {
  describe('the list of complaints', () => {
    test(
      'is empty in an empty store',
      inStore(async (store) => {
        expect(await store.complaints({ limit: 50 })).toEqual({ files: [], next: null })
      }),
    )

    test(
      'goes from the newest to the oldest, page by page, with ties in order of tickets',
      inStore(async (store) => {
        await file(store, BUDI, '10000001', { filedAt: later(-HOUR) })
        await file(store, BUDI, '10000002')
        await file(store, BUDI, '10000003')
        await file(store, BUDI, '10000004', { filedAt: later(-MINUTE) })
        await file(store, BUDI, '10000005')
        expect(await walk(store, { limit: 2 })).toEqual([
          ['10000005', '10000003'],
          ['10000002', '10000004'],
          ['10000001'],
        ])
      }),
    )

    test(
      'stays where it was when another is filed between two pages',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        await file(store, BUDI, '10000002', { filedAt: later(-MINUTE) })
        const first = await store.complaints({ limit: 1 })
        await file(store, BUDI, '10000003', { filedAt: later(MINUTE) })
        const second = await store.complaints({ limit: 1, after: first.next ?? '' })
        expect(second.files.map((one) => one.complaint.ticket)).toEqual(['10000002'])
      }),
    )

    test(
      'is empty after a ticket nobody knows',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        const page = await store.complaints({ limit: 1, after: '99999999' })
        expect(page).toEqual({ files: [], next: null })
      }),
    )

    test(
      'is filtered by state, agency and the earliest running due date',
      inStore(async (store) => {
        const soon = clock('follow_up', { dueAt: later(DAY) })
        const late = clock('finish', { dueAt: later(9 * DAY) })
        await file(store, BUDI, '10000001', { state: 'assigned', agency: 'works' })
        await file(store, BUDI, '10000002', {
          state: 'assigned',
          agency: 'water',
          clocks: [late, soon],
        })
        await file(store, BUDI, '10000003', { clocks: [{ ...soon, status: 'paused' }, late] })
        await file(store, BUDI, '10000004', { clocks: [] })
        const tickets = async (query: Partial<ComplaintQuery>) =>
          (await walk(store, { limit: 50, ...query })).flat()
        expect(await tickets({ state: 'assigned' })).toEqual(['10000002', '10000001'])
        expect(await tickets({ agency: 'works' })).toEqual(['10000001'])
        expect(await tickets({ dueBefore: later(2 * DAY) })).toEqual(['10000002'])
        expect(await tickets({ state: 'received', dueBefore: later(10 * DAY) })).toEqual([
          '10000003',
        ])
      }),
    )

    test(
      'brings each complaint with its own history and messages',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        await file(store, BUDI, '10000002')
        const { files } = await store.complaints({ limit: 50 })
        expect(files.map((one) => [one.history.length, one.messages.length])).toEqual([
          [1, 1],
          [1, 1],
        ])
      }),
    )
  })
}
