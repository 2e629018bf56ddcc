// Ten minutes of steady load leave the gateway as large as it was: what it holds is looked at every minute.
// SOAK_MINUTES makes it shorter or longer. The first minutes, in which caches fill, do not count.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import type { Gateway } from '../support/gateway.ts'
import { eventually } from '../support/gateway-process.ts'
import { inWorld } from '../support/world.ts'

const MINUTES = Number(process.env.SOAK_MINUTES ?? 10)
const COUNTED = Math.min(6, MINUTES - 1)
const TURNS_PER_SECOND = 100
const ENOUGH = 0.8
const WORKERS = 16
const MINUTE_MS = 60_000
const GROWTH = 0.1

const preload = fileURLToPath(new URL('../support/preload/tell-memory.mjs', import.meta.url))

interface Memory {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
}

test('ten minutes of load do not make the gateway grow', () =>
  inWorld(async (world) => {
    const file = join(world.folder, 'memory')
    const gateway = await world.start({ preload, env: { MEMORY_FILE: file } })
    const load = steadyLoad(gateway)
    const held: Memory[] = []
    for (let minute = 1; minute <= MINUTES; minute++) {
      await pause(MINUTE_MS)
      held.push(await memoryOf(gateway, file, minute))
    }
    const { turns, refused } = await load.end()
    const megabytes = (name: keyof Memory) =>
      held.map((one) => (one[name] / 2 ** 20).toFixed(1)).join(' ')
    console.log(
      `${turns} turns in ${MINUTES} min; MB after each: resident ${megabytes('rss')}, ` +
        `heap ${megabytes('heapUsed')}, outside the heap ${megabytes('external')}`,
    )
    expect(refused).toBe(0)
    // A machine that carried less has shown nothing.
    expect(turns).toBeGreaterThan(ENOUGH * TURNS_PER_SECOND * 60 * MINUTES)
    const counted = held.slice(-COUNTED - 1)
    // Node gives memory back now and then, and takes it again: only its highest marks can be compared.
    const highest = (some: readonly Memory[]) => Math.max(...some.map(({ rss }) => rss))
    const before = highest(held.slice(0, -COUNTED))
    expect(highest(held.slice(-COUNTED)) / before - 1).toBeLessThan(GROWTH)
    expect(growthOf(counted.map(({ heapUsed }) => heapUsed))).toBeLessThan(GROWTH)
    expect(await gateway.stop()).toBe(0)
  }))

/** Every second message is a new person's complaint, the other asks for its state. */
function steadyLoad(gateway: Gateway) {
  const begun = performance.now()
  let ended = false
  let turns = 0
  let refused = 0
  const worker = async () => {
    while (!ended) {
      const number = turns++
      const person = Math.floor(number / 2)
      const text = number % 2 === 0 ? `lampu jalan padam dekat pos ronda rt ${person}` : 'STATUS'
      await pause(Math.max(0, begun + (number * 1000) / TURNS_PER_SECOND - performance.now()))
      if ((await gateway.sms(`+62812${10_000_000 + person}`, text)) !== 200) refused++
    }
  }
  const workers = Promise.all(Array.from({ length: WORKERS }, worker))
  return {
    async end() {
      ended = true
      await workers
      return { turns, refused }
    },
  }
}

async function memoryOf({ process }: Gateway, file: string, count: number): Promise<Memory> {
  process.signal('SIGUSR2')
  const lines = async () => (await readFile(file, 'utf8').catch(() => '')).split('\n')
  // What stands behind the last line break is not whole yet.
  const whole = await eventually(lines, ({ length }) => length > count)
  return JSON.parse(whole[count - 1] ?? '') as Memory
}

/** By which share of its beginning the line through these values rises from the first to the last. */
function growthOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const pull = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0)
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  const slope = pull / spread
  return (slope * (values.length - 1)) / (mean - slope * middle)
}
