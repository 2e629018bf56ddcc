// A PostgreSQL looked at from outside: reached, ours, of an age we know. Looking changes nothing in it.

import type pg from 'pg'
import { ageTrouble, COUNTED, contentsFrom, type DatabaseState, keyTrouble } from './contents.ts'
import type { Seal } from './seal.ts'

export interface PostgresState extends DatabaseState {
  /** Without user and password. */
  readonly name: string
}

/** Rejects with one sentence when it cannot be reached, and never with the password. */
export async function lookAtPostgres(url: string, seal: Seal): Promise<PostgresState> {
  // Only where it is used, as in open.ts: its library costs every start and command that has SQLite.
  const { ageOf, clientOf, keyFits, whyNot } = await import('./postgres-start.ts')
  const client = clientOf(url)
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(whyNot(error, client), { cause: error })
  }
  try {
    const name = `${client.database} at ${client.host}:${client.port}`
    const age = await ageOf(client)
    const counts = age === 'none' ? new Map<string, number>() : await counted(client)
    const count = (sql: string) => counts.get(sql) ?? 0
    const troubles = [
      ...((await keyFits(client, seal)) ? [] : [keyTrouble(name)]),
      ...(age === 'newer' ? [ageTrouble(name)] : []),
    ]
    return { name, age, troubles, stuck: count(COUNTED.stuck), ...contentsFrom(count) }
  } finally {
    await client.end().catch(() => {})
  }
}

async function counted(client: pg.Client): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const sql of Object.values(COUNTED)) {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    counts.set(sql, Number(rows[0]?.[0] ?? 0))
  }
  return counts
}
