// What comes out of a decision: effects, in the order in which they are to be done. All plain data.
// The reducer says what; the gateway renders, moves and writes it, whole or not at all.

import type { ComplaintClass, Place } from '../complaints/complaint.ts'
import type { MoveRequest } from '../complaints/moves.ts'
import type { StaffChange } from '../complaints/staff.ts'
import type { Choice, Language, MediaRef } from '../message.ts'
import type { WalkIn } from './desk.ts'
import type { PhraseParams } from './phrases.ts'
import type { State } from './state.ts'

/** A phrase to be rendered for this person, with the choices that go with it. */
export interface Say {
  readonly phrase: PhraseParams
  readonly choices?: readonly Choice[]
  /** What stands at the end when an SMS had to be cut: "... STATUS 12345674". */
  readonly tail?: string
  /** The complaint this is about, for the complaint's own list of messages. */
  readonly ticket?: string
  readonly files?: FilesOf
  /** Holds a citizen's number, or a code that lets people in. */
  readonly secret?: true
}

/**
 * Files that go with what is said, as far as they are kept then: all that came in about the complaint (for those who may
 * read its words), or what came with its answers and updates. Where the channel carries none, the words say that they exist.
 */
export interface FilesOf {
  readonly ticket: string
  readonly of: 'all' | 'answers'
}

export type Effect =
  /** A reply to this person, in the order given; several are joined by the gateway into one message per `say`. */
  | { readonly type: 'say'; readonly say: Say }
  | {
      readonly type: 'file'
      readonly ticket: string
      readonly words: string
      readonly class: ComplaintClass
      readonly category: string | null
      /** `Understanding.agency`: where the words point to. */
      readonly proposedAgency: string | null
      readonly place: Place
      readonly anonymous: boolean
      readonly confidential: boolean
      readonly urgent: boolean
      readonly overLimit: boolean
      readonly media: readonly MediaRef[]
      /** Filed for somebody who came in person: whose case it is, nobody's where they have no number. */
      readonly walkIn?: { readonly to: WalkIn | null }
    }
  /** The number of whoever came in person, told after it was filed for them. */
  | { readonly type: 'walk-in'; readonly ticket: string; readonly to: WalkIn }
  /** The reducer has checked it against the table; the gateway makes it. `by`: whose move it is; the citizen's where none is given. */
  | {
      readonly type: 'move'
      readonly ticket: string
      readonly request: MoveRequest
      /** Whose move it is; the citizen's own if absent. */
      readonly by?: 'staff' | 'system'
      /** An officer's: what came with earlier messages and belongs to it. */
      readonly media?: readonly MediaRef[]
    }
  /** Who is enrolled, invited or removed. */
  | { readonly type: 'staff'; readonly change: StaffChange }
  /** A line of the audit trail, of the one who writes. */
  | {
      readonly type: 'audit'
      readonly action: DeskAudit
      readonly ticket: string | null
      /** The official's own, numbers masked. */
      readonly reason?: string
    }
  /** The reporters of this case are blocked, or no longer. */
  | {
      readonly type: 'block'
      readonly ticket: string
      readonly reason: string
      readonly block: boolean
    }
  /** The inbound message belongs to this complaint (for its list of messages) though no move was made. */
  | { readonly type: 'about'; readonly ticket: string }
  /** Attachments of an earlier message belong to this complaint. */
  | {
      readonly type: 'attach'
      readonly ticket: string
      readonly media: readonly MediaRef[]
      /** An officer's: to stay with it, or to go on to whose complaint it is. */
      readonly duty?: 'keep' | 'pass'
    }
  /** Tell the coordinators at once. */
  | {
      readonly type: 'alert'
      readonly alert: 'cancel-wish' | 'over-limit'
      readonly ticket: string
    }
  | { readonly type: 'stop-notices' }
  | { readonly type: 'resume-notices' }
  | { readonly type: 'privacy-told'; readonly version: string }
  | { readonly type: 'language'; readonly language: Language }
  /** Send `phrase` to the address the complaint was filed from (HUBUNGKAN). */
  | { readonly type: 'tell-reporter'; readonly ticket: string; readonly phrase: PhraseParams }
  /** This person may now see and hear of the complaint; `support`: only as one who joined it. */
  | { readonly type: 'link'; readonly ticket: string; readonly support?: true }
  /** This person has left a complaint they had joined. */
  | { readonly type: 'unlink'; readonly ticket: string }
  /**
   * Everything known of this person goes; what is said in this turn is the last they hear. `sinceMs`: what was written
   * before may be another's, and is parted from them instead.
   */
  | { readonly type: 'erase'; readonly sinceMs?: number }
  /** This turn is not the one: decide again with `Context.file`. */
  | { readonly type: 'read-own-file' }
  /** Nothing was said, on purpose. */
  | { readonly type: 'silent'; readonly reason: SilenceReason }

/** What an officer does that the audit trail keeps. */
type DeskAudit =
  | 'read-confidential'
  | 'show-contact'
  | 'block'
  | 'unblock'
  | 'enrol'
  | 'remove-staff'
  | 'invite'

export type SilenceReason =
  | 'no-person'
  | 'second-stop'
  | 'answered-by-provider'
  | 'loop'
  | 'over-limit'
  | 'blocked'
  /** Said in a group of people, about nothing that a group may say. */
  | 'group'
  /** Noted within the minutes after filing; the one short answer for all was given. */
  | 'answered-for-all'
  /** A place in a picture, where it is known already or nobody asks. */
  | 'place-not-needed'
  /** An edit that changed no words. */
  | 'unchanged'

export interface Turn {
  readonly state: State
  /** When to come back with a `timeout`; null: never. */
  readonly wakeAt: Date | null
  readonly effects: readonly Effect[]
}
