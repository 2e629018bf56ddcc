// `replay`: decides stuck messages again, oldest first, by the same turn as any other; the answers go into the outbox.
// On SQLite the gateway must be stopped for it: one process holds the file. It sends when it is started again.

import { measure } from '../channels/measure.ts'
import { createGateway } from '../gateway.ts'
import { createHerald } from '../notify/herald.ts'
import { openLog } from '../startup.ts'
import { isPostgres, openStore } from '../store/open.ts'
import type { StuckMessage } from '../store/operating-port.ts'
import { openForReading, sqlitePath } from '../store/sqlite-file.ts'
import type { Store } from '../store/store.ts'
import { givenAll, keyOf } from './given.ts'
import type { ExitCode, Machine } from './machine.ts'

const PAGE = 100

export async function replay(machine: Machine): Promise<ExitCode> {
  const { settings, city } = givenAll(machine)
  const { newId, chance } = machine
  const clock = machine.clockOf(settings.clockOffsetMs)
  const log = openLog(settings, true)
  const { databaseUrl: url, coordinators, shortCode } = settings
  // Opening a store would make a database where there is none.
  if (!isPostgres(url)) openForReading(sqlitePath(url, 'nothing is kept in it')).close()
  const { clockOffsetMs } = settings
  const dataKey = keyOf(settings)
  const store = await openStore({ url, dataKey, clock, clockOffsetMs, newId, log })
  try {
    const herald = await createHerald({ store, city, measure, coordinators, clock, newId })
    const channels = await machine.channelsOf(settings)
    const gateway = createGateway({
      ...{ store, city, shortCode, channels, herald, clock, newId, chance, log },
      observe: { inbound() {}, turn() {} },
      onReceipt: async () => {},
      wake: () => {},
    })
    let decided = 0
    let left = 0
    for await (const { message } of allStuck(store)) {
      const outcome = await gateway.replay(message)
      if (outcome === 'stuck') left += 1
      else decided += 1
    }
    machine.print(`${decided} stuck messages were decided; ${left} are still stuck`)
    return left === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

async function* allStuck(store: Store): AsyncGenerator<StuckMessage> {
  let last: StuckMessage | undefined
  do {
    const page = await store.stuck(PAGE, last)
    yield* page
    last = page.at(-1)
  } while (last !== undefined)
}
