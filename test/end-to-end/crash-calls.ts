// Which calls of the store only read, and which a gateway with one SMS account never makes.

import type { Caller } from '../support/crash-story.ts'

export const READS: Readonly<Record<string, Caller>> = {
  getFact: 'round',
  answersDelivered: 'round',
  answersLost: 'round',
  dueClocks: 'round',
  dueConversations: 'round',
  counts: 'outside',
  conversation: 'outside',
  named: 'outside',
  near: 'outside',
  segmentsToday: 'outside',
  complaints: 'outside',
  complaint: 'outside',
  caseFile: 'outside',
  listeners: 'outside',
  personFile: 'outside',
}

/** No SMS quotes another; its one account is never told to wait and has no second; `retain` runs at night. */
export const NEVER_CALLED = ['quoted', 'setOptOut', 'swapFact', 'retain'].concat(
  // Of the operator's commands.
  ['stuck', 'filedBetween', 'auditTrail'],
)
