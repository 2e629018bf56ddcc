// What every store must do, whatever holds its rows: one suite over all drivers.

import { describe } from '@jest/globals'
import type { Store } from '../../src/store/store.ts'
import { describeAudit } from './contract/audit.ts'
import { describeClocks } from './contract/clocks.ts'
import { describeComplaints } from './contract/complaints.ts'
import { describeEnrolling } from './contract/enrolling.ts'
import { describeErase } from './contract/erase.ts'
import { describeExport } from './contract/export.ts'
import { describeFigures } from './contract/figures.ts'
import { describeForOthers } from './contract/for-others.ts'
import { describeLanes } from './contract/lanes.ts'
import { describeLeases } from './contract/leases.ts'
import { describeMedia } from './contract/media.ts'
import { describeMediaSending } from './contract/media-sending.ts'
import { describeMoves } from './contract/moves.ts'
import { describeNames } from './contract/names.ts'
import { describeNearness } from './contract/near.ts'
import { describeOperating } from './contract/operating.ts'
import { describePassing } from './contract/passing.ts'
import { describePeople } from './contract/people.ts'
import { describePings } from './contract/pings.ts'
import { describeReceipts } from './contract/receipts.ts'
import { describeReplay } from './contract/replay.ts'
import { describeRetain } from './contract/retain.ts'
import { describeSettling } from './contract/settling.ts'
import { describeStaff } from './contract/staff.ts'
import { describeTasks } from './contract/tasks.ts'
import { describeTurns } from './contract/turns.ts'
import { describeWatch } from './contract/watch.ts'
import type { InStore } from './given.ts'

const WHOLE: readonly ((inStore: InStore) => void)[] = [
  describeTurns,
  describePeople,
  describeMoves,
  describeNearness,
  describeComplaints,
  describeClocks,
  describeLanes,
  describeSettling,
  describeReceipts,
  describePassing,
  describeNames,
  describeOperating,
  describeReplay,
  describeExport,
  describeErase,
  describeRetain,
  describeAudit,
  describeLeases,
  describeWatch,
  describeMedia,
  describeEnrolling,
  describeStaff,
  describeForOthers,
  describeTasks,
  describePings,
  describeFigures,
  describeMediaSending,
]

/** `open` gives a fresh, empty store each time. `parts`: which of the contract; all of them unless told. */
export function describeStore(name: string, open: () => Promise<Store>, parts = WHOLE): void {
  const inStore: InStore = (fact) => async () => {
    const store = await open()
    try {
      await fact(store)
    } finally {
      await store.close()
    }
  }
  describe(name, () => {
    for (const part of parts) part(inStore)
  })
}
