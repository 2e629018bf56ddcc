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
  segmentsToday: 'outside',
  complaints: 'outside',
  complaint: 'outside',
  caseFile: 'outside',
  listeners: 'outside',
}

/** No SMS quotes another; a second account of one channel and the command for stuck messages come later. */
export const NEVER_CALLED = ['quoted', 'setOptOut', 'stuck', 'filedBetween', 'swapFact']
