// (h) Full turns per second through the Cloud API's webhook beside Twilio's, and how soon it acknowledges at a steady rate.
// The same words; where a text message files, a chat asks on, so the turns that are the same on both are told apart.

import autocannon from 'autocannon'
import { line, load, MESSAGES, median, RUNS, shared, WARM_UP } from './load.ts'
import { complaints, questions, signedForms, type WordsOf } from './messages.ts'
import { startProvider, startTarget } from './processes.ts'
import { startGraphApi, webhooks } from './whatsapp-load.ts'

const CONNECTIONS = 40
const STEADY_RATE = 100
const STEADY_SECONDS = 10

let round = 600

/** Turns per second. */
async function posted(mode: 'grouped' | 'whatsapp', providerUrl: string, wordsOf: WordsOf) {
  const target = await startTarget(mode, providerUrl)
  const of = (count: number) =>
    mode === 'whatsapp'
      ? webhooks(count, round++, wordsOf)
      : signedForms(count, round++, undefined, wordsOf)
  try {
    await load(target.url, CONNECTIONS, of(WARM_UP))
    const measured = of(MESSAGES)
    const begun = performance.now()
    await load(target.url, CONNECTIONS, measured)
    return (1000 * MESSAGES) / (performance.now() - begun)
  } finally {
    await target.end()
  }
}

async function medianOf(...[mode, url, wordsOf]: Parameters<typeof posted>): Promise<number> {
  const values: number[] = []
  for (let run = 0; run < RUNS; run++) values.push(await posted(mode, url, wordsOf))
  return median(values)
}

async function steadily(graphUrl: string): Promise<void> {
  const target = await startTarget('whatsapp', graphUrl)
  await load(target.url, 10, webhooks(WARM_UP / 4, round++, complaints))
  const { latency } = await autocannon({
    url: target.url,
    connections: 10,
    overallRate: STEADY_RATE,
    duration: STEADY_SECONDS - 1,
    setupClient: shared(webhooks(STEADY_RATE * STEADY_SECONDS, round++, complaints), 10)
      .setupClient,
  })
  line(`  acknowledged at ${STEADY_RATE}/s, p50`, `${latency.p50} ms`)
  line('  p99', `${latency.p99} ms`, '(reach under 250 ms)')
  await target.end()
}

export async function byWhatsApp(): Promise<void> {
  const twilio = await startProvider('busy')
  const graph = await startGraphApi()
  for (const [name, wordsOf] of [
    ['help and state', questions],
    ['complaint and state', complaints],
  ] as const) {
    const sms = await medianOf('grouped', twilio.url, wordsOf)
    const cloud = await medianOf('whatsapp', graph.url, wordsOf)
    console.log(`\n(h) turns per second, ${name}, ${CONNECTIONS} connections`)
    line('  Twilio', sms.toFixed(0))
    line(
      '  WhatsApp Cloud API',
      cloud.toFixed(0),
      `${(cloud / sms).toFixed(2)} of Twilio's (reach 0.6)`,
    )
  }
  await steadily(graph.url)
  twilio.end()
  graph.end()
}
