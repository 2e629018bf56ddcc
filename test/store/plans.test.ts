// Every query of the store goes by an index: none reads a growing table from end to end.

import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { SQLITE } from '../../src/store/connect.ts'
import type { Source } from '../../src/store/queries/source.ts'
import { readsOver, writesOver } from '../../src/store/queries-over.ts'
import * as schema from '../../src/store/schema.sqlite.ts'
import { createSeal } from '../../src/store/seal.ts'
import { forEvery } from '../support/for-every.ts'
import { BUDI, complaint, event, inbound, KEY, MIDNIGHT, NOW, turn } from './given.ts'

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Only what is open, waiting, lost or running stands in these indexes.
  count_given_up: ['SCAN outbox USING COVERING INDEX outbox_lost'],
  count_pending: ['SCAN outbox USING INDEX outbox_ready'],
  expire_outbound: ['SCAN outbox USING INDEX outbox_ready'],
  count_orphans: ['SCAN attempts USING INDEX attempts_orphan'],
  count_stuck: ['SCAN inbox USING INDEX inbox_stuck'],
  stuck_messages: ['SCAN inbox USING INDEX inbox_stuck'],
  // What was found by complaints_around and complaints_near, at most a hundred.
  near_village: ['SCAN newest'],
  near_pins: ['SCAN newest'],
  // What is due, found by clocks_next, at most a page.
  clocks_due: ['SCAN due'],
  // The values of one message, held against what was erased.
  insert_inbound: ['SCAN CONSTANT ROW'],
  // From its end down to the limit.
  audit_trail: ['SCAN audit'],
  // What came with answers and has not been sent on yet.
  media_to_pass: ['SCAN media USING INDEX media_pass'],
  // The few people who act on complaints.
  staff_list: ['SCAN staff USING INDEX staff_number_unique'],
  staff_of_all: ['SCAN staff_addresses'],
  insert_staff: ['SCAN counted USING COVERING INDEX staff_number_unique'],
  pinged_in: ['SCAN ping_hours'],
  tasks_unattended: ['SCAN mine'],
  tasks_total_unattended: ['SCAN mine'],
  // The newest of all complaints, from the top of an index down to the limit.
  list: ['SCAN complaints USING INDEX complaints_filed'],
}

interface Query {
  readonly name: string
  readonly sql: string
}

function queries() {
  const client = new Database(':memory:')
  const migrations = new URL('../../src/store/migrations/sqlite', import.meta.url)
  migrate(drizzle(client), { migrationsFolder: migrations.pathname })
  const all: Query[] = []
  const logger = { logQuery: (sql: string) => void all.push({ name: 'list', sql }) }
  const source: Source = {
    db: drizzle(client, { schema, logger }),
    t: schema,
    seal: createSeal(KEY),
    ...SQLITE,
    prepare(name, query) {
      const made = (query as { prepare(): ReturnType<typeof query.prepare> }).prepare()
      const { sql } = (made as unknown as { getQuery(): { sql: string } }).getQuery()
      all.push({ name, sql })
      return made
    },
  }
  const writes = writesOver(source, () => 'id')
  return { client, all, reads: readsOver(source), writes }
}

function planOf(client: Database.Database, sql: string): readonly string[] {
  const statement = client.prepare(`explain query plan ${sql}`)
  const nothing = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null)
  return statement.all(...nothing).map((row) => (row as { detail: string }).detail)
}

const nameOf = ({ name }: { readonly name: string }) => name
const scans = (plan: readonly string[]) => plan.filter((line) => line.startsWith('SCAN'))

describe('the plan of', () => {
  const { client, all } = queries()
  test('every query reads no table whole', () =>
    forEvery(all, nameOf, ({ name, sql }) => {
      const allowed = ALLOWED[name] ?? []
      expect(scans(planOf(client, sql)).filter((line) => !allowed.includes(line))).toEqual([])
    }))

  test('every query binds no bare limit, which SQLite would plan anew each time', () =>
    forEvery(all, nameOf, ({ sql }) => {
      expect(sql).not.toMatch(/limit \?/i)
    }))

  test('what can wait or lie in the outbox is found by the small indexes', () => {
    const plans = Object.fromEntries(all.map(({ name, sql }) => [name, planOf(client, sql).join()]))
    expect(plans.lane_heads).toContain('INDEX outbox_ready')
    expect(plans.lane_heads).toContain('INDEX outbox_lane')
    // Not past what was put off: a lane with thousands put off and thousands waiting took 0.3 s for each lease.
    expect(plans.lane_heads).toContain('INDEX outbox_lane (address_id=? AND due_at<?)')
    expect(plans.clocks_due).toContain('INDEX clocks_next')
    expect(plans.wakers).toContain('INDEX addresses_wake')
    expect(plans.answers_delivered).toContain('INDEX complaints_answer')
    expect(plans.answers_lost).toContain('INDEX complaints_answer')
    expect(plans.count_orphans).toContain('INDEX attempts_orphan')
    expect(plans.near_village).toContain('INDEX complaints_around')
    expect(plans.near_pins).toContain('INDEX complaints_near')
    expect(plans.retain_cases).toContain('INDEX complaints_closed')
    expect(plans.retain_inbox).toContain('INDEX inbox_wordy')
    expect(plans.retain_outbox).toContain('INDEX outbox_wordy')
    expect(plans.retain_receipts).toContain('INDEX attempts_orphan')
    expect(plans.media_due).toContain('INDEX media_next')
    expect(plans.media_news).toContain('INDEX media_next')
    expect(plans.take_wipe).toContain('INDEX media_digest')
    for (const whose of ['of_agency', 'of_nobody', 'unattended', 'overdue', 'of_all']) {
      expect(plans[`tasks_${whose}`]).toContain('COVERING INDEX complaints_open')
      expect(plans[`tasks_total_${whose}`]).toContain('COVERING INDEX complaints_open')
    }
    expect(plans.tasks_of_holder).toContain('INDEX complaints_holder')
    expect(plans.staff_of_agency).toContain('INDEX staff_agency')
    expect(plans.staff_of_role).toContain('INDEX staff_role')
    expect(plans.count_cases).toContain('INDEX complaints_filed')
    expect(plans.count_to_act).toContain('COVERING INDEX complaints_open')
    expect(plans.asked_due).toContain('INDEX complaints_asked')
    expect(plans.let_cases_go).toContain('INDEX complaints_holder')
    expect(plans.retain_ids).toContain('INDEX erased_ids_at')
  })
})

describe('a page of complaints', () => {
  const filters = [
    {},
    { state: 'assigned' },
    { agency: 'works' },
    { dueBefore: NOW },
    { state: 'assigned', agency: 'works', dueBefore: NOW },
    { after: '12345670' },
    { after: '12345670', state: 'assigned' },
  ] as const

  test.each(filters)('%j is found by an index, with its history and messages', async (filter) => {
    const { client, all, reads, writes } = queries()
    const at = { now: NOW, midnight: MIDNIGHT }
    const known = await reads.conversation(BUDI, at, { personId: 'p', addressId: 'a' })
    const changes = [
      { expectVersion: 0, complaint: complaint('12345670'), events: [event()], tallies: [] },
    ]
    await writes.commitTurn(turn(known, { changes, inbound: inbound(BUDI) }))
    all.splice(0)
    await reads.complaints({ ...filter, limit: 50 })
    await reads.caseFile('12345670')
    expect(all.length).toBeGreaterThan(1)
    for (const { sql } of all)
      expect(scans(planOf(client, sql)).filter((line) => !ALLOWED.list?.includes(line))).toEqual([])
  })
})
