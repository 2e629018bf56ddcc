// An extension that an officer asked for and nobody decided in time: silence is a no, and the officer hears it.
// A move like any other, made by the system; one that comes between wins.

import type { City } from '../city/city.ts'
import type { Clock } from '../clock.ts'
import type { Complaint } from '../complaints/complaint.ts'
import { factsOf } from '../complaints/move-facts.ts'
import { applyMove } from '../complaints/moves.ts'
import type { Store } from '../store/store.ts'
import type { Herald } from './herald.ts'

export interface ExtensionParts {
  readonly store: Pick<Store, 'askedDue' | 'commitMove'>
  readonly herald: Pick<Herald, 'moved'>
  readonly city: City
  readonly clock: Clock
  readonly log: { error(fields: object, text: string): void }
}

const PAGE = 200
const ROUNDS = 50

/** Runs until nothing that was asked is overdue. */
export function createExtensionSilence(parts: ExtensionParts): { run(): Promise<void> } {
  const { store, herald, city, clock, log } = parts

  async function refuse(complaint: Complaint): Promise<'done' | 'left'> {
    const now = clock()
    const facts = factsOf(city, now)
    const request = { move: 'extend', refuse: true } as const
    const result = applyMove(complaint, request, { role: 'system', actor: 'system' }, facts)
    if (result.outcome !== 'moved') {
      log.error({ ticket: complaint.ticket, reason: result.reason }, 'an extension waits in vain')
      return 'left'
    }
    const { complaint: after, event, tallies } = result
    const outbound = await herald.moved({ before: complaint, after, event }, now)
    const { version: expectVersion, clocks: expectClocks } = complaint
    const change = { expectVersion, expectClocks, complaint: after, events: [event], tallies }
    const outcome = await store.commitMove({ now, changes: [change], outbound })
    return outcome === 'committed' ? 'done' : 'left'
  }

  /** One that cannot be worded or written must not keep the others waiting. */
  function failed({ ticket }: Complaint, error: unknown): 'left' {
    log.error({ err: error, ticket }, 'an extension could not be refused')
    return 'left'
  }

  return {
    async run() {
      for (let round = 0; round < ROUNDS; round++) {
        const due = await store.askedDue(clock(), PAGE)
        let done = 0
        for (const complaint of due)
          if ((await refuse(complaint).catch((error) => failed(complaint, error))) === 'done')
            done += 1
        // What could not be refused comes again with the next tick, not at once.
        if (due.length < PAGE || done === 0) return
      }
    },
  }
}
