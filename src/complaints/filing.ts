// A new complaint: always `received`, with its verify clock running, even without place, category or words.
// The rules in force today are frozen into it.

import type { ChannelName, Language } from '../message.ts'
import { type Calendar, startClock } from './clocks.ts'
import type { ClockRules, Complaint, ComplaintClass, HistoryEvent, Place } from './complaint.ts'

/** What is known of a complaint when it is filed. */
export interface Filing {
  /** From `newTicket`. */
  readonly ticket: string
  readonly class: ComplaintClass
  readonly category: string | null
  readonly proposedAgency: string | null
  readonly place: Place
  readonly text: string
  readonly channel: ChannelName
  readonly language: Language
  readonly anonymous: boolean
  readonly confidential: boolean
  readonly urgent: boolean
  readonly overLimit: boolean
  /** Whoever took it down for a citizen; none: the citizen wrote it. */
  readonly by?: Pick<HistoryEvent, 'role' | 'actor'>
}

export function fileComplaint(
  { by = { role: 'citizen', actor: 'citizen' }, ...filing }: Filing,
  facts: { readonly now: Date; readonly calendar: Calendar; readonly rules: ClockRules },
): { readonly complaint: Complaint; readonly event: HistoryEvent } {
  const complaint: Complaint = {
    ...filing,
    version: 1,
    state: 'received',
    agency: null,
    copiedTo: [],
    rating: null,
    filedAt: facts.now,
    closedAt: null,
    everAssigned: false,
    handOffs: 0,
    extensions: 0,
    holder: null,
    asked: null,
    firstAnsweredAt: null,
    reopens: 0,
    mergedInto: null,
    archiveReason: null,
    externalId: null,
    cameFrom: null,
    mergedFrom: null,
    rules: facts.rules,
    clocks: [startClock('verify', facts.rules.verify, facts.now, facts.calendar)],
  }
  const event: HistoryEvent = {
    at: facts.now,
    move: 'file',
    from: null,
    to: 'received',
    ...by,
    note: null,
    detail: {},
  }
  return { complaint, event }
}
