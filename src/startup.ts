// What happens before the gateway runs: settings and city are read, all mistakes told at once,
// the log is opened; and once it listens, the operator hears where and what is off.

import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Logger, type LoggerOptions, pino } from 'pino'
import type { City } from './city/city.ts'
import { loadCity } from './city/load.ts'
import { printProblems } from './city/problem.ts'
import { PHRASES } from './conversation/phrase-keys.ts'
import { TEMPLATES } from './conversation/template-keys.ts'
import { localDataKey } from './data-key.ts'
import { errorFields, safeText } from './error-fields.ts'
import { readSettings, type Settings } from './settings.ts'

/** Indonesian and English must be complete; what Banjar lacks is said in Indonesian. */
const WANTED = { phraseKeys: PHRASES, templateKeys: TEMPLATES, required: ['id', 'en'] } as const

type Env = Readonly<Record<string, string | undefined>>

/** Both are read before anything is refused, so that the operator sees all mistakes at once. */
export function settingsAndCity(env: Env): { settings: Settings; city: City } {
  const read = readSettings(env)
  const loaded = readCity(env)
  if ('settings' in read && 'city' in loaded) return { settings: read.settings, city: loaded.city }
  return refuse([
    ...('problems' in read ? read.problems : []),
    ...('problems' in loaded ? loaded.problems : []),
  ])
}

export function cityAlone(env: Env): City {
  const loaded = readCity(env)
  return 'city' in loaded ? loaded.city : refuse(loaded.problems)
}

/** Each problem a line with file, line and cure. */
export function readCity(
  env: Env,
): { readonly city: City } | { readonly problems: readonly string[] } {
  const loaded = loadCity(configDir(env), WANTED)
  if ('city' in loaded) return { city: loaded.city }
  return { problems: printProblems(loaded.problems).split('\n') }
}

function configDir(env: Env): string {
  return env.CONFIG_DIR?.trim() || 'config'
}

export function refuse(reasons: readonly string[]): never {
  const list = reasons.map((why) => `  - ${why}\n`).join('')
  process.stderr.write(`Kentongan does not start:\n${list}`)
  process.exit(1)
}

/** JSON lines on stdout. `aside`: on stderr and only what goes wrong, beside a conversation in the terminal. */
export function openLog({ logLevel }: Settings, aside: boolean): Logger {
  const level = aside && logLevel === 'info' ? 'error' : logLevel
  return pino(logOptions(level), pino.destination({ fd: aside ? 2 : 1, sync: false }))
}

/** How errors and what providers say are printed: by the one sieve of error-fields.ts. */
export function logOptions(level: string): LoggerOptions {
  const sieved = (value: unknown) => (typeof value === 'string' ? safeText(value) : value)
  return {
    level,
    base: null,
    serializers: { err: errorFields, reason: sieved, why: sieved },
    hooks: {
      // Without words of ours pino would print the error's message as the line's text.
      logMethod(args, method) {
        const [first, text, ...more] = args as unknown[]
        const fields = first instanceof Error ? { err: first } : first
        const untold = typeof fields === 'object' && typeof text !== 'string'
        method.apply(this, [fields, untold ? 'an error' : text, ...more] as typeof args)
      },
    },
  }
}

/** What nobody caught is told like every other error: Node itself would print all it holds. */
export function endOnFault(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'nobody caught this; the process ends')
    process.exit(1)
  })
}

/** DATA_KEY, or the key that lies beside the database. */
export function dataKeyOf(settings: Settings, log: Logger): Buffer {
  if (settings.dataKey !== null) return settings.dataKey
  const { key, file, made } = localDataKey(settings.databaseUrl, randomBytes)
  if (made && file !== null) {
    log.warn({ file }, 'made a key that seals numbers; keep a copy, no backup holds it')
  }
  return key
}

/** How long a start waits for a database that is not there: one that is started beside us needs a moment. */
const DATABASE_MS = 30_000
const LOOK_MS = 1_000

/** Opens it, again and again while it is only away; then refuses with the last reason. */
export async function onceThere<T>(
  open: () => Promise<T>,
  mayCome: (error: unknown) => boolean,
  log: Logger,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await open()
    } catch (error) {
      if (!mayCome(error) || tries * LOOK_MS >= DATABASE_MS) throw error
      if (tries === 1) log.warn({ err: error }, 'the database is not there yet; waiting for it')
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }
}

export function listen(server: Server, { host, port }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      const cure = taken ? 'Stop what listens there, or set PORT.' : 'Check HOST and PORT.'
      reject(new Error(`cannot listen on ${host}:${port} (${error.code}). ${cure}`))
    })
    server.listen(port, host, resolve)
  })
}

/** Where it listens, which channels are off and what turns them on, and how to talk to it. */
export function announce(settings: Settings, server: Server, log: Logger, version: string): void {
  const { address, port } = server.address() as AddressInfo
  const host = address.includes(':') ? `[${address}]` : address
  log.info({ address, port, version }, `listening on http://${host}:${port}`)
  if (settings.twilio === null) {
    const needed = 'PUBLIC_URL, DATA_KEY, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM'
    log.info(`SMS through Twilio is off; ${needed} turn it on`)
  }
  if (settings.telegram === null)
    log.info('Telegram is off; DATA_KEY and TELEGRAM_BOT_TOKEN turn it on')
  const { twilio, telegram, whatsAppCloud, whatsAppBaileys } = settings
  if (whatsAppCloud === null && whatsAppBaileys === null) {
    const needed = 'DATA_KEY and the four WHATSAPP_CLOUD_ settings, or WHATSAPP_BAILEYS=on,'
    log.info(`WhatsApp is off; ${needed} turn it on`)
  }
  if ([twilio, telegram, whatsAppCloud, whatsAppBaileys].every((one) => one === null)) {
    log.info('to talk to the bot in your terminal, stop this (Ctrl-C) and run: npm run chat')
  }
  if (settings.apiToken === null) log.info('/api is off; API_TOKEN turns it on')
  for (const warning of settings.warnings) log.warn(warning)
}
