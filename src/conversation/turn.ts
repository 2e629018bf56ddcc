// What goes into a decision and what comes out of it: events, facts, effects. All plain data.
// The reducer asks with `Needs`, the gateway looks up, `Context` answers; `Turn` is what is to be done.

import type { City } from '../city/city.ts'
import type {
  State as CaseState,
  Complaint,
  ComplaintClass,
  Place,
} from '../complaints/complaint.ts'
import type { NearCase } from '../complaints/likeness.ts'
import type { MoveRequest } from '../complaints/moves.ts'
import type { StaffChange } from '../complaints/staff.ts'
import type { ChannelName, Choice, InboundMessage, Language, MediaRef } from '../message.ts'
import type { Attachment } from './attachment.ts'
import type { Desk, DeskNeeds, WalkIn } from './desk.ts'
import type { PhraseParams } from './phrases.ts'
import type { State } from './state.ts'

export type Event =
  | { readonly type: 'message'; readonly message: InboundMessage }
  /** The moment the conversation asked to be woken at (`Turn.wakeAt`) has come. */
  | { readonly type: 'timeout' }
  /** An attachment of an earlier message was looked at: it is not kept, or it says where it was taken. */
  | { readonly type: 'attachment'; readonly attachment: Attachment }

/** What must be looked up before deciding. */
export interface Needs {
  /** Tickets with a fitting check digit that the text or the state names. */
  readonly tickets: readonly string[]
  /** Those of them that the bot offered to this person to join. */
  readonly offered: readonly string[]
  /** Provider id of a quoted message. */
  readonly quotedId: string | null
  /** For the officers' dialogue; null: nothing. */
  readonly desk: DeskNeeds | null
}

/** A complaint as its reporter may see it. */
export interface MyComplaint {
  readonly complaint: Complaint
  /** Last words an agency or coordinator addressed to the citizen; null if none. */
  readonly lastNote: string | null
  /** The last answer, whole; null if none. */
  readonly lastAnswer: string | null
  /** When this person last wrote about it (filing counts). */
  readonly lastWordAt: Date
}

export interface Person {
  /** Random id, fit for logs. */
  readonly id: string
  readonly channel: ChannelName
  /** `sms`: one message is a complaint. `chat`: open questions, then a summary. */
  readonly style: 'sms' | 'chat'
  /** Choices are shown as buttons by the channel, so the text need not number them. */
  readonly buttons: boolean
  readonly language: Language
  /** Said STOP: no notices until MULAI. */
  readonly stopped: boolean
  /** Version of the privacy notice this person was told; null: never. */
  readonly privacyTold: string | null
  /** Complaints filed since local midnight, and messages in the last hour, without this one. */
  readonly filedToday: number
  readonly messagesThisHour: number
  /** When the last message before this one came; null: never. */
  readonly lastHeardAt: Date | null
  readonly blocked: boolean
}

export interface Context {
  readonly now: Date
  readonly city: City
  /** The short code told to citizens: `{code}`. */
  readonly code: string
  readonly person: Person
  /** Fresh ticket numbers, as many as one turn may file. */
  readonly newTickets: readonly string[]
  /** Fresh six random digits, for HUBUNGKAN. */
  readonly newCode: string
  /** This person's complaints, newest first: all open ones, and those of the last 90 days. */
  readonly mine: readonly MyComplaint[]
  /** Those of `Needs.tickets` that are this person's. */
  readonly named: readonly MyComplaint[]
  /** Those of `Needs.tickets` that somebody else filed who is still known. Only HUBUNGKAN may look, and never tell. */
  readonly foreign: readonly string[]
  /** Other people's complaints that this person joined: the recent ones, and those of `Needs.tickets`. */
  readonly supported: readonly MyComplaint[]
  /** `Needs.offered`, each with where it has ended up (merged ones followed); null: nowhere. */
  readonly offered: readonly { readonly ticket: string; readonly end: Complaint | null }[]
  /** What `nearWanted` asked for, under its key; null: not looked up. */
  readonly near: { readonly key: string; readonly cases: readonly NearCase[] } | null
  /** What is stored about this person; null: not looked up (`read-own-file`). */
  readonly file: OwnFile | null
  /** Ticket the quoted message was about, if it is this person's or one they joined. */
  readonly quoted: string | null
  /** For somebody enrolled, or who sends a code to be; null for all others. */
  readonly desk: Desk | null
}

/** What is stored about the person who asks for it. */
export interface OwnFile {
  /** When this address was first heard of. */
  readonly since: Date
  readonly complaints: number
  /** The first of them: open ones before the others, newest first. */
  readonly cases: readonly { readonly ticket: string; readonly state: CaseState }[]
  /** Other addresses from which these complaints can be followed. */
  readonly linked: number
}

/** A phrase to be rendered for this person, with the choices that go with it. */
export interface Say {
  readonly phrase: PhraseParams
  readonly choices?: readonly Choice[]
  /** What stands at the end when an SMS had to be cut: "... STATUS 12345674". */
  readonly tail?: string
  /** The complaint this is about, for the complaint's own list of messages. */
  readonly ticket?: string
  readonly files?: FilesOf
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
      readonly by?: 'staff'
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
  /** Everything known of this person goes; what is said in this turn is the last they hear. */
  | { readonly type: 'erase' }
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
