// Writes a move made elsewhere, or steps of the schedule, whole: complaints, clocks, who hears of them, outbox.
// One that was overtaken leaves nothing behind.

import type { MoveRecord } from '../case-port.ts'
import type { ClockRecord, Pinged } from '../clock-port.ts'
import type { NewOutbound } from '../outbox-port.ts'
import { auditSteps, auditWrites } from './audit.ts'
import type { changeQueries } from './changes.ts'
import { clockStepQueries } from './clock-steps.ts'
import { tallyQueries } from './figures.ts'
import type { linkQueries } from './links.ts'
import type { outboxQueries } from './outbox.ts'
import { pingWrites } from './ping-hours.ts'
import { inOrder, plain, type Source } from './source.ts'

interface Parts {
  readonly changes: ReturnType<typeof changeQueries>
  readonly links: ReturnType<typeof linkQueries>
  readonly outbox: ReturnType<typeof outboxQueries>
}

export function moveQueries(source: Source, { changes, links, outbox }: Parts) {
  const { writeClock } = clockStepQueries(source)
  const { claimSteps } = pingWrites(source)
  const { tallySteps } = tallyQueries(source)
  const { audit } = auditWrites(source)

  async function commitMove(record: MoveRecord): Promise<'committed' | 'stale'> {
    const { now } = record
    const refused = await inOrder<'stale'>(source, [
      ...record.changes.map((change) => async () => {
        // A number that is taken cannot be filed again: to a move that is somebody else's change.
        return (await changes.writeChange(change, now)) === null ? null : 'stale'
      }),
      ...(record.follows ?? []).map((one) => plain(() => links.follow(one, now))),
      ...(record.lostAnswers ?? []).map((ticket) => async () => {
        return (await changes.markAnswerLost(ticket, now)) ? null : ('stale' as const)
      }),
      ...auditSteps(record.audits, audit),
      plain(() => outbox.put(record.outbound, null)),
      ...tallySteps(record.changes),
    ])
    return refused ?? 'committed'
  }

  async function commitClocks(
    records: readonly ClockRecord[],
    outbound: readonly NewOutbound[],
    pinged?: Pinged,
  ): Promise<'committed' | 'stale'> {
    const refused = await inOrder<'stale'>(source, [
      ...(pinged === undefined ? [] : claimSteps(pinged)),
      ...records.map((record) => () => writeClock(record)),
      plain(() => outbox.put(outbound, null)),
    ])
    return refused ?? 'committed'
  }

  return { commitMove, commitClocks }
}
