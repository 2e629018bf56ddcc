// (a) on a real PostgreSQL with fsync, by one gateway and by two, and what a turn costs in round trips.
// Gateways, database and load share all cores: a scale for one machine, no promise for three.

import { connect, createServer, type Server, type Socket } from 'node:net'
import { startPostgres } from '../test/support/postgres-server.ts'
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
    line('  round trips per turn', trips.toFixed(2), '(reach at most 4)')
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

/** One turn after the other through a proxy that counts how often the gateway asks after it was answered. */
async function roundTripsPerTurn(databaseUrl: string, providerUrl: string): Promise<number> {
  const proxy = await countingProxy(databaseUrl)
  const target = await startTarget('grouped', providerUrl, { databaseUrl: proxy.url })
  await load(target.url, 1, freshForms(20))
  const before = proxy.trips()
  await load(target.url, 1, freshForms(COUNTED_TURNS))
  const trips = proxy.trips() - before
  await target.end()
  proxy.end()
  return trips / COUNTED_TURNS
}

interface CountingProxy {
  readonly url: string
  trips(): number
  end(): void
}

async function countingProxy(databaseUrl: string): Promise<CountingProxy> {
  const to = new URL(databaseUrl)
  const open = new Set<Socket>()
  let trips = 0
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname)
    let asking = false
    near.on('data', (bytes) => {
      if (!asking) trips++
      asking = true
      far.write(bytes)
    })
    far.on('data', (bytes) => {
      asking = false
      near.write(bytes)
    })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
  })
  to.port = String(await listening(server))
  return {
    url: to.href,
    trips: () => trips,
    end: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
