// All that stands around one gateway: a folder with its database, a Twilio, a wall clock that a test sets.
// It outlives every process that is started in it; when it closes, none may be left.

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FAKE_NUMBER, type FakeSend, type FakeTwilio, startFakeTwilio } from './fake-twilio.ts'
import { API_TOKEN, type Gateway, PUBLIC_URL, speakTo } from './gateway.ts'
import {
  type GatewayProcess,
  type ProcessOptions,
  spawnGateway,
  within,
} from './gateway-process.ts'

export const COORDINATOR = '+6281100000001'
/** A working Wednesday morning, long before any holiday. */
export const MORNING = '2026-11-25T10:00:00+08:00'

export interface StartOptions {
  /** The wall clock at the start, ISO 8601. `MORNING` unless told; then it goes on by itself. */
  readonly at?: string
  readonly env?: ProcessOptions['env']
  readonly preload?: string
}

export interface World {
  readonly folder: string
  readonly database: string
  readonly twilio: FakeTwilio
  env(options?: StartOptions): Record<string, string | undefined>
  /** Resolves when it is ready. */
  start(options?: StartOptions): Promise<Gateway>
  /** Resolves when what was spawned listens. */
  meet(child: GatewayProcess): Promise<Gateway>
  /** Only started; for starts that are to be refused. */
  spawn(options?: Partial<ProcessOptions>): GatewayProcess
  /** What was sent to this number so far. */
  sentTo(number: string): readonly FakeSend[]
  /** Resolves with the first `count` bodies to this number, once so many were sent. */
  replies(number: string, count: number, withinMs?: number): Promise<readonly string[]>
  /** Resolves with the first send that fits, past or to come. */
  sending(fits: (send: FakeSend) => boolean, withinMs?: number): Promise<FakeSend>
  /** Ends what still runs, and throws if anything did. */
  close(): Promise<void>
  /** Called first when the world closes, however the test ended. */
  atClose(end: () => void): void
  /** Everything any process of this world has printed. */
  printed(): string
}

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'kentongan-test-'))
  const database = join(folder, 'kentongan.db')
  const dataKey = randomBytes(32).toString('base64')
  const twilio = await startFakeTwilio({ publicUrl: PUBLIC_URL })
  const processes: GatewayProcess[] = []
  const ends: (() => void)[] = []

  function env({ at = MORNING, env: more = {} }: StartOptions = {}) {
    return {
      PORT: '0',
      DATABASE_URL: `sqlite:${database}`,
      DATA_KEY: dataKey,
      MEDIA_DIR: join(folder, 'media'),
      API_TOKEN,
      PUBLIC_URL,
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
      TWILIO_FROM: FAKE_NUMBER,
      TWILIO_API_URL: twilio.url,
      COORDINATORS: `sms:${COORDINATOR}`,
      KENTONGAN_CLOCK_OFFSET_MS: String(Date.parse(at) - Date.now()),
      ...more,
    }
  }

  function spawn(options: Partial<ProcessOptions> = {}): GatewayProcess {
    const child = spawnGateway({ env: env(), ...options })
    processes.push(child)
    return child
  }

  async function start(options: StartOptions = {}): Promise<Gateway> {
    const { preload } = options
    return meet(spawn({ env: env(options), ...(preload === undefined ? {} : { preload }) }))
  }

  async function meet(child: GatewayProcess): Promise<Gateway> {
    const listening = await child.prints(/http:\/\/127\.0\.0\.1:(\d+)/)
    return speakTo(child, `http://127.0.0.1:${listening[1]}`, twilio)
  }

  async function sends<T>(look: () => T | undefined, withinMs: number, what: string): Promise<T> {
    const waiting = async (): Promise<T> => {
      for (;;) {
        const found = look()
        if (found !== undefined) return found
        await twilio.sendCount(twilio.sends.length + 1)
      }
    }
    const seen = () => twilio.sends.map(({ to, body }) => `${to}: ${body}`).join('\n')
    return within(waiting(), withinMs, () => `${what} did not come. What was sent:\n${seen()}`)
  }

  const sentTo = (number: string) => twilio.sends.filter(({ to }) => to === number)
  const printed = () => processes.map((one) => one.stdout() + one.stderr()).join('')

  return {
    folder,
    database,
    twilio,
    env,
    spawn,
    start,
    meet,
    sentTo,
    printed,
    replies: (number, count, withinMs = 15_000) => {
      const enough = () => {
        const bodies = sentTo(number).map(({ body }) => body)
        return bodies.length >= count ? bodies.slice(0, count) : undefined
      }
      return sends(enough, withinMs, `message ${count} to ${number}`)
    },
    sending: (fits, withinMs = 15_000) =>
      sends(() => twilio.sends.find(fits), withinMs, 'the message waited for'),
    atClose: (end) => void ends.push(end),
    close: async () => {
      for (const end of ends) end()
      const left = processes.filter((one) => one.alive())
      for (const one of left) one.signal('SIGKILL')
      for (const one of left) await one.ended()
      await twilio.stop()
      await rm(folder, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`${left.length} gateway(s) left running by the test`)
    },
  }
}

/** A world for one test. A failing test also tells what its gateways printed. */
export async function inWorld(story: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld()
  try {
    await story(world)
  } catch (error) {
    const printed = world.printed()
    await world.close().catch(() => {})
    if (error instanceof Error) error.message += `\n--- printed:\n${printed.slice(-6_000)}`
    throw error
  }
  await world.close()
}
