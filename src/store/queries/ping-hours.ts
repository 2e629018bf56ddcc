// Who was pinged in which hour: one message for each person and hour, whichever process sends it.

import { eq, sql } from 'drizzle-orm'
import type { Pinged } from '../clock-port.ts'
import { type Source, slot, slots } from './source.ts'

export function pingReads({ db, t, prepare }: Source) {
  const inHour = prepare(
    'pinged_in',
    db
      .select({ person: t.pingHours.person })
      .from(t.pingHours)
      .where(eq(t.pingHours.hour, slot('hour'))),
  )

  async function pingedIn(hour: string): Promise<ReadonlySet<string>> {
    return new Set((await inHour.execute({ hour })).map(({ person }) => person))
  }

  return { pingedIn }
}

export function pingWrites({ db, t, prepare }: Source) {
  const claim = prepare(
    'claim_ping_hour',
    db
      .insert(t.pingHours)
      .values(slots('person', 'hour'))
      .onConflictDoUpdate({
        target: t.pingHours.person,
        set: { hour: sql`excluded.hour` },
        setWhere: sql`ping_hours.hour <> excluded.hour`,
      })
      .returning({ person: t.pingHours.person }),
  )

  /** Steps of a write. Always in the same order: two that wait for each other would both be late. */
  const claimSteps = ({ hour, people }: Pinged) =>
    [...new Set(people)].sort().map((person) => async () => {
      const claimed = await claim.execute({ person, hour })
      return claimed.length === 0 ? ('stale' as const) : null
    })

  return { claimSteps }
}
