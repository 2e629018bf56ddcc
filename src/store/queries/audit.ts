// The audit trail: who read, showed, exported, erased or retained what is protected.
// Appended, never rewritten: there is no query here that changes or removes a line.

import { desc } from 'drizzle-orm'
import { AUDIT_ACTIONS, type AuditEntry } from '../privacy-port.ts'
import { dateOf, oneOf } from '../rows.ts'
import { atMost, plain, type Source, slots } from './source.ts'

export function auditReads({ db, t, prepare }: Source) {
  const newest = prepare(
    'audit_trail',
    db.select().from(t.audit).orderBy(desc(t.audit.id)).limit(atMost('limit')),
  )

  async function auditTrail(limit: number): Promise<readonly AuditEntry[]> {
    return (await newest.execute({ limit })).map(
      ({ at, action, actor, ticket, personId, detail }) => ({
        ...{
          at: dateOf(at),
          action: oneOf(AUDIT_ACTIONS, action),
          actor,
          ticket,
          personId,
          detail,
        },
      }),
    )
  }

  return { auditTrail }
}

export function auditWrites({ db, t, prepare }: Source) {
  const append = prepare(
    'append_audit',
    db.insert(t.audit).values(slots('at', 'action', 'actor', 'ticket', 'personId', 'detail')),
  )

  async function audit(...entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) await append.execute({ ...entry, at: entry.at.getTime() })
  }

  return { audit }
}

/** Steps of a write. */
export function auditSteps(
  entries: readonly AuditEntry[] | undefined,
  audit: ReturnType<typeof auditWrites>['audit'],
) {
  return (entries ?? []).map((entry) => plain(() => audit(entry)))
}
