// One database to be filled by SQL, SQLite or PostgreSQL: the same statements but for a word here and there.
// For filling alone nothing is waited for and no foreign key is looked after; what is measured is opened anew.

import Database from 'better-sqlite3'
import pg from 'pg'

export interface FillDatabase {
  /** Several statements at once. */
  run(sql: string): Promise<void>
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Puts many rows of texts and whole numbers into a table. */
  put(table: string, rows: readonly (readonly (string | number)[])[]): Promise<void>
  /** A whole number as lower-case hex of this width. */
  hex(number: string, width: number): string
  /** Stands behind the columns of an insert that gives identities itself. */
  readonly overriding: string
  /** Goes on counting identities after those that were given. */
  readonly afterwards: readonly string[]
  /** On the disk and, on PostgreSQL, as vacuumed and analysed as it would be after some years. */
  close(): Promise<void>
}

export function openForFilling(url: string): Promise<FillDatabase> {
  return url.startsWith('sqlite:')
    ? Promise.resolve(onSqlite(url.slice('sqlite:'.length)))
    : onPostgres(url)
}

function onSqlite(path: string): FillDatabase {
  const db = new Database(path)
  for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -1000000'])
    db.pragma(pragma)
  return {
    run: async (sql) => void db.exec(sql),
    rows: async (sql) => db.prepare(sql).all() as Record<string, unknown>[],
    async put(table, rows) {
      const slots = (rows[0] ?? []).map(() => '?').join(', ')
      const insert = db.prepare(`insert into ${table} values (${slots})`)
      db.transaction(() => {
        for (const row of rows) insert.run(...row)
      })()
    },
    hex: (number, width) => `printf('%0${width}x', ${number})`,
    overriding: '',
    afterwards: [],
    async close() {
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    },
  }
}

const GIVEN_IDS = [
  ['events', 'id'],
  ['outbox', 'seq'],
  ['audit', 'id'],
] as const

async function onPostgres(url: string): Promise<FillDatabase> {
  const db = new pg.Client({ connectionString: url })
  // Told by the statement in hand; without a listener the server's end would hide what went wrong.
  db.on('error', () => {})
  await db.connect()
  await db.query('set synchronous_commit = off; set session_replication_role = replica')
  return {
    run: async (sql) => void (await db.query(sql)),
    rows: async (sql) => (await db.query(sql)).rows as Record<string, unknown>[],
    async put(table, rows) {
      const columns = (rows[0] ?? []).map((_, place) => rows.map((row) => row[place]))
      const types = (rows[0] ?? []).map((value) => (typeof value === 'number' ? 'bigint' : 'text'))
      const arrays = types.map((type, place) => `$${place + 1}::${type}[]`)
      await db.query(`insert into ${table} select * from unnest(${arrays.join(', ')})`, columns)
    },
    hex: (number, width) => `lpad(to_hex(cast(${number} as bigint)), ${width}, '0')`,
    overriding: 'overriding system value',
    afterwards: GIVEN_IDS.map(
      ([table, id]) =>
        `select setval(pg_get_serial_sequence('${table}', '${id}'), coalesce((select max(${id}) from ${table}), 1))`,
    ),
    async close() {
      await db.query('vacuum analyze')
      await db.query('checkpoint')
      await db.end()
    },
  }
}
