// Sends a full outbox to the provider, in its own process: `drain` by the outbox, `bare` by a plain loop.
// The loop makes the same calls with the same library, sixteen at a time, and remembers nothing: the ceiling.

import { randomInt, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createTwilioClient } from '../src/channels/sms/twilio/client.ts'
import { createTwilio } from '../src/channels/sms/twilio/twilio.ts'
import { createNewId } from '../src/ids.ts'
import { createMetrics } from '../src/metrics.ts'
import { createOutbox } from '../src/notify/outbox.ts'
import { settingsAndCity } from '../src/startup.ts'
import { openStore } from '../src/store/open.ts'
import type { NewOutbound } from '../src/store/outbox-port.ts'
import type { Store } from '../src/store/store.ts'
import { ACCOUNT_SID, PUBLIC_URL, TOKEN } from './messages.ts'

const [mode = 'drain', databaseUrl = 'sqlite::memory:', providerUrl = '', most = '6000'] =
  process.argv.slice(2)
const MESSAGES = Number(most)
const MESSAGES_PER_PERSON = 4
const WIDTH = 16
const LIFE_MS = 3_600_000
const TEXT =
  'Laporan diterima. Diverifikasi paling lambat 25/12/2026. Petunjuk: BANTUAN. Simpan ID.'

const clock = () => new Date()
const newId = createNewId(Date.now, randomUUID)
const log = pino({ level: 'silent' })
const account = { accountSid: ACCOUNT_SID, authToken: TOKEN, from: '+15005550006' }

async function bareLoop(): Promise<number> {
  const client = createTwilioClient({ ...account, apiUrl: providerUrl, timeoutMs: 10_000, clock })
  const statusCallback = `${PUBLIC_URL}/channels/sms/twilio/receipts?id=${newId()}`
  let left = MESSAGES
  const worker = async () => {
    while (left-- > 0) {
      const answer = await client.create({ to: '+6281210000000', body: TEXT, statusCallback })
      if (answer.type !== 'made') throw new Error(`the provider answered ${answer.type}`)
    }
  }
  return timed(() => Promise.all(Array.from({ length: WIDTH }, worker)))
}

async function drainOutbox(): Promise<number> {
  const { city } = settingsAndCity({ LOG_LEVEL: 'silent' })
  const dataKey = Buffer.alloc(32, 1)
  const store = await openStore({ url: databaseUrl, dataKey, clock, newId, log })
  const sms = createTwilio({ ...account, apiUrl: providerUrl, publicUrl: PUBLIC_URL, clock, log })
  await sms.start(async () => {})
  const outbox = createOutbox({
    ...{ store, city, clock, log, channels: [sms], observe: createMetrics() },
    chance: (below) => randomInt(below),
  })
  await fill(store)
  const ms = await timed(async () => {
    outbox.wake()
    await outbox.drain()
  })
  const { pending, failed } = await store.counts(clock())
  if (Object.keys(pending).length > 0 || failed > 0) throw new Error('not everything was sent')
  await outbox.stop()
  await store.close()
  return ms
}

async function fill(store: Store): Promise<void> {
  for (let person = 0; person < MESSAGES / MESSAGES_PER_PERSON; person++) {
    const ids = { personId: newId(), addressId: newId() }
    const { addressId } = await store.ensureAddress(
      `sms:+62813${10_000_000 + person}`,
      ids,
      clock(),
    )
    const outbound = Array.from({ length: MESSAGES_PER_PERSON }, () => replyTo(addressId))
    await store.commitMove({ now: clock(), changes: [], outbound })
  }
}

function replyTo(addressId: string): NewOutbound {
  const now = clock()
  const what = { account: 'twilio', lane: 'reply', kind: 'reply', ticket: null } as const
  const times = { createdAt: now, dueAt: now, expiresAt: new Date(now.getTime() + LIFE_MS) }
  return { id: newId(), addressId, ...what, text: TEXT, choices: [], segments: 1, ...times }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const ms = mode === 'bare' ? await bareLoop() : await drainOutbox()
process.send?.({ perSecond: (1000 * MESSAGES) / ms })
process.exit(0)
