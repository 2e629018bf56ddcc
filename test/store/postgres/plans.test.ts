// Every query of the store goes by an index on PostgreSQL too, and each prepared one has a name of its own.
// The plans are made as for a long-lived connection (generic), with sequential reading as the last resort.

import { expect, test } from '@jest/globals'
import pg from 'pg'
import { openStore } from '../../../src/store/open.ts'
import { sourceOver } from '../../../src/store/postgres-source.ts'
import { readsOver, writesOver } from '../../../src/store/queries-over.ts'
import { createSeal } from '../../../src/store/seal.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { KEY, NOW, PARTS } from '../given.ts'

interface Query {
  readonly name: string
  readonly sql: string
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Plan[]
}

/** Indexes that may be read from end to end, with why that is little. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Only what waits stands in these.
  count_pending: ['outbox_lane'],
  expire_outbound: ['outbox_lane'],
  // Only answers on their way.
  answers_delivered: ['complaints_answer'],
  // The newest, from the top of the index down to the limit.
  audit_trail: ['audit_pkey'],
  // What came with answers and has not been sent on yet.
  media_to_pass: ['media_pass'],
  // The few people who act on complaints.
  insert_staff: ['staff_number_unique'],
  tasks_unattended: ['staff_role'],
  tasks_total_unattended: ['staff_role'],
  pinged_in: ['all of ping_hours'],
}

function queries(): readonly Query[] {
  const all: Query[] = []
  const nobody = { query: () => {} } as unknown as pg.Client
  const parts = { seal: createSeal(KEY), clock: () => NOW, clockOffsetMs: 0 }
  const source = {
    ...sourceOver(nobody, parts),
    prepare<P>(name: string, query: { prepare(): P }) {
      const made = (query as { prepare(name: string): P }).prepare(name)
      const { sql } = (made as unknown as { getQuery(): { sql: string } }).getQuery()
      all.push({ name, sql })
      return made
    },
  } as ReturnType<typeof sourceOver>
  readsOver(source)
  writesOver(source, () => 'id')
  return all
}

const all = queries()

const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** Reading a relation without a condition that an index answers. */
function wholeReads(plan: Plan): readonly string[] {
  return nodesOf(plan)
    .filter((node) => /Scan$/.test(node['Node Type']) && node['Index Cond'] === undefined)
    .filter(
      (node) => node['Relation Name'] !== undefined && node['Node Type'] !== 'Bitmap Heap Scan',
    )
    .map((node) => node['Index Name'] ?? `all of ${node['Relation Name']}`)
}

test('no two prepared queries share a name', () => {
  const texts = new Map<string, Set<string>>()
  for (const { name, sql } of all) texts.set(name, (texts.get(name) ?? new Set()).add(sql))
  expect([...texts].filter(([, sqls]) => sqls.size > 1).map(([name]) => name)).toEqual([])
})

test('every prepared query is answered by an index', async () => {
  const url = await freshDatabase()
  await (await openStore({ ...PARTS, url })).close()
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  await db.query('set enable_seqscan = off; set plan_cache_mode = force_generic_plan')
  const found: Record<string, readonly string[]> = {}
  for (const [i, { name, sql }] of all.entries()) {
    await db.query(`prepare q${i} as ${sql}`)
    const places = new Set(sql.match(/\$\d+/g) ?? []).size
    const values = places === 0 ? '' : `(${Array.from({ length: places }, () => 'null').join()})`
    const { rows } = await db.query(`explain (format json) execute q${i}${values}`)
    const [explained] = (rows as { 'QUERY PLAN': { Plan: Plan }[] }[])[0]?.['QUERY PLAN'] ?? []
    if (explained === undefined) throw new Error(`no plan for ${name}`)
    const whole = wholeReads(explained.Plan).filter((read) => !ALLOWED[name]?.includes(read))
    if (whole.length > 0) found[name] = whole
  }
  await db.end()
  expect(all.length).toBeGreaterThan(80)
  expect(found).toEqual({})
})

test('what is due is looked up row by row, whatever the planner believes', async () => {
  const url = await freshDatabase()
  await (await openStore({ ...PARTS, url })).close()
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  // As if this were the dearest way: only where there is no other it is taken all the same.
  await db.query('set enable_nestloop = off')
  const { sql } = all.find(({ name }) => name === 'clocks_due') ?? { sql: '' }
  await db.query(`prepare due as ${sql}`)
  const { rows } = await db.query('explain (format json) execute due(1, 1000)')
  await db.end()
  const [explained] = (rows as { 'QUERY PLAN': { Plan: Plan }[] }[])[0]?.['QUERY PLAN'] ?? []
  const kinds = explained === undefined ? [] : nodesOf(explained.Plan).map((n) => n['Node Type'])
  expect(kinds.filter((kind) => /Join|Nested Loop/.test(kind))).toEqual([
    'Nested Loop',
    'Nested Loop',
  ])
})
