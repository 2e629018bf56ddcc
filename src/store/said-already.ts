// What an older copy still holds to be said, taken as said: citizens do not hear it again because of a restore.
// It changes the draft only, before that is put in the place of the database.

import type Database from 'better-sqlite3'
import { hasTable } from './connect.ts'
import { RESTORED_AT } from './facts-port.ts'

/** What waited in the copy was most likely sent since; so was what came due until now. */
export function saidAlready(db: Database.Database, now: Date): void {
  db.exec(`update outbox set status = 'expired', lease = null, lease_until = null, reason = 'restored'
    where status = 'pending'`)
  attachmentsAsKnown(db, now)
  // Most likely used since, and by whom is not in the copy. A copy of an older version has none.
  if (hasTable(db, 'invitations')) db.exec('delete from invitations where used_at is null')
  db.prepare(
    'insert into facts (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  ).run(RESTORED_AT, String(now.getTime()))
}

const DAY_MS = 24 * 3_600_000

/** What was to be told of them was told; what was to be fetched is fetched again, for a day from now on. */
function attachmentsAsKnown(db: Database.Database, now: Date): void {
  // A copy of an older version has none.
  if (!hasTable(db, 'media')) return
  db.exec("update media set tell = 0, next_at = null, position = null where status <> 'wanted'")
  db.prepare(
    "update media set until = max(until, ?), lease = null, attempts = 0 where status = 'wanted'",
  ).run(now.getTime() + DAY_MS)
}
