// The port of the store, put together: every method is one transaction, and resolves only after it is durable.
// Ids, times and sealed words come in as arguments; nothing here decides.

import type { CaseStore } from './case-port.ts'
import type { ClockStore } from './clock-port.ts'
import type { FactStore } from './facts-port.ts'
import type { FigureStore } from './figures-port.ts'
import type { MediaStore } from './media-port.ts'
import type { OperatingStore } from './operating-port.ts'
import type { OutboxStore } from './outbox-port.ts'
import type { PeopleStore } from './people-port.ts'
import type { PrivacyStore } from './privacy-port.ts'
import type { StaffStore } from './staff-port.ts'
import type { TurnStore } from './turn-port.ts'
import type { WatchStore } from './watch-port.ts'

/**
 * The database could not be reached, was lost, or had no room or time: not a refusal of what was asked. What was
 * asked may have been done all the same.
 */
export class StoreAway extends Error {}

export interface Store
  extends TurnStore,
    PeopleStore,
    CaseStore,
    OutboxStore,
    ClockStore,
    StaffStore,
    FigureStore,
    MediaStore,
    PrivacyStore,
    WatchStore,
    FactStore,
    OperatingStore {
  /** Waits for the group in hand, then closes. */
  close(): Promise<void>
}
