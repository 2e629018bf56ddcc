// (g) Full turns per second through the Telegram webhook beside Twilio's, and updates per second by long polling.
// The same words; where a text message files, a chat asks on, so the turns that are the same on both are told apart.

import { line, load, MESSAGES, median, RUNS, WARM_UP } from './load.ts'
import { complaints, questions, signedForms, type WordsOf } from './messages.ts'
import { startProvider, startTarget } from './processes.ts'
import { posts, startBotApi, updates } from './telegram-load.ts'

const CONNECTIONS = 40

let round = 300

async function medianOf(once: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let run = 0; run < RUNS; run++) values.push(await once())
  return median(values)
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (1000 * count) / (performance.now() - begun)
}

/** As many connections as Telegram is told it may open. */
async function posted(mode: 'grouped' | 'telegram', providerUrl: string, wordsOf: WordsOf) {
  const target = await startTarget(mode, providerUrl)
  const of = (count: number) =>
    mode === 'telegram'
      ? posts(count, round++, wordsOf)
      : signedForms(count, round++, undefined, wordsOf)
  try {
    await load(target.url, CONNECTIONS, of(WARM_UP))
    const measured = of(MESSAGES)
    return await perSecond(MESSAGES, () => load(target.url, CONNECTIONS, measured))
  } finally {
    await target.end()
  }
}

async function polled(wordsOf: WordsOf): Promise<number> {
  const api = await startBotApi()
  const target = await startTarget('polling', api.url)
  try {
    await api.serve(updates(WARM_UP, round++, wordsOf))
    const measured = updates(MESSAGES, round++, wordsOf)
    return await perSecond(MESSAGES, () => api.serve(measured))
  } finally {
    await target.end()
    api.end()
  }
}

export async function byTelegram(): Promise<void> {
  const twilio = await startProvider('busy')
  const api = await startBotApi()
  for (const [name, wordsOf] of [
    ['help and state', questions],
    ['complaint and state', complaints],
  ] as const) {
    const sms = await medianOf(() => posted('grouped', twilio.url, wordsOf))
    const webhook = await medianOf(() => posted('telegram', api.url, wordsOf))
    const polling = await medianOf(() => polled(wordsOf))
    const ratio = (rate: number) => (rate / sms).toFixed(2)
    console.log(`\n(g) turns per second, ${name}, ${CONNECTIONS} connections`)
    line('  Twilio', sms.toFixed(0))
    line('  Telegram, posted', webhook.toFixed(0), `${ratio(webhook)} of Twilio's (reach 0.6)`)
    line('  Telegram, polled', polling.toFixed(0), `${ratio(polling)} of Twilio's`)
  }
  twilio.end()
  api.end()
}
