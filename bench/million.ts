// npm run bench:million [--complaints 50000]: (a) again on a store that holds a million complaints and three
// million messages, beside the empty store in the same run; then how long each call of the store takes on both.
// Half of the writers are new, half have complaints already. SQLite is not analysed: the gateway does not do it.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { settingsAndCity } from '../src/startup.ts'
import { startPostgres } from '../test/support/postgres-server.ts'
import { freshForms, line, load, median, RUNS, turnsPerSecond } from './load.ts'
import { type NumberOf, newNumber } from './messages.ts'
import { printCalls, timeCalls } from './million-calls.ts'
import { fill, knownNumber } from './million-fill.ts'
import { type Provider, pinSelf, startProvider, startTarget, unpinSelf } from './processes.ts'

const CONNECTIONS = 64
const PEOPLE_PER_COMPLAINT = 0.4
const TEMPLATES = 40
const SENT_MS = 3_000
/** What a server of this size is given; the tests' own is small. */
const POSTGRES = ['shared_buffers=1GB', 'max_wal_size=8GB']

const { values } = parseArgs({
  options: {
    complaints: { type: 'string', default: '1000000' },
    only: { type: 'string', default: 'sqlite,postgres' },
  },
})
const complaints = Number(values.complaints)
const people = Math.floor(complaints * PEOPLE_PER_COMPLAINT)
const dataKey = Buffer.alloc(32, 1)
const { city } = settingsAndCity({ LOG_LEVEL: 'silent' })

/** Every other one has complaints in the full store already; in the empty one they are new as well. */
const halfKnown: NumberOf = (person, round) =>
  person % 2 === 0
    ? newNumber(person, round)
    : knownNumber(1 + (((round * 50_000 + person) * 7_919) % people))

async function measured(databaseUrl: string, busy: Provider): Promise<number> {
  const target = await startTarget('grouped', busy.url, { databaseUrl })
  try {
    return await turnsPerSecond([target], CONNECTIONS, halfKnown)
  } finally {
    await target.end()
  }
}

/** The gateway's own rows, sent and settled: what the filling multiplies. */
async function writeTemplates(databaseUrl: string): Promise<void> {
  const ready = await startProvider('ready')
  const target = await startTarget('grouped', ready.url, { databaseUrl })
  await load(target.url, 4, freshForms(TEMPLATES))
  await new Promise((resolve) => setTimeout(resolve, SENT_MS))
  await target.end()
  ready.end()
}

interface Place {
  readonly name: string
  /** An empty database. */
  fresh(): Promise<string>
  megabytes(url: string): Promise<number>
}

async function compare({ name, fresh, megabytes }: Place): Promise<void> {
  const busy = await startProvider('busy')
  const url = await fresh()
  await writeTemplates(url)
  const seconds = await fill({ url, dataKey, city, complaints, people })
  const size = await megabytes(url)
  const calls = await timeCalls({ emptyUrl: await fresh(), fullUrl: url, dataKey, city, people })
  const empty: number[] = []
  const full: number[] = []
  // By turns, so that whatever else the machine does is done to both.
  for (let run = 0; run < RUNS; run++) {
    empty.push(await measured(await fresh(), busy))
    full.push(await measured(url, busy))
  }
  console.log(`\n(e) full turns per second on ${name}, ${CONNECTIONS} connections`)
  line('  filled with complaints', String(complaints), `${seconds.toFixed(0)} s, ${size} MB`)
  const ratio = median(full) / median(empty)
  line('  the empty store', median(empty).toFixed(0))
  line('  the full store', median(full).toFixed(0), `${ratio.toFixed(2)} of it (reach 0.6)`)
  printCalls(calls)
  busy.end()
}

async function onSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-million-'))
  let made = 0
  try {
    await compare({
      name: 'SQLite',
      fresh: async () => `sqlite:${join(folder, `${made++}.db`)}`,
      megabytes: async (url) => Math.round(statSync(url.slice('sqlite:'.length)).size / 2 ** 20),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function onPostgres(): Promise<void> {
  // Gateway, load and database share all cores.
  unpinSelf()
  const server = await startPostgres(true, POSTGRES)
  let made = 0
  try {
    await compare({
      name: 'PostgreSQL',
      async fresh() {
        const name = `million_${made++}`
        await asking(server.url, `create database ${name}`)
        return server.url.replace(/\/postgres$/, `/${name}`)
      },
      async megabytes(url) {
        const [row] = await asking(url, 'select pg_database_size(current_database()) as bytes')
        return Math.round(Number(row?.bytes) / 2 ** 20)
      },
    })
  } finally {
    await server.remove()
  }
}

async function asking(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  const { rows } = await db.query(sql)
  await db.end()
  return rows as Record<string, unknown>[]
}

console.log(pinSelf() ? 'server on core 0, load on core 1' : 'cores could not be pinned')
console.log(`load average before: ${loadavg()[0]?.toFixed(1)}`)
if (values.only.includes('sqlite')) await onSqlite()
if (values.only.includes('postgres')) await onPostgres()
