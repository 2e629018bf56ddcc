// Which calls of the store carry people's words and fates, which keep house, which only read, and which a gateway
// with one SMS account never makes.

import type { Caller } from '../support/crash-story.ts'

export const WRITES: Readonly<Record<string, Caller>> = {
  ensureAddress: 'outside',
  commitTurn: 'outside',
  leaseDue: 'outside',
  settle: 'outside',
  recordReceipt: 'outside',
  commitMove: 'outside',
  commitClocks: 'outside',
}

export const HOUSEKEEPING: Readonly<Record<string, Caller>> = {
  // Only in the first round of all.
  takeLease: 'round',
  setFacts: 'round',
  noteChannels: 'round',
  expire: 'round',
  leaseMedia: 'round',
  leaseWipes: 'round',
  ping: 'outside',
  audit: 'outside',
  close: 'outside',
  releaseLease: 'stop',
  forgetViews: 'stop',
}

export const READS: Readonly<Record<string, Caller>> = {
  getFact: 'round',
  answersDelivered: 'round',
  answersLost: 'round',
  toPassOn: 'round',
  channelViews: 'round',
  dueClocks: 'round',
  askedDue: 'round',
  toSendOn: 'round',
  dueConversations: 'round',
  mediaNews: 'round',
  counts: 'outside',
  conversation: 'outside',
  named: 'outside',
  near: 'outside',
  segmentsToday: 'outside',
  complaints: 'outside',
  complaint: 'outside',
  caseFile: 'outside',
  listeners: 'outside',
  staffListeners: 'outside',
  personFile: 'outside',
}

/** No SMS quotes another; its one account is never told to wait and has no second; `retain` runs at night. */
export const NEVER_CALLED = [
  'quoted',
  'triedAt',
  'setOptOut',
  'swapFact',
  'getFacts',
  'factsUnder',
  'retain',
].concat(
  // Of the operator's commands.
  ['stuck', 'filedBetween', 'auditTrail'],
  // Of attachments (test/media/killed.soak.ts), of people with several addresses, and of channels in trouble.
  ['claimMedia', 'settleMedia', 'wiped'],
  // Of a linked phone that asks for a message again.
  ['sentText'],
  ['passOn', 'moveAddress', 'commitAlarm', 'traffic'],
  // Of people with a number and an id.
  ['knownNames', 'movePerson', 'doubtAddress'],
  // Of those who act, where nobody is enrolled, and of figures: the simulated year (test/year) fails at each of them.
  ['caseHistory', 'staff', 'invitation', 'invite', 'tasks', 'sentAbout', 'contacts', 'pingedIn'],
  ['daily', 'summed', 'caseCounts', 'openCounts', 'attachmentsOf', 'isKept', 'sendOn'],
)
