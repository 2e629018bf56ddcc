// A year of a whole town, seeded: two processes over one database, a clock that jumps from one thing to the next.
// What came of it is a log of rows, read from outside; whether it went well, checker.ts says.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { pino } from 'pino'
import type { Address, OutboundMessage } from '../../src/message.ts'
import { openStore } from '../../src/store/open.ts'
import { createAgenda } from './agenda.ts'
import { diceFor } from './chance.ts'
import { type Citizen, peopled } from './citizens.ts'
import { openOffice } from './desk-people.ts'
import { openHouse } from './house.ts'
import { atHour, DAY_MS, HOUR_MS, hourOfDay, type Life } from './life.ts'
import { type Ask, createReader, type Newest, type Reader, type YearLog } from './log.ts'
import { staffed } from './staffing.ts'
import { createTown, type Town } from './town.ts'

export const DATA_KEY = Buffer.alloc(32, 3)
const FROM = new Date('2026-01-05T09:00:00+08:00')

/**
 * Whoever crashes here is forgotten in this process, which lives on: what was committed stands in memory, and what was
 * not is rolled back out of memory. So no log is written, copied into the file and emptied after every erasure. That a
 * commit outlives a process that was killed, the tests of the store show.
 */
const UNKEPT = ['synchronous = OFF', 'journal_mode = MEMORY']

export interface YearParts {
  readonly seed: number
  readonly complaints: number
  /** Of the simulation; a whole year unless told. */
  readonly days?: number
  /** Both processes tick at the same moment this often; else one of them does. */
  readonly raceEvery?: number
  /** `postgres://…`: each process has connections of its own. Else one SQLite file, whose one store both use. */
  readonly postgres?: string
  readonly onSent?: (message: OutboundMessage) => void
  readonly onLog?: (line: string) => void
  /** Looks around in the house at the end. */
  readonly look?: (life: Life, folder: string) => Promise<void>
}

export interface Year {
  readonly town: Town
  readonly citizens: readonly Citizen[]
  readonly log: YearLog
  readonly done: ReadonlyMap<string, number>
  readonly troubles: { readonly crashes: number; readonly faults: number }
  readonly ticks: number
  readonly sent: number
  readonly seconds: number
  /** Of a core, whatever else runs beside it. */
  readonly cpu: number
}

