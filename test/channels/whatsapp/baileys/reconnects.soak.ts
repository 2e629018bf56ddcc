// Two hundred connections, one after another, in one process: nothing of them stays.

import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { inHouse, until } from './harness.ts'

const ROUNDS = 200
const WARM = 20

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

async function heapMb(): Promise<number> {
  // What the last connections had asked is given up by then.
  await pause(7_000)
  collect()
  collect()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

const timers = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length

test('two hundred reconnects leave neither heap nor timers nor listeners behind', () =>
  inHouse(async (house) => {
    const { fake } = house
    const warnings: string[] = []
    const warned = (warning: Error) => void warnings.push(warning.name)
    process.on('warning', warned)
    await house.start()
    let before = { heap: 0, timers: 0 }
    for (let round = 1; round <= ROUNDS; round += 1) {
      house.push(120_000)
      fake.streamError(round % 2 === 0 ? 515 : 503)
      await until(() => fake.opened() === round + 1)
      if (round === WARM) before = { heap: await heapMb(), timers: timers() }
    }
    const after = { heap: await heapMb(), timers: timers() }
    process.off('warning', warned)
    process.stdout.write(`reconnects: ${JSON.stringify({ before, after })}\n`)
    expect(warnings.filter((name) => name === 'MaxListenersExceededWarning')).toEqual([])
    expect(after.heap - before.heap).toBeLessThan(10)
    expect(after.timers - before.timers).toBeLessThan(10)
  }))
