// Who hears of a complaint, and by which address and account they can be reached.
// An address is a person of its own; a code brings several together over a complaint.

import type { Address, Language } from '../message.ts'

/** Somebody who hears of a complaint: its reporter, or a person linked to it later. */
export interface Listener {
  readonly personId: string
  readonly addressId: string
  readonly address: Address
  readonly account: string | null
  readonly language: Language
  readonly stopped: boolean
  readonly lastHeardAt: Date | null
  readonly reporter: boolean
  /** The same for all addresses of one citizen: those that a code brought together over this complaint. */
  readonly citizen: string
  /** When somebody last wrote about the complaint from here; null: not here. */
  readonly lastWordAt: Date | null
  /** The account it was last heard by can no longer reach it. */
  readonly closed: boolean
  /** Joined somebody else's complaint: hears where it stands, and may not act on it. */
  readonly supporter: boolean
}

export interface KnownNames {
  /** Where whoever bears this name is to be found: under it, or under another one; null: never heard of. */
  readonly at: Address | null
  /** The address beside it is known by yet another name. */
  readonly another: boolean
}

/** How somebody who moves is known at their new address. */
export interface MovedBy {
  /** Further names of theirs there. Any other one there is somebody else's. */
  readonly alsoKnownAs: readonly Address[]
  /** The provider's own note of it, by its id: heeded once. */
  readonly told?: { readonly account: string; readonly providerId: string }
}

/** What a citizen last said of a complaint, where they may be somebody else by now: long before any other word. */
export const DOUBTED_MS = 1

export interface PeopleStore {
  listeners(ticket: string): Promise<readonly Listener[]>
  /** Finds or makes the row of an address we only write to (a coordinator). */
  ensureAddress(
    address: Address,
    ids: { readonly personId: string; readonly addressId: string },
    now: Date,
  ): Promise<Listener>
  /**
   * The provider gave the same people another address (a group that became a larger one): their cases, and what waits
   * for them, go along; the audit trail says so. `false`: nobody is known under `from`.
   */
  moveAddress(from: Address, to: Address, now: Date): Promise<boolean>
  /** What is known of a name, and of the address that the provider names beside it. Reads only. */
  knownNames(name: Address, beside: Address | null): Promise<KnownNames>
  /**
   * The provider says that one person is known as `to` from now on (a changed number, an id whose number is told now):
   * cases, dialogue, language and consent go along, and nothing leads on from `from`. Cases of whoever was heard of
   * under `to` more than 90 days ago, or under another name than these, stay theirs, and are reached from nowhere.
   * `false`: nobody is known under `from`, or this was told before.
   */
  movePerson(from: Address, to: Address, now: Date, by: MovedBy): Promise<boolean>
  /** A number bears another id than before: as if nobody had written from it for 90 days (product.md section 8). Whoever acts on complaints has to enrol anew. */
  doubtAddress(address: Address, now: Date): Promise<void>
  /** This account may no longer (or again) send to this address. */
  setOptOut(address: Address, account: string, optedOut: boolean, now: Date): Promise<void>
}
