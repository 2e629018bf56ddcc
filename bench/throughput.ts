// (a) Full turns per second on SQLite, beside the same Express app that stores nothing or one row.
// Also beside our own code with one commit per turn, and with every reply sent meanwhile.

import { line, median, RUNS, turnsPerSecond } from './load.ts'
import { type Mode, startProvider, startTarget } from './processes.ts'

async function once(mode: Mode, connections: number, providerUrl: string): Promise<number> {
  const target = await startTarget(mode, providerUrl)
  try {
    return await turnsPerSecond([target], connections)
  } finally {
    await target.end()
  }
}

async function medianTurns(mode: Mode, connections: number, providerUrl: string): Promise<number> {
  const values: number[] = []
  for (let run = 0; run < RUNS; run++) values.push(await once(mode, connections, providerUrl))
  return median(values)
}

export async function throughput(): Promise<void> {
  const busy = await startProvider('busy')
  const ready = await startProvider('ready')
  for (const connections of [10, 64]) {
    const nothing = await medianTurns('signature', connections, busy.url)
    const row = await medianTurns('row', connections, busy.url)
    const ungrouped = await medianTurns('ungrouped', connections, busy.url)
    const ours = await medianTurns('grouped', connections, busy.url)
    const sending = await medianTurns('grouped', connections, ready.url)
    const ratio = (to: number) => (ours / to).toFixed(2)
    console.log(`\n(a) full turns per second, ${connections} connections`)
    line('  Express and signature, nothing stored', nothing.toFixed(0))
    line('  Express and signature, one row in its own transaction', row.toFixed(0))
    line('  ours, one commit per turn', ungrouped.toFixed(0))
    line('  ours', ours.toFixed(0), `${ratio(nothing)} of nothing stored (reach 0.35)`)
    line('', '', `${ratio(row)} of one row (reach 0.7)`)
    line('', '', `${ratio(ungrouped)} of ungrouped (reach 1.5 at 64)`)
    line('  ours, sending every reply meanwhile', sending.toFixed(0))
  }
  busy.end()
  ready.end()
}
