// What goes into a decision: events, and the facts that were looked up for it. All plain data.
// The reducer asks with `Needs`, the gateway looks up, `Context` answers; what comes out is in effect.ts.

import type { City } from '../city/city.ts'
import type { State as CaseState, Complaint } from '../complaints/complaint.ts'
import type { NearCase } from '../complaints/likeness.ts'
import type { ChannelName, InboundMessage, Language } from '../message.ts'
import type { Attachment } from './attachment.ts'
import type { Desk, DeskNeeds } from './desk.ts'

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
  /** What this person filed was merged into it, which somebody else filed. */
  readonly merged?: { readonly anonymous: boolean }
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
  /** The provider says that the number bears another name than before: somebody else may have it. */
  readonly doubted: boolean
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
