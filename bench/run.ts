// npm run bench: prints the figures as ratios against ceilings measured in the same run, medians of three.
// Server and load have a core each; the digits are this machine's, the ratios hold. All is compiled, as the
// gateway is: through tsx the same code takes half as long again.

import autocannon from 'autocannon'
import { type SignedForm, signedForms } from './messages.ts'
import { type Mode, pinSelf, startProvider, startTarget } from './processes.ts'
import { reducerTurnsPerSecond } from './reducer.ts'
import { startUp } from './start-up.ts'

const RUNS = 3
const MESSAGES = 8_000
const WARM_UP = 2_000
const STEADY_RATE = 300
const STEADY_SECONDS = 20

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

let round = 0

async function load(url: string, connections: number, forms: readonly SignedForm[]) {
  const each = Math.floor(forms.length / connections)
  let client = 0
  const result = await autocannon({
    url,
    connections,
    amount: each * connections,
    setupClient: (one) => {
      const first = client++ * each
      one.setRequests(forms.slice(first, first + each) as unknown as autocannon.Request[])
    },
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${result.non2xx} refused and ${result.errors} failed; the figure means nothing`,
    )
  }
  return result
}

async function turnsPerSecond(mode: Mode, connections: number, providerUrl: string) {
  const target = await startTarget(mode, providerUrl)
  try {
    await load(target.url, connections, signedForms(WARM_UP, round++))
    const forms = signedForms(MESSAGES, round++)
    const begun = performance.now()
    await load(target.url, connections, forms)
    return (1000 * MESSAGES) / (performance.now() - begun)
  } finally {
    await target.end()
  }
}

async function medianTurns(mode: Mode, connections: number, providerUrl: string): Promise<number> {
  const values: number[] = []
  for (let run = 0; run < RUNS; run++) {
    values.push(await turnsPerSecond(mode, connections, providerUrl))
  }
  return median(values)
}

function line(name: string, value: string, note = ''): void {
  console.log(`${name.padEnd(58)} ${value.padStart(12)}  ${note}`)
}

async function throughput(): Promise<void> {
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

async function steady(): Promise<void> {
  const ready = await startProvider('ready')
  const target = await startTarget('grouped', ready.url)
  await load(target.url, 10, signedForms(WARM_UP, round++))
  const forms = signedForms(STEADY_RATE * STEADY_SECONDS, round++)
  let client = 0
  const each = Math.floor(forms.length / 10)
  const result = await autocannon({
    url: target.url,
    connections: 10,
    overallRate: STEADY_RATE,
    duration: STEADY_SECONDS - 1,
    setupClient: (one) => {
      const first = client++ * each
      one.setRequests(forms.slice(first, first + each) as unknown as autocannon.Request[])
    },
  })
  console.log(`\n(d) request to acknowledgement at ${STEADY_RATE} turns/s, replies sent meanwhile`)
  line('  p50', `${result.latency.p50} ms`)
  line('  p99', `${result.latency.p99} ms`, '(reach under 250 ms)')
  console.log('\n(f) memory and start')
  line('  resident after that load', `${((await target.rss()) / 2 ** 20).toFixed(0)} MB`)
  await target.end()
  ready.end()
}

console.log(pinSelf() ? 'server on core 0, load on core 1' : 'cores could not be pinned')
await throughput()
console.log('\n(b) reducer, reading included')
line('  turns per second', reducerTurnsPerSecond().toFixed(0), '(reach 10,000)')
await steady()
const started = await startUp()
line('  built gateway, idle', `${(started.rss / 2 ** 20).toFixed(0)} MB`, '(reach under 150 MB)')
line('  built gateway, start to ready', `${started.ms.toFixed(0)} ms`)
