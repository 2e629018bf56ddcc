// Makes sure of a PostgreSQL before it is used: reached, sealed with our key, not newer than we are, migrated.
// Several processes may start at once: the one that holds the lock migrates, the others wait and find it done.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { codeOf, withoutWords } from './postgres-errors.ts'
import type { Seal } from './seal.ts'
import type { StoreLog } from './sqlite.ts'

/** Beside this file in src and in dist; scripts/copy-migrations.mjs carries it there. */
const MIGRATIONS = fileURLToPath(new URL('./migrations/postgres', import.meta.url))
/** Any number will do, as long as nobody else locks by it: "kentonga" in ASCII. */
const MIGRATION_LOCK = '7738135607072419681'
const CONNECT_MS = 5_000

const SEAL_CHECK = 'seal'
const SEAL_WORDS = 'kentongan'

/** Rejects with one sentence that names the thing and the cure, and never the password. */
export async function preparePostgres(url: string, seal: Seal, log: StoreLog): Promise<void> {
  const client = clientOf(url)
  // Told by the query in hand; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(whyNot(error, client), { cause: error })
  }
  try {
    await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`)
    const name = `${client.database} at ${client.host}:${client.port}`
    await checkKey(client, seal, name)
    // A user who may only read and write rows can start on tables that are made already.
    if ((await knownAge(client, name)) !== 'same')
      await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS })
    await storeKeyCheck(client, seal)
    await warnOfLooseCommits(client, log)
  } catch (error) {
    throw whyNotAllowed(error, client) ?? error
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => {})
  }
}

export function clientOf(url: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      application_name: 'kentongan',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
  } catch {
    // What it says repeats the URL, and with it the password.
    throw new Error(
      'DATABASE_URL is not understood; set postgres://USER:PASSWORD@HOST:PORT/DATABASE',
    )
  }
}

export function whyNot(error: unknown, { host, port, user, database }: pg.Client): string {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown }
  switch (code) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${host}:${port} does not let ${user} in (${code}); correct the user or the password in DATABASE_URL, or pg_hba.conf`
    case '3D000':
      return `PostgreSQL at ${host}:${port} has no database ${database}; create it, or correct DATABASE_URL`
    default:
      return `PostgreSQL at ${host}:${port} cannot be reached (${code ?? message}); start it, or correct DATABASE_URL`
  }
}

/** Null: it is not a right that is missing. */
function whyNotAllowed(error: unknown, { user, database }: pg.Client): Error | null {
  const cause = withoutWords(error)
  if (codeOf(cause) !== '42501' || !(cause instanceof Error)) return null
  const told = `PostgreSQL does not let ${user} do what a start needs in ${database} (${cause.message})`
  const cure = `make ${user} its owner, or let its owner start once and then grant ${user} all rights on its tables and usage of the schema drizzle with select on its table`
  return new Error(`${told}; ${cure}`, { cause })
}

async function checkKey(client: pg.Client, seal: Seal, name: string): Promise<void> {
  if (await keyFits(client, seal)) return
  throw new Error(
    `DATA_KEY does not fit the database ${name}: it was sealed with another key; give that one, or another DATABASE_URL`,
  )
}

/** True also for a database that no key has sealed yet. */
export async function keyFits(client: pg.Client, seal: Seal): Promise<boolean> {
  if (!(await hasTable(client, 'meta'))) return true
  const { rows } = await client.query('select value from meta where key = $1', [SEAL_CHECK])
  const [row] = rows as readonly { readonly value: string }[]
  if (row === undefined) return true
  try {
    return seal.open(row.value, SEAL_CHECK) === SEAL_WORDS
  } catch {
    // A wrong key and a spoilt check look the same.
    return false
  }
}

async function storeKeyCheck(client: pg.Client, seal: Seal): Promise<void> {
  const sealed = seal.seal(SEAL_WORDS, SEAL_CHECK)
  const insert = 'insert into meta (key, value) values ($1, $2) on conflict do nothing'
  await client.query(insert, [SEAL_CHECK, sealed])
}

/** Refuses a database that a newer version has already changed. */
async function knownAge(client: pg.Client, name: string) {
  const age = await ageOf(client)
  if (age === 'newer')
    throw new Error(
      `the database ${name} was written by a newer version; start that version, or restore an older backup`,
    )
  return age
}

/** Whether the tables are as this program has them; `none`: there are none yet. */
export async function ageOf(client: pg.Client): Promise<'none' | 'older' | 'same' | 'newer'> {
  if (!(await hasTable(client, 'drizzle.__drizzle_migrations'))) return 'none'
  const { rows } = await client.query(
    'select max(created_at) as at from drizzle.__drizzle_migrations',
  )
  const [row] = rows as readonly { readonly at: string | null }[]
  const journal: unknown = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8'))
  const known = (journal as { entries: { when: number }[] }).entries.map((entry) => entry.when)
  const newest = Number(row?.at ?? 0)
  if (newest === Math.max(...known)) return 'same'
  return newest > Math.max(...known) ? 'newer' : 'older'
}

async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query('select to_regclass($1) as found', [name])
  return (rows as readonly { readonly found: string | null }[])[0]?.found !== null
}

/** What was acknowledged would be lost when the server loses its power. */
async function warnOfLooseCommits(client: pg.Client, log: StoreLog): Promise<void> {
  const { rows } = await client.query('show synchronous_commit')
  const [row] = rows as readonly { readonly synchronous_commit: string }[]
  if (row?.synchronous_commit === 'off')
    log.warn({}, 'synchronous_commit is off: a crash of PostgreSQL loses messages we acknowledged')
}
