// An answer counts from the moment the channel took it: only then does the citizen's time to reply begin.
// An answer that reached nobody closes nothing, a question that did is waited for in vain: the coordinators hear of it.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import { dropClock, runningClock, startReply, withClock } from '../complaints/clocks.ts'
import type { Complaint } from '../complaints/complaint.ts'
import type { CaseFile } from '../store/case-port.ts'
import type { ClockRecord } from '../store/clock-port.ts'
import { ANSWER_KIND, type OutboundStatus } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import { cardsFor } from './cards.ts'
import type { Actor } from './roster.ts'
import type { Measure } from './wording.ts'

export interface AnswerParts {
  readonly store: Pick<
    Store,
    'answersDelivered' | 'answersLost' | 'caseFile' | 'commitClocks' | 'commitMove'
  >
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
  readonly coordinators: () => Promise<readonly Actor[]>
}

export interface Answers {
  /** Starts the reply clocks of answers that the channel accepted. */
  delivered(): Promise<void>
  /** Tells the coordinators of answers, and of questions of cases on hold, that failed on every address. */
  lost(): Promise<void>
  /**
   * Was accepted, but reached nobody after all: ends the reply clock and tells the coordinators. Should it turn out to
   * have arrived, the clock begins anew.
   * `false`: it did reach somebody, or the case has moved on; nothing was done.
   */
  takeBack(ticket: string): Promise<boolean>
}

const PAGE = 200
const ROUNDS = 50
const TRIES = 3

export function createAnswers(parts: AnswerParts): Answers {
  const { store, city, clock, newId, measure } = parts

  async function pings(complaint: Complaint) {
    const card = complaint.state === 'held' ? 'unasked' : 'undelivered'
    const hearing = { card, to: await parts.coordinators() } as const
    return cardsFor([hearing], complaint, { city, measure, now: clock(), newId })
  }

  async function delivered(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await store.answersDelivered(PAGE)
      for (const { complaint, acceptedAt } of answers) {
        const after = startReply(complaint, acceptedAt, city.calendar)
        await store.commitClocks([replyRecord(complaint, null, after)], [])
      }
      if (answers.length < PAGE) return
    }
  }

  async function lost(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await store.answersLost(PAGE)
      for (const complaint of answers) {
        const outbound = await pings(complaint)
        const lostAnswers = [complaint.ticket]
        await store.commitMove({ now: clock(), changes: [], lostAnswers, outbound })
      }
      if (answers.length < PAGE) return
    }
  }

  async function takeBack(ticket: string): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries++) {
      const file = await store.caseFile(ticket)
      const reply = file === null ? null : runningClock(file.complaint, 'reply')
      if (file === null || reply === null || became(file, ARRIVED)) return false
      const { complaint } = file
      const after = { ...complaint, clocks: withClock(complaint.clocks, dropClock(reply)) }
      const givenAt = answeredAtOf(file)
      // Passed on to another address: whether that one takes it is still to be seen.
      const waits = became(file, WAITING)
      const toldAt = waits ? null : clock()
      const lost = givenAt === undefined ? {} : { lost: { givenAt, toldAt } }
      const record = { ...replyRecord(complaint, reply.nextAt, after), ...lost }
      const told = waits ? [] : await pings(complaint)
      if ((await store.commitClocks([record], told)) === 'committed') return true
    }
    return false
  }

  return { delivered, lost, takeBack }
}

const ARRIVED: readonly OutboundStatus[] = ['sent', 'delivered', 'read']
const WAITING: readonly OutboundStatus[] = ['pending']

/** Whether one of these is what became of the last answer, on any address. */
function became(file: CaseFile, fate: readonly OutboundStatus[]): boolean {
  const answeredAt = answeredAtOf(file)
  return file.messages.some(
    ({ kind, direction, at, status }) =>
      kind === ANSWER_KIND &&
      direction === 'out' &&
      (answeredAt === undefined || at >= answeredAt) &&
      status !== null &&
      fate.includes(status),
  )
}

function answeredAtOf({ history }: CaseFile): Date | undefined {
  return history.findLast(({ move }) => move === 'answer')?.at
}

function replyRecord(before: Complaint, expectNextAt: Date | null, after: Complaint): ClockRecord {
  const { ticket, version: expectVersion } = before
  return { ticket, expectVersion, clock: 'reply', expectNextAt, complaint: after }
}
