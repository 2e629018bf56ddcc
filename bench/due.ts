// (g) The scan for due steps at 1,000 and at 100,000 open cases with the same number due, beside a bare reading of the
// same rows by their key in the same run: it should take a time proportional to what is due, whatever is open.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getTableColumns } from 'drizzle-orm'
import { pino } from 'pino'
import type { City } from '../src/city/city.ts'
import { localDate } from '../src/complaints/clocks.ts'
import { fileComplaint } from '../src/complaints/filing.ts'
import { rulesInForce } from '../src/complaints/routing.ts'
import { createNewId } from '../src/ids.ts'
import { settingsAndCity } from '../src/startup.ts'
import { openStore } from '../src/store/open.ts'
import * as schema from '../src/store/schema.sqlite.ts'
import type { Store } from '../src/store/store.ts'
import { startPostgres } from '../test/support/postgres-server.ts'
import { line, median } from './load.ts'
import { type FillDatabase, openForFilling } from './million-database.ts'

const OPEN = [1_000, 100_000] as const
const DUE = [10, 100, 900] as const
const TIMES = 30
const FIRST = 10_000_001
const DAY_MS = 86_400_000
const newId = createNewId(Date.now, randomUUID)

/** Medians in milliseconds: of the store's own scan, and of the same rows read by their key. */
interface Figures {
  readonly scan: number
  readonly bare: number
}

export async function dueScan(): Promise<void> {
  const { city } = settingsAndCity({ LOG_LEVEL: 'silent' })
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-due-'))
  console.log('\n(g) scan for due steps, ms (median), the same number due at each size')
  try {
    await compare('SQLite', (open) => `sqlite:${join(folder, `${open}.db`)}`, city)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const server = await startPostgres(true)
  try {
    const urls = new Map<number, string>()
    const db = await openForFilling(server.url)
    for (const open of OPEN) {
      await db.run(`create database due_${open}`)
      urls.set(open, server.url.replace(/\/postgres$/, `/due_${open}`))
    }
    await db.close()
    await compare('PostgreSQL', (open) => urls.get(open) ?? '', city)
  } finally {
    await server.remove()
  }
}

async function compare(name: string, urlOf: (open: number) => string, city: City) {
  const all = new Map<string, Figures>()
  for (const open of OPEN)
    for (const [due, figures] of await measured(urlOf(open), open, city))
      all.set(`${open} ${due}`, figures)
  for (const due of DUE) {
    const [few, many] = OPEN.map((open) => all.get(`${open} ${due}`)) as [Figures, Figures]
    line(`  ${name}, ${due} due of ${OPEN[0]} open`, few.scan.toFixed(2), beside(few))
    const ratio = `${(many.scan / few.scan).toFixed(2)} times that (reach 1.5)`
    line(
      `  ${name}, ${due} due of ${OPEN[1]} open`,
      many.scan.toFixed(2),
      `${ratio}, ${beside(many)}`,
    )
  }
}

function beside({ scan, bare }: Figures): string {
  return `${(scan / bare).toFixed(1)} times a bare reading of those rows`
}

async function measured(
  url: string,
  open: number,
  city: City,
): Promise<ReadonlyMap<number, Figures>> {
  const now = new Date()
  const log = pino({ level: 'silent' })
  const parts = { url, dataKey: Buffer.alloc(32, 1), clock: () => new Date(), newId, log }
  const filling = await openStore(parts)
  const ticket = await oneFiled(filling, city, now)
  await filling.close()
  const db = await openForFilling(url)
  await multiplied(db, ticket, open, now)
  const store = await openStore(parts)
  const figures = new Map<number, Figures>()
  for (const due of DUE) {
    await db.run(`update clocks set next_at = ${now.getTime() + 30 * DAY_MS}`)
    // Spread over all, as clocks fall due: not the rows that lie together.
    const step = Math.floor((open - 1) / due)
    const chosen = Array.from({ length: due }, (_, n) => `'${FIRST + n * step}'`).join(', ')
    await db.run(
      `update clocks set next_at = ${now.getTime() - 60_000} where ticket in (${chosen})`,
    )
    if (url.startsWith('postgres')) await db.run('vacuum analyze clocks')
    const scan = await timed(async () => {
      const found = await store.dueClocks(now, 1_000)
      if (found.length !== due) throw new Error(`${found.length} were due, not ${due}`)
    })
    const bare = await timed(async () => {
      await db.rows(`select * from complaints where ticket in (${chosen})`)
      await db.rows(`select * from clocks where ticket in (${chosen})`)
    })
    figures.set(due, { scan, bare })
  }
  await store.close()
  await db.close()
  return figures
}

async function oneFiled(store: Store, city: City, now: Date): Promise<string> {
  const ticket = String(FIRST - 1)
  const rules = rulesInForce(city.clocks, localDate(now, city.zone))
  const { complaint, event } = fileComplaint(
    {
      ...{ ticket, class: 'complaint', category: city.categories[0]?.id ?? null },
      ...{ proposedAgency: null, text: 'lampu jalan mati', channel: 'sms', language: 'id' },
      place: { kelurahan: null, kecamatan: null, text: 'gang 5', lat: null, lon: null },
      ...{ anonymous: false, confidential: false, urgent: false, overLimit: false },
    },
    { now, calendar: city.calendar, rules },
  )
  const change = { expectVersion: 0, complaint, events: [event], tallies: [] }
  const outcome = await store.commitMove({ now, changes: [change], outbound: [] })
  if (outcome !== 'committed') throw new Error(`the first case was ${outcome}`)
  return ticket
}

/** Every case is the first one again, under another ticket. */
async function multiplied(db: FillDatabase, ticket: string, open: number, now: Date) {
  const later = `${now.getTime() + 30 * DAY_MS}`
  for (const [name, columns] of [
    ['complaints', schema.complaints],
    ['clocks', schema.clocks],
  ] as const) {
    const names = Object.values(getTableColumns(columns)).map((column) => column.name)
    const values = names.map((column) =>
      column === 'ticket' ? 'cast(n.i as text)' : `m.${column}`,
    )
    await db.run(`insert into ${name} (${names.join(', ')})
      with recursive n(i) as (select ${FIRST} union all select i + 1 from n where i < ${FIRST + open - 2})
      select ${values.join(', ')} from ${name} m, n where m.ticket = '${ticket}'`)
  }
  await db.run(`update clocks set next_at = ${later}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const values: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const begun = performance.now()
    await work()
    if (time >= 5) values.push(performance.now() - begun)
  }
  return median(values)
}
