// npm run bench: prints the figures as ratios against ceilings measured in the same run, medians of three.
// Server and load have a core each; the digits are this machine's, the ratios hold. All is compiled, as the
// gateway is: through tsx the same code takes half as long again.

import autocannon from 'autocannon'
import { draining } from './drain.ts'
import { dueScan } from './due.ts'
import { freshForms, line, load, shared } from './load.ts'
import { onPostgres } from './postgres.ts'
import { pinSelf, startProvider, startTarget } from './processes.ts'
import { reducerTurnsPerSecond } from './reducer.ts'
import { startUp } from './start-up.ts'
import { byTelegram } from './telegram.ts'
import { throughput } from './throughput.ts'
import { byWhatsApp } from './whatsapp.ts'

const WARM_UP = 2_000
const STEADY_RATE = 300
const STEADY_SECONDS = 20

async function steady(): Promise<void> {
  const ready = await startProvider('ready')
  const target = await startTarget('grouped', ready.url)
  await load(target.url, 10, freshForms(WARM_UP))
  const forms = freshForms(STEADY_RATE * STEADY_SECONDS)
  const result = await autocannon({
    url: target.url,
    connections: 10,
    overallRate: STEADY_RATE,
    duration: STEADY_SECONDS - 1,
    setupClient: shared(forms, 10).setupClient,
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
await byTelegram()
await byWhatsApp()
await onPostgres()
console.log('\n(b) reducer, reading included')
line('  turns per second', reducerTurnsPerSecond().toFixed(0), '(reach 10,000)')
await draining()
await steady()
const started = await startUp()
line('  built gateway, idle', `${(started.rss / 2 ** 20).toFixed(0)} MB`, '(reach under 150 MB)')
line('  built gateway, start to ready', `${started.ms.toFixed(0)} ms`)
await dueScan()
