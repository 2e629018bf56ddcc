// (a) on a real PostgreSQL with fsync, by one gateway and by two, and what a turn costs in round trips.
// Gateways, database and load share all cores: a scale for one machine, no promise for three.

import { startPostgres } from '../test/support/postgres-server.ts'
import { relayTo } from '../test/support/round-trips.ts'
import { freshForms, line, load, median, RUNS, turnsPerSecond } from './load.ts'
import { pinSelf, startProvider, startTarget, unpinSelf } from './processes.ts'

const CONNECTIONS = 64
const COUNTED_TURNS = 200

export async function onPostgres(): Promise<void> {
  // A child runs where its parent may: else all of them would share the one core of the load.
  unpinSelf()
  const postgres = await startPostgres(true)
  const provider = await startProvider('busy')
  try {
    console.log(`\n(a) on PostgreSQL, ${CONNECTIONS} connections, fsync on`)
    for (const gateways of [1, 2]) {
      const rate = await medianOf(gateways, postgres.url, provider.url)
      line(`  full turns per second, ${gateways} gateway(s)`, rate.toFixed(0))
    }
    const trips = await roundTripsPerTurn(postgres.url, provider.url)
    line(
      '  waits per turn and look into the outbox after it',
      trips.toFixed(2),
      '(a turn alone: at most 4)',
    )
  } finally {
    provider.end()
    await postgres.remove()
    pinSelf()
  }
}

async function medianOf(gateways: number, databaseUrl: string, providerUrl: string) {
  const values: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = () => startTarget('grouped', providerUrl, { databaseUrl })
    const first = await start()
    const targets = [first, ...(gateways > 1 ? [await start()] : [])]
    values.push(await turnsPerSecond(targets, CONNECTIONS))
    for (const target of targets) await target.end()
  }
  return median(values)
}

/**
 * One turn after the other, by way of a relay that counts how often the gateway waits for the database. After each turn
 * the outbox looks whether its account may send; test/store/postgres/round-trips.test.ts counts a turn alone.
 */
async function roundTripsPerTurn(databaseUrl: string, providerUrl: string): Promise<number> {
  const relay = await relayTo(databaseUrl)
  const target = await startTarget('grouped', providerUrl, { databaseUrl: relay.url })
  await load(target.url, 1, freshForms(20))
  const before = relay.waits()
  await load(target.url, 1, freshForms(COUNTED_TURNS))
  const waits = relay.waits() - before
  await target.end()
  await relay.close()
  return waits / COUNTED_TURNS
}
