// An answer counts from the moment the channel took it: only then does the citizen's time to reply begin.
// An answer that reached nobody closes nothing; the coordinators hear of it instead.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import { dropClock, runningClock, startReply, withClock } from '../complaints/clocks.ts'
import type { Complaint } from '../complaints/complaint.ts'
import type { Listener, Store } from '../store/store.ts'
import { pingsFor } from './pings.ts'
import type { Measure } from './wording.ts'

export interface AnswerParts {
  readonly store: Pick<Store, 'answersDelivered' | 'answersLost' | 'commitClocks'>
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
  readonly coordinators: () => Promise<readonly Listener[]>
}

export interface Answers {
  /** Starts the reply clocks of answers that the channel accepted. */
  delivered(): Promise<void>
  /** Tells the coordinators of answers that failed on every address. */
  lost(): Promise<void>
}

const PAGE = 200
const ROUNDS = 50

export function createAnswers(parts: AnswerParts): Answers {
  const { store, city, clock, newId, measure } = parts

  async function tellLost(complaint: Complaint): Promise<void> {
    const coordinators = await parts.coordinators()
    const facts = { coordinators, city, measure, now: clock(), newId }
    const reply = runningClock(complaint, 'reply')
    const clocks = reply === null ? complaint.clocks : withClock(complaint.clocks, dropClock(reply))
    const record = {
      ticket: complaint.ticket,
      expectVersion: complaint.version,
      clock: 'reply',
      expectNextAt: reply?.nextAt ?? null,
      complaint: { ...complaint, clocks },
    } as const
    await store.commitClocks([record], pingsFor('undelivered', complaint, facts))
  }

  return {
    async delivered() {
      for (let round = 0; round < ROUNDS; round++) {
        const answers = await store.answersDelivered(PAGE)
        for (const { complaint, acceptedAt } of answers) {
          const record = {
            ticket: complaint.ticket,
            expectVersion: complaint.version,
            clock: 'reply',
            expectNextAt: null,
            complaint: startReply(complaint, acceptedAt, city.calendar),
          } as const
          await store.commitClocks([record], [])
        }
        if (answers.length < PAGE) return
      }
    },
    async lost() {
      for (let round = 0; round < ROUNDS; round++) {
        const answers = await store.answersLost(PAGE)
        for (const complaint of answers) await tellLost(complaint)
        if (answers.length < PAGE) return
      }
    },
  }
}
