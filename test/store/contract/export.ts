// Complaints of a span of time, oldest first, page by page.

import { describe, expect, test } from '@jest/globals'
import type { FiledQuery } from '../../../src/store/case-port.ts'
import type { Store } from '../../../src/store/store.ts'
import { BUDI, clock, DAY, file, type InStore, later, SITI } from '../given.ts'

async function ticketsOf(store: Store, query: Omit<FiledQuery, 'after'>) {
  const pages: string[][] = []
  let after: FiledQuery['after'] = null
  for (;;) {
    const page = await store.filedBetween({ ...query, after })
    const last = page.at(-1)
    if (last === undefined) return pages
    pages.push(page.map(({ complaint }) => complaint.ticket))
    after = last.complaint
  }
}

export function describeExport(inStore: InStore): void {
  describe('complaints filed between two moments', () => {
    test(
      'come oldest first, page by page each once, also those of one moment',
      inStore(async (store) => {
        await file(store, BUDI, '57240003', { filedAt: later(2) })
        await file(store, BUDI, '12345670', { filedAt: later(1) })
        await file(store, SITI, '57240002', { filedAt: later(2) })
        const span = { since: later(0), until: later(DAY), limit: 2 }
        expect(await ticketsOf(store, span)).toEqual([['12345670', '57240002'], ['57240003']])
      }),
    )

    test(
      'include the first moment and not the last',
      inStore(async (store) => {
        await file(store, BUDI, '12345670', { filedAt: later(0) })
        await file(store, SITI, '57240002', { filedAt: later(DAY) })
        const span = { since: later(0), until: later(DAY), limit: 9 }
        expect(await ticketsOf(store, span)).toEqual([['12345670']])
      }),
    )

    test(
      'are told with all their facts and the earliest date that runs',
      inStore(async (store) => {
        const dueAt = later(5 * DAY)
        const filed = await file(store, BUDI, '12345670', { clocks: [clock('verify', { dueAt })] })
        const span = { since: later(0), until: later(1), after: null, limit: 9 }
        expect(await store.filedBetween(span)).toEqual([
          { complaint: { ...filed, clocks: [] }, dueAt },
        ])
      }),
    )
  })
}
