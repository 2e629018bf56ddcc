// One server under load, in its own process: `signature`, `row`, `grouped`, `ungrouped`, `telegram` (posted), `polling` or `whatsapp`.
// The first two are ceilings: the same Express and the same signature check, storing nothing or one row.

import { randomInt, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import express from 'express'
import { type Logger, pino } from 'pino'
import twilio from 'twilio'
import { createAccountState } from '../src/account-state.ts'
import { assemble } from '../src/assembly.ts'
import type { Channel } from '../src/channels/channel.ts'
import { createTwilio } from '../src/channels/sms/twilio/twilio.ts'
import type { Clock, NewId } from '../src/clock.ts'
import { createNewId } from '../src/ids.ts'
import { createMetrics } from '../src/metrics.ts'
import { settingsAndCity } from '../src/startup.ts'
import { openStore } from '../src/store/open.ts'
import { createSeal } from '../src/store/seal.ts'
import type { Store } from '../src/store/store.ts'
import { ACCOUNT_SID, MESSAGES_PATH, PUBLIC_URL, TOKEN } from './messages.ts'
import { BOT_TOKEN, SECRET } from './telegram-load.ts'
import { APP_SECRET, CLOUD_TOKEN, NUMBER_ID } from './whatsapp-load.ts'

const [mode = 'grouped', database = 'sqlite::memory:', providerUrl = ''] = process.argv.slice(2)

async function target(): Promise<Server> {
  switch (mode) {
    case 'signature':
      return ceiling(() => {})
    case 'row':
      return ceiling(oneRowEach(database.replace(/^sqlite:/, '')))
    default:
      return gateway(mode !== 'ungrouped')
  }
}

function ceiling(store: (form: Record<string, string>) => void): Server {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.post(MESSAGES_PATH, express.urlencoded({ extended: false, limit: '64kb' }), (req, res) => {
    const signature = req.get('X-Twilio-Signature') ?? ''
    if (!twilio.validateRequest(TOKEN, signature, PUBLIC_URL + req.originalUrl, req.body)) {
      res.status(403).end()
      return
    }
    store(req.body)
    res.type('text/xml').send('<Response/>')
  })
  return createServer(app)
}

function oneRowEach(path: string): (form: Record<string, string>) => void {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE inbox (id TEXT PRIMARY KEY, sender TEXT NOT NULL, body TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO inbox (id, sender, body) VALUES (?, ?, ?)')
  return (form) => {
    insert.run(form.MessageSid, form.From, form.Body)
  }
}

async function gateway(grouped: boolean): Promise<Server> {
  const { settings, city } = settingsAndCity({ LOG_LEVEL: 'silent' })
  const log = pino({ level: 'silent' })
  const clock = () => new Date()
  const newId = createNewId(Date.now, randomUUID)
  const dataKey = Buffer.alloc(32, 1)
  const store = await openStore({ url: database, dataKey, clock, newId, log, grouped })
  const channels = await channelsOf({ store, clock, log, newId })
  const assembly = await assemble({
    ...{ settings, city, store, clock, newId, log, channels, version: 'bench' },
    metrics: createMetrics(),
    chance: (below) => randomInt(below),
  })
  await assembly.start()
  return assembly.server
}

async function channelsOf(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly newId: NewId
}): Promise<readonly Channel[]> {
  const { store, clock, log, newId } = parts
  if (mode === 'whatsapp') return whatsAppChannel(parts)
  if (mode !== 'telegram' && mode !== 'polling') {
    const account = { accountSid: ACCOUNT_SID, authToken: TOKEN, from: '+15005550006' }
    return [createTwilio({ ...account, apiUrl: providerUrl, publicUrl: PUBLIC_URL, clock, log })]
  }
  const { createTelegram } = await import('../src/channels/telegram/telegram.ts')
  const account = { store, account: 'telegram', holder: newId(), shared: false }
  return [
    createTelegram({
      ...{ token: BOT_TOKEN, apiRoot: providerUrl, clock, log, chatKey: (chat) => `c${chat}` },
      state: createAccountState(account),
      webhook: mode === 'telegram' ? { publicUrl: PUBLIC_URL, secret: SECRET } : null,
    }),
  ]
}

async function whatsAppChannel({ clock, log }: { readonly clock: Clock; readonly log: Logger }) {
  const { createWhatsAppCloud } = await import('../src/channels/whatsapp/cloud/cloud.ts')
  const seal = createSeal(Buffer.alloc(32, 1))
  return [
    createWhatsAppCloud({
      ...{ token: CLOUD_TOKEN, phoneNumberId: NUMBER_ID, appSecret: APP_SECRET },
      ...{ verifyToken: 'bench', apiUrl: providerUrl, words: { open: 'Pilih' }, clock, log },
      readMedia: async () => null,
      nameOf: (id) => seal.digest(`whatsapp:${id}`).slice(0, 32),
    }),
  ]
}

const server = await target()
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ port })
})
process.on('message', (ask) => {
  if (ask === 'memory') process.send?.({ rss: process.memoryUsage().rss })
})
// A plain exit, so that a profile asked for by --cpu-prof is written.
process.on('SIGINT', () => process.exit(0))