export async function simulated(parts: YearParts): Promise<Year> {
  const began = performance.now()
  const { seed, complaints, days = 360 } = parts
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-year-'))
  const url = parts.postgres ?? `sqlite:${join(folder, 'year.db')}`
  const town = createTown(seed, FROM, days)
  const agenda = createAgenda()
  const ears: Life['ears'] = new Map()
  const deaf = new Map<Address, number>()
  let sent = 0
  const house = await openHouse({
    ...{ city: town.city, seed, from: FROM, apart: parts.postgres !== undefined },
    openStore: (clock, newId) =>
      openStore({
        ...{ url, dataKey: DATA_KEY, clock, newId, log: pino({ level: 'silent' }) },
        pragmas: UNKEPT,
      }),
    onSent: (message) => {
      sent += 1
      parts.onSent?.(message)
      ears.get(message.to)?.hear(message.text)
    },
    answer: (to) =>
      (deaf.get(to) ?? Number.POSITIVE_INFINITY) <= house.now().getTime() ? 'rejected' : 'accepted',
    onLog: parts.onLog ?? (() => {}),
    mediaDir: join(folder, 'media'),
  })
  const { ask, close } = await asking(url)
  const reader = createReader(ask)
  const from = FROM.getTime()
  const done = new Map<string, number>()
  const life: Life = {
    ...{ seed, town, house, agenda, ask, ears, from, end: from + days * DAY_MS, done },
  }
  try {
    for (const { address, unreachableFrom } of town.posts)
      if (unreachableFrom !== null) deaf.set(address, unreachableFrom)
    const office = openOffice(life)
    await staffed(life, office, reader.log)
    const citizens = peopled(life, complaints)
    troubles(life)
    const lapse =
      parts.postgres === undefined ? async () => {} : async () => void (await ask(LAPSE))
    const ticks = await passes(life, parts.raceEvery ?? 1, reader.follow, lapse)
    await reader.finish(house.now().getTime())
    await parts.look?.(life, folder)
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage()
    const cpu = (user + system) / 1e6
    return {
      town,
      citizens,
      log: reader.log,
      done,
      troubles: house.troubles,
      ticks,
      sent,
      seconds,
      cpu,
    }
  } finally {
    await house.close()
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * PostgreSQL ends the lease of a message by its own clock, which no year pushes: a minute there is weeks of the year, in
 * which what a dead process had in hand would hold up its whole lane.
 */
const LAPSE = `update outbox set lease_until = 0 where status = 'pending' and lease_until is not null`
const LEASE_MS = 60_000

/** Some by day, and as many in the very moment at which steps are taken. */
function troubles({ seed, agenda, house, from, end }: Life): void {
  const dice = diceFor(seed, 'troubles')
  for (let day = 2; from + day * DAY_MS < end; day += dice.between(1, 6)) {
    const at = from + day * DAY_MS
    const when = dice.percent(50) ? atHour(at, 8) - 1 : at + dice.between(0, 8) * HOUR_MS
    agenda.plan(when, async () => house.trouble())
  }
}

/** Jumps to whatever comes next: something somebody does, something that falls due, the opening of the day. */
async function passes(
  life: Life,
  raceEvery: number,
  follow: Reader['follow'],
  lapse: () => Promise<void>,
): Promise<number> {
  const { house, agenda, ask, end } = life
  let ticks = 0
  let opening = nextOpening(house.now().getTime())
  let troubles = 0
  for (;;) {
    const now = house.now().getTime()
    const due = await nextDue(ask, now)
    await follow(due)
    const next = agenda.next() ?? Number.POSITIVE_INFINITY
    const minute =
      house.troubles.crashes + house.troubles.faults > troubles
        ? now + 60_000
        : Number.POSITIVE_INFINITY
    const at = Math.max(now, Math.min(next, due.tick, due.send, opening, minute))
    if (at >= end) return ticks
    if (at - now >= LEASE_MS) await lapse()
    house.setClock(at)
    if (at >= due.tick || at >= opening || at >= minute) {
      const both = ticks++ % raceEvery === 0
      troubles = house.troubles.crashes + house.troubles.faults
      await house.tick(both)
      troubles = house.troubles.crashes + house.troubles.faults
    } else if (at >= due.send) await house.send()
    if (at >= opening) opening = nextOpening(at)
    if (next <= at) {
      await agenda.take()?.()
      await house.settle()
    }
  }
}

function nextOpening(at: number): number {
  return hourOfDay(at) < 8 ? atHour(at, 8) : atHour(at, 32)
}

interface Due extends Newest {
  readonly tick: number
  readonly send: number
}

/** When something falls due by itself: for the schedule, and for the outbox alone. And how far the tables have grown. */
async function nextDue(ask: Ask, now: number): Promise<Due> {
  const [row] = await ask(
    `select
    (select min(next_at) from clocks where status = 'running' and next_at > ?) as clock,
    (select min(wake_at) from addresses where wake_at is not null and wake_at > ?) as wake,
    (select min(asked_until) from complaints where asked_until is not null and asked_until > ?) as asked,
    (select min(ready_at) from outbox where status = 'pending' and lane = 'reply' and ready_at > ?) as reply,
    (select min(ready_at) from outbox where status = 'pending' and lane = 'notice' and ready_at > ?) as notice,
    (select max(id) from events) as event,
    (select max(seq) from outbox) as message`,
    ...[now, now, now, now, now],
  )
  const of = (...names: readonly string[]) =>
    Math.min(...names.map((name) => Number(row?.[name] ?? Number.POSITIVE_INFINITY)))
  const due = { tick: of('clock', 'wake', 'asked'), send: of('reply', 'notice') }
  return { ...due, event: Number(row?.event ?? 0), message: Number(row?.message ?? 0) }
}

/** A connection of its own, which only reads. */
async function asking(url: string): Promise<{ ask: Ask; close: () => Promise<void> }> {
  if (url.startsWith('sqlite:')) {
    const db = new Database(url.slice('sqlite:'.length), { readonly: true })
    const prepared = new Map<string, Database.Statement>()
    const statement = (sql: string) => {
      const known = prepared.get(sql) ?? db.prepare(sql)
      prepared.set(sql, known)
      return known
    }
    return {
      ask: async (sql, ...values) => statement(sql).all(...values) as Record<string, unknown>[],
      close: async () => void db.close(),
    }
  }
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  return {
    ask: async (sql, ...values) => {
      let n = 0
      const numbered = sql.replaceAll('?', () => `$${++n}`)
      const { rows } = await db.query<Record<string, unknown>>(numbered, [...values])
      return rows
    },
    close: () => db.end(),
  }
}
