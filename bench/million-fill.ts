// Fills a store that the gateway has already written into: each stored row is a template, multiplied by SQL.
// Numbers of people are sealed and digested as the gateway does it, so that any of them may write again.

import { getTableColumns } from 'drizzle-orm'
import type { City } from '../src/city/city.ts'
import type { Chance } from '../src/clock.ts'
import { newTicket } from '../src/complaints/ticket.ts'
import type { Address } from '../src/message.ts'
import { ADDRESS_PURPOSE } from '../src/store/queries/people.ts'
import * as schema from '../src/store/schema.sqlite.ts'
import { createSeal } from '../src/store/seal.ts'
import { type FillDatabase, openForFilling } from './million-database.ts'
import { filedAt, idAt, type Plan } from './million-facts.ts'
import { type Filling, fillings } from './million-rows.ts'

const CHUNK = 20_000
const QUARTER_MS = 15 * 60_000
const QUARTERS = 3 * 365 * 96

/** Of the person with this number, 1 and up; nobody else in a benchmark has it. */
export const knownNumber = (person: number) => `+62811${10_000_000 + person}`

export interface FillParts {
  readonly url: string
  readonly dataKey: Buffer
  readonly city: City
  readonly complaints: number
  readonly people: number
}

/** Resolves with how long it took, in seconds. */
export async function fill(parts: FillParts): Promise<number> {
  const begun = performance.now()
  const db = await openForFilling(parts.url)
  const [row] = await db.rows('select max(id) as last from events')
  const plan: Plan = { ...parts, now: Date.now(), lastEvent: Number(row?.last ?? 0) }
  await db.run(`create table bench_people (n bigint primary key, born bigint, digest text, sealed text, person text, address text);
    create table bench_cases (i bigint primary key, ticket text, by bigint)`)
  await people(db, plan, parts.dataKey)
  await cases(db, plan)
  const tables = fillings(plan, db)
  for (let from = 1; from <= plan.complaints; from += CHUNK)
    for (const one of tables) await db.run(inserting(db, one, from, from + CHUNK - 1))
  await usage(db, plan)
  for (const sql of db.afterwards) await db.run(sql)
  await db.run('drop table bench_people; drop table bench_cases')
  await db.close()
  return (performance.now() - begun) / 1000
}

async function people(db: FillDatabase, plan: Plan, dataKey: Buffer): Promise<void> {
  const seal = createSeal(dataKey)
  for (let from = 1; from <= plan.people; from += CHUNK) {
    const count = Math.min(CHUNK, plan.people - from + 1)
    const rows = Array.from({ length: count }, (_, offset) => {
      const n = from + offset
      const address: Address = `sms:${knownNumber(n)}`
      const born = filedAt(plan, Math.floor((n * plan.complaints) / plan.people))
      return [n, born, seal.digest(address), seal.seal(address, ADDRESS_PURPOSE), '', '']
    })
    await db.put('bench_people', rows)
  }
  await db.run(
    `update bench_people set person = ${idAt(db, 'born', 3, 'n')}, address = ${idAt(db, 'born', 4, 'n')}`,
  )
  await db.run(
    'insert into people (id, created_at) select person, born from bench_people order by n',
  )
  const [known] = await db.rows('select state from addresses where state is not null limit 1')
  const columns = {
    id: 'p.address',
    state: `'${restedState(String(known?.state)).replaceAll("'", "''")}'`,
    person_id: 'p.person',
    digest: 'p.digest',
    sealed: 'p.sealed',
    created_at: 'p.born',
    last_in_at: 'p.born',
  }
  const like = 'state is not null'
  await db.run(
    `${copying(db, { table: 'addresses', each: 1, columns, like })}, bench_people p order by p.n`,
  )
}

/** What a conversation remembers once nothing of it is open or new any more. */
function restedState(state: string): string {
  return JSON.stringify({ ...(JSON.parse(state) as object), window: null, recent: [] })
}

/** Whoever came early has written more often; a hundred people write day after day. */
async function cases(db: FillDatabase, plan: Plan): Promise<void> {
  const chance = chanceFrom(7)
  const known = await db.rows('select ticket from complaints')
  const taken = new Set(known.map(({ ticket }) => String(ticket)))
  const fresh = (): string => {
    let ticket = newTicket(chance)
    while (taken.has(ticket)) ticket = newTicket(chance)
    taken.add(ticket)
    return ticket
  }
  for (let from = 1; from <= plan.complaints; from += CHUNK) {
    const count = Math.min(CHUNK, plan.complaints - from + 1)
    const rows = Array.from({ length: count }, (_, offset) => {
      const i = from + offset
      const people = Math.max(1, Math.floor((i * plan.people) / plan.complaints))
      return [i, fresh(), 1 + chance(i % 50 === 0 ? Math.min(100, people) : people)]
    })
    await db.put('bench_cases', rows)
  }
}

/** The same numbers in every run (mulberry32). */
function chanceFrom(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** An account's segments by the quarter of an hour, as they are counted for its daily budget. */
async function usage(db: FillDatabase, { now }: Plan): Promise<void> {
  const last = Math.floor(now / QUARTER_MS) - 1
  await db.run(`insert into segment_use (account, quarter, segments)
    with recursive q(n) as (select 1 union all select n + 1 from q where n < ${QUARTERS})
    select 'twilio', ${last} - n, 14 from q`)
}

function inserting(db: FillDatabase, filling: Filling, from: number, to: number): string {
  const each = Array.from({ length: filling.each }, (_, k) => `select ${k} as k`)
  return `${copying(db, filling)}, bench_cases c join bench_people p on p.n = c.by
    cross join (${each.join(' union all ')}) e
    where c.i between ${from} and ${to} and (${filling.where ?? 'true'}) order by c.i`
}

/** `insert … select …` whose every column comes from the filling or else from the template. */
function copying(db: FillDatabase, { table, columns, like, numbered }: Filling): string {
  const names = Object.values(getTableColumns(tableOf(table)))
    .map(({ name }) => name)
    .filter((name) => name !== numbered)
  const unknown = Object.keys(columns).filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`${table} has no ${unknown}`)
  const values = names.map((name) => columns[name] ?? `m.${name}`)
  const whole = names.every((name) => name in columns)
  const template = whole ? 'select 1' : `select * from ${table} where ${like ?? 'true'} limit 1`
  return `insert into ${table} (${names.join(', ')}) ${db.overriding}
    select ${values.join(', ')} from (${template}) m`
}

function tableOf(name: string) {
  const table = Object.entries(schema).find(([key]) => key === name)?.[1]
  if (table === undefined) throw new Error(`there is no table ${name}`)
  return table
}
