// All query modules over one connection: what only reads, and what writes.
// Which call of the port is made of which of them stands in driver.ts.

import type { NewId } from '../clock.ts'
import { addressQueries } from './queries/addresses.ts'
import { auditReads, auditWrites } from './queries/audit.ts'
import { changeQueries } from './queries/changes.ts'
import { countReads } from './queries/counts.ts'
import { dueQueries } from './queries/due.ts'
import { endingQueries } from './queries/endings.ts'
import { exportReads } from './queries/export.ts'
import { figureReads } from './queries/figures.ts'
import { fileQueries } from './queries/files.ts'
import { leaseQueries } from './queries/leases.ts'
import { leasingQueries } from './queries/leasing.ts'
import { linkQueries } from './queries/links.ts'
import { mediaWrites } from './queries/media-fetching.ts'
import { mediaReads } from './queries/media-news.ts'
import { mediaSendingReads, mediaSendingWrites } from './queries/media-sending.ts'
import { moveQueries } from './queries/moves.ts'
import { nameReads, nameWrites } from './queries/names.ts'
import { nearQueries } from './queries/near.ts'
import { operatingReads, operatingWrites } from './queries/operating.ts'
import { outboxQueries } from './queries/outbox.ts'
import { passingReads, passingWrites } from './queries/passing.ts'
import { peopleQueries } from './queries/people.ts'
import { personQueries } from './queries/person.ts'
import { pingReads } from './queries/ping-hours.ts'
import { quotedQueries } from './queries/quoted.ts'
import { removalQueries } from './queries/removals.ts'
import { replayReads } from './queries/replay.ts'
import { retainReads, retainWrites } from './queries/retain.ts'
import { sentTextQueries } from './queries/sent-text.ts'
import { settleQueries } from './queries/settle.ts'
import type { Source } from './queries/source.ts'
import { staffReads } from './queries/staff.ts'
import { inviteQueries } from './queries/staff-changes.ts'
import { taskQueries } from './queries/tasks.ts'
import { turnQueries } from './queries/turns.ts'
import { usageReads } from './queries/usage.ts'
import { watchReads, watchWrites } from './queries/watch.ts'
import { createWipes } from './queries/wipes.ts'

export type Reads = ReturnType<typeof readsOver>
export type Writes = ReturnType<typeof writesOver>

export function readsOver(source: Source) {
  const files = fileQueries(source)
  return {
    ...peopleQueries(source),
    ...quotedQueries(source),
    ...sentTextQueries(source),
    ...files,
    ...nameReads(source),
    ...nearQueries(source),
    ...dueQueries(source),
    ...usageReads(source),
    ...operatingReads(source),
    ...countReads(source),
    ...personQueries(source),
    ...auditReads(source),
    ...retainReads(source),
    ...replayReads(source),
    ...exportReads(source),
    ...mediaReads(source),
    ...mediaSendingReads(source),
    ...passingReads(source),
    ...watchReads(source),
    ...staffReads(source),
    ...taskQueries(source, files.complaint),
    ...figureReads(source),
    ...pingReads(source),
  }
}

export function writesOver(source: Source, newId: NewId) {
  const wipes = createWipes()
  const addresses = addressQueries(source)
  const outbox = outboxQueries(source)
  const parts = {
    addresses,
    outbox,
    changes: changeQueries(source, wipes),
    links: linkQueries(source),
    names: nameWrites(source),
  }
  return {
    wipesNoted: wipes.taken,
    ...addresses,
    ...outbox,
    ...parts.names,
    ...leasingQueries(source, newId),
    ...turnQueries(source, parts, newId),
    ...moveQueries(source, parts),
    ...endingQueries(source, settleQueries(source, addresses.shut), outbox),
    ...operatingWrites(source),
    ...removalQueries(source),
    ...passingWrites(source, outbox),
    ...watchWrites(source, outbox),
    ...auditWrites(source),
    ...inviteQueries(source),
    ...retainWrites(source),
    ...leaseQueries(source),
    ...mediaWrites(source, newId),
    ...mediaSendingWrites(source, outbox),
  }
}
