// A move on a complaint outside a conversation: load, decide by the table, write with all its notices.
// Whoever asks (the API today), the citizen hears of it from the same transaction that made it so.

import type { City } from './city/city.ts'
import type { Clock } from './clock.ts'
import { followsOf } from './complaints/following.ts'
import { factsOf } from './complaints/move-facts.ts'
import { applyMove, type MoveRequest, type Mover } from './complaints/moves.ts'
import { endOfChain } from './merge-chain.ts'
import type { Herald } from './notify/herald.ts'
import type { Store } from './store/store.ts'

type CaseworkResult =
  | { readonly outcome: 'moved' }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'refused' | 'stale'; readonly reason: string }
  | { readonly outcome: 'incomplete'; readonly missing: readonly string[]; readonly reason: string }

export interface CaseworkParts {
  readonly store: Store
  readonly city: City
  readonly clock: Clock
  readonly herald: Herald
}

export type Casework = (
  ticket: string,
  request: MoveRequest,
  mover: Mover,
  version: number | null,
) => Promise<CaseworkResult>

const TRIES = 3

export function createCasework({ store, city, clock, herald }: CaseworkParts): Casework {
  const decideAndCommit: Casework = async (ticket, request, mover, version) => {
    const complaint = await store.complaint(ticket)
    if (complaint === null) return { outcome: 'unknown' }
    if (version !== null && version !== complaint.version) {
      const reason = `The complaint is at version ${complaint.version}, not ${version}. Read it again and decide anew.`
      return { outcome: 'stale', reason }
    }
    const now = clock()
    const into = request.into === undefined ? null : await endOfChain(store, request.into)
    const result = applyMove(complaint, request, mover, { ...factsOf(city, now), into })
    if (result.outcome !== 'moved') return result

    const { complaint: after, event, tallies } = result
    const outbound = await herald.moved({ before: complaint, after, event }, now)
    const { version: expectVersion, clocks: expectClocks } = complaint
    const committed = await store.commitMove({
      now,
      changes: [{ expectVersion, expectClocks, complaint: after, events: [event], tallies }],
      follows: followsOf(complaint, after),
      outbound,
    })
    if (committed === 'committed') return { outcome: 'moved' }
    return {
      outcome: 'stale',
      reason: 'Somebody else moved the complaint just now. Read it again.',
    }
  }

  return async (ticket, request, mover, version) => {
    let result = await decideAndCommit(ticket, request, mover, version)
    for (let tries = 1; result.outcome === 'stale' && version === null && tries < TRIES; tries++) {
      result = await decideAndCommit(ticket, request, mover, version)
    }
    return result
  }
}
