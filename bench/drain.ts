// (c) How fast a full outbox empties, beside a bare loop of the same calls to the same local provider.

import { line, median, RUNS } from './load.ts'
import { drainRate, startProvider } from './processes.ts'

const MESSAGES = 6_000

export async function draining(): Promise<void> {
  const provider = await startProvider('ready')
  const rates = async (mode: 'bare' | 'drain') => {
    const values: number[] = []
    for (let run = 0; run < RUNS; run++) values.push(await drainRate(mode, provider.url, MESSAGES))
    return median(values)
  }
  const bare = await rates('bare')
  const ours = await rates('drain')
  provider.end()
  console.log('\n(c) messages sent per second, four to a person')
  line('  bare loop of the same calls, sixteen at a time', bare.toFixed(0))
  line('  the outbox on SQLite', ours.toFixed(0), `${(ours / bare).toFixed(2)} of it (reach 0.5)`)
}
