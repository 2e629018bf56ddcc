// What the store does for privacy: tell a person what is kept of them, erase, retain, and keep the trail of it.
// Erasing itself is part of a turn (`TurnRecord.erase`), so that it is done with it or not at all.

import type { State } from '../complaints/complaint.ts'
import type { Address } from '../message.ts'

export const AUDIT_ACTIONS = [
  'read-confidential',
  'show-contact',
  'export',
  'erase',
  'retain',
  'move-address',
  'doubt-address',
  'block',
  'unblock',
  'invite',
  'enrol',
  'remove-staff',
] as const
type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface AuditEntry {
  readonly at: Date
  readonly action: AuditAction
  /** A name as it stands in the history, or `citizen`, `api`, `operator`, `schedule`. */
  readonly actor: string
  readonly ticket: string | null
  /** The person's random id; leads nowhere once they are erased. */
  readonly personId: string | null
  /** JSON: counts and the like, and the reason an official gave, numbers masked; never a citizen's words. */
  readonly detail: string
}

/** What is stored about a person, for themselves. */
export interface PersonFile {
  /** When this address was first heard of. */
  readonly since: Date
  /** How many complaints they may see, and the first of them: open ones before the others, newest first. */
  readonly complaints: number
  readonly cases: readonly { readonly ticket: string; readonly state: State }[]
  /** Other addresses that a code brought to one of these complaints (or that filed it). */
  readonly linked: number
}

export interface RetentionRules {
  /** Days after closing at which a complaint is parted from its people. */
  readonly identityDays: number
  /** Days after which messages that belong to no complaint go, and those who never filed. */
  readonly textDays: number
  /** Addresses out of the operator's settings: as enrolled ones, never taken for silent citizens. */
  readonly onDuty: readonly Address[]
}

export interface RetentionCounts {
  readonly complaints: number
  readonly messages: number
  readonly addresses: number
  readonly providerIds: number
  readonly receipts: number
}

export interface RetentionBatch extends RetentionCounts {
  /** Where the next batch begins; null: all was looked at. */
  readonly next: string | null
}

export interface PrivacyStore {
  /** Null for an address never heard of. */
  personFile(addressId: string, most: number): Promise<PersonFile | null>
  /** Appends; nothing changes or removes an entry. */
  audit(...entries: readonly AuditEntry[]): Promise<void>
  /** Newest first. */
  auditTrail(limit: number): Promise<readonly AuditEntry[]>
  /**
   * Applies the rules to the next `limit` rows that they may concern, one transaction for each call. A dry run counts
   * the same and changes nothing.
   */
  retain(
    rules: RetentionRules,
    now: Date,
    how: { readonly dryRun: boolean; readonly limit: number; readonly from: string | null },
  ): Promise<RetentionBatch>
}
