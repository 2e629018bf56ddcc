// What brings somebody up to date who wants notices again: one notice for each open case.
// An answer that never reached them is told as the answer it is, so that their time to reply begins.

import { runningClock } from '../complaints/clocks.ts'
import type { Complaint } from '../complaints/complaint.ts'
import { ANSWER_KIND, NEWEST_KIND, type NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { StoredCase } from '../store/turn-port.ts'
import { stateWords } from './case-words.ts'
import { maybeAnother, REPLY_LIFE_MS } from './hours.ts'
import { movePhrase } from './move-phrases.ts'
import { fill, type NoticeFacts } from './notices.ts'
import { noticeRow } from './outbound-row.ts'
import { supportState } from './supporters.ts'
import { say, sized, type Worded } from './wording.ts'

/** At most this many cases are told after MULAI, those last written about first. */
const NEWEST_CASES = 5

/** It answers their own message: neither quiet hours nor a budget hold it. */
export function newestState(
  reader: Listener,
  cases: readonly StoredCase[],
  /** Those of `cases` that are somebody else's. */
  joined: ReadonlySet<StoredCase>,
  facts: Omit<NoticeFacts, 'listeners' | 'exceptPersonId'>,
): readonly NewOutbound[] {
  const { city, now, newId } = facts
  return [...cases]
    .filter(({ complaint }) => OPEN.has(complaint.state))
    .sort((a, b) => b.lastWordAt.getTime() - a.lastWordAt.getTime())
    .slice(0, NEWEST_CASES)
    .map((one) => {
      const { complaint, lastAnswer } = one
      const { ticket } = complaint
      const mine = !joined.has(one)
      const strange = maybeAnother({ ...reader, lastWordAt: one.lastWordAt }, now)
      const missed =
        mine &&
        !strange &&
        complaint.state === 'answered' &&
        lastAnswer !== null &&
        !replyRuns(complaint)
          ? missedAnswer(reader, complaint, lastAnswer, facts)
          : null
      const state = (mine ? stateWords : supportState)(reader, complaint, city)
      const key = strange ? 'notice_bare' : mine ? 'notice_newest' : 'notice_support'
      const worded = missed ?? sized(reader, say(reader, key, { id: ticket, state }, facts), facts)
      const kind = missed === null ? NEWEST_KIND : ANSWER_KIND
      const row = noticeRow(reader, worded, { kind, ticket, now, dueAt: now, newId })
      return { ...row, lane: 'reply', expiresAt: new Date(now.getTime() + REPLY_LIFE_MS) }
    })
}

const OPEN: ReadonlySet<string> = new Set([
  'received',
  'held',
  'assigned',
  'in_progress',
  'answered',
])

function replyRuns(complaint: Complaint): boolean {
  return runningClock(complaint, 'reply') !== null
}

function missedAnswer(
  reader: Listener,
  after: Complaint,
  answer: string,
  { city, now, measure }: Pick<NoticeFacts, 'city' | 'now' | 'measure'>,
): Worded | null {
  const event = {
    at: now,
    move: 'answer',
    from: after.state,
    to: after.state,
    role: 'officer',
    actor: '',
    note: answer,
    detail: {},
  } as const
  const phrase = movePhrase({ before: after, after, event, reader, city, toldAt: now })
  return phrase === null ? null : fill(reader, phrase, { city, measure })
}
