// The audit trail: appended in order, read from its end, and nothing on the port that changes it.

import { describe, expect, test } from '@jest/globals'
import { type InStore, later, NOW } from '../given.ts'

const READ = {
  at: NOW,
  action: 'read-confidential',
  actor: 'api',
  ticket: '12345670',
  personId: null,
  detail: '{}',
} as const

export function describeAudit(inStore: InStore): void {
  describe('the audit trail', () => {
    test(
      'gives back what was written, newest first',
      inStore(async (store) => {
        const exported = { ...READ, at: later(1), action: 'export', ticket: null } as const
        await store.audit(READ, exported)
        await store.audit({ ...READ, at: later(2) })
        expect(await store.auditTrail(2)).toEqual([{ ...READ, at: later(2) }, exported])
      }),
    )

    test(
      'is the same entry twice when the same thing happened twice',
      inStore(async (store) => {
        await store.audit(READ)
        await store.audit(READ)
        expect(await store.auditTrail(10)).toEqual([READ, READ])
      }),
    )
  })
}
