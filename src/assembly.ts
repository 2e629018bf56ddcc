// Puts the parts together over whatever store and channels it is given: the whole gateway but for its drivers.
// main.ts gives it the real ones; tests and benchmarks the same code with their own edges.

import { createServer, type Server } from 'node:http'
import type { Logger } from 'pino'
import { createApi } from './api.ts'
import { createCasework } from './casework.ts'
import { accountOf, type Channel, channelOfEvent, type Receive } from './channels/channel.ts'
import { measure } from './channels/measure.ts'
import type { City } from './city/city.ts'
import type { Chance, Clock, NewId } from './clock.ts'
import { createGateway, type Gateway, type GatewayParts } from './gateway.ts'
import { accountsSeen, healthDetail } from './health.ts'
import { createHttp } from './http.ts'
import { createMediaFolder } from './media/folder.ts'
import { createMedia, type Media } from './media/media.ts'
import type { Metrics } from './metrics.ts'
import { createChannelWatch } from './notify/channel-watch.ts'
import { createHerald } from './notify/herald.ts'
import { createOutbox } from './notify/outbox.ts'
import { createSchedule } from './notify/schedule.ts'
import { createSendingOn } from './notify/sending-on.ts'
import { createTraffic, type Traffic } from './notify/traffic.ts'
import type { Settings } from './settings.ts'
import type { Waiting } from './spool/waiting.ts'
import { createSpool, type Spool } from './spool.ts'
import type { Store } from './store/store.ts'
import { createCountsReader } from './stored-counts.ts'

export interface AssemblyParts {
  readonly settings: Settings
  readonly city: City
  readonly store: Store
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly newId: NewId
  readonly chance: Chance
  readonly log: Logger
  readonly metrics: Metrics
  readonly version: string
  /** Other processes may share the store. */
  readonly shared?: boolean
  /** Where events wait while the store is away; none: the provider hears the fault. */
  readonly waiting?: Waiting | null
  /** Another deciding function, where a test wants it to throw. */
  readonly decide?: GatewayParts['decide']
}

export interface Assembly {
  readonly server: Server
  /** Call it once the server listens: channels hand over, the schedule ticks. */
  start(): Promise<void>
  /** One round of what time alone brings about, now; the schedule does the same every minute. */
  tick(): Promise<void>
  /** Resolves when nothing more can be sent now. */
  drain(): Promise<void>
  /** No new work; the turn in hand commits, sends settle, the store closes. */
  stop(): Promise<void>
}

export async function assemble(parts: AssemblyParts): Promise<Assembly> {
  const { settings, city, store, channels, clock, newId, log, metrics, version } = parts
  const { shortCode, coordinators, apiToken } = settings
  const herald = await createHerald({ store, city, measure, coordinators, clock, newId })
  const outbox = createOutbox({ ...parts, observe: metrics })
  const gateway = createGateway({
    ...parts,
    shortCode,
    herald,
    observe: metrics,
    onReceipt: outbox.receipt,
    wake: outbox.wake,
    wakeMedia: () => media.wake(),
  })
  const sendOn = createSendingOn({ store, city, clock, newId, measure })
  const media = mediaOf(parts, gateway, async () => {
    if (await sendOn()) outbox.wake()
  })
  const spool = spoolOf(parts, gateway)
  const process = { holder: newId(), shared: parts.shared ?? false }
  const traffic = createTraffic({ store, channels, clock, log, ...process })
  const watch = createChannelWatch({
    ...{ store, channels, traffic, clock, log, ...herald.wording },
    coordinators: herald.coordinators,
  })
  metrics.watchChannels(() => accountsSeen(channels, traffic))
  const schedule = createSchedule({
    ...{ store, city, herald, outbox, media, clock, log, watch: watch.run },
    ...process,
    // What they wrote comes first; the conversation asks again in a minute.
    onTimeout: async (address) => {
      if (spool?.waits(address) !== true) await gateway.timeout(address)
    },
  })
  const casework = createCasework({ store, city, clock, herald })
  const counts = createCountsReader({
    store,
    onFault: (error) => log.error({ err: error }, 'the figures of the store cannot be read'),
  })
  const warnings = () => [
    ...settings.warnings,
    ...outbox.warnings(),
    ...(spool?.warnings() ?? []),
    ...channels.flatMap((channel) => channel.warnings?.() ?? []),
  ]
  const server = createServer(
    createHttp({
      channels,
      version,
      apiToken,
      api:
        apiToken === null ? null : createApi({ store, city, casework, clock, wake: outbox.wake }),
      health: () => {
        const seen = accountsSeen(channels, traffic)
        return healthDetail({ seen, counts, city, warnings }, clock())
      },
      ready: () => store.ping(clock()),
      metrics: async () => metrics.page(await counts(clock()), channels),
      onFault: (error) => log.error({ err: error }, 'a request failed'),
    }),
  )
  let stopping = false
  return {
    server,
    start: async () => {
      await spool?.start()
      const receive = counting(spool?.receive ?? gateway.receive, metrics, traffic)
      await traffic.start()
      for (const channel of channels) if (!stopping) await channel.start(receive)
      // Told to stop meanwhile, it begins nothing more.
      if (!stopping) schedule.start()
    },
    tick: schedule.tick,
    drain: async () => {
      await media.drain()
      await outbox.drain()
    },
    stop: async () => {
      stopping = true
      server.close()
      server.closeIdleConnections()
      await Promise.all(channels.map((channel) => channel.closeIntake?.()))
      await schedule.stop()
      await spool?.stop()
      await media.stop()
      await gateway.stop()
      await outbox.stop()
      await traffic.stop()
      for (const channel of channels) await channel.stop()
      server.closeAllConnections()
      await store.close()
    },
  }
}

/** Counted where the provider hears of it: what the spool takes is not refused, and what it cannot take is. */
function counting(receive: Receive, metrics: Metrics, traffic: Traffic): Receive {
  return async (event) => {
    try {
      await receive(event)
      if (event.type === 'message') traffic.received(accountOf(event))
    } catch (error) {
      if (event.type !== 'receipt') metrics.inbound(channelOfEvent(event), 'refused')
      throw error
    }
  }
}

function mediaOf(parts: AssemblyParts, gateway: Gateway, sendOn: () => Promise<void>): Media {
  const { settings, clock, newId } = parts
  return createMedia({
    ...parts,
    folder: createMediaFolder(settings.mediaDir, newId),
    folderClock: () => new Date(clock().getTime() - settings.clockOffsetMs),
    tell: gateway.attachment,
    sendOn,
    observe: parts.metrics,
  })
}

function spoolOf(parts: AssemblyParts, gateway: Gateway): Spool | null {
  const { waiting, channels, metrics, store, clock, log } = parts
  if (waiting === undefined || waiting === null) return null
  const surely = channels.filter(({ redelivers }) => redelivers === true)
  const spool = createSpool({
    ...{ waiting, clock, log, receive: gateway.receive },
    there: () => store.getFact('spool'),
    redelivering: new Set(surely.map(({ account }) => account)),
    onSpooled: (event) => {
      metrics.inbound(channelOfEvent(event), 'spooled')
    },
  })
  metrics.watchSpool(spool.size)
  return spool
}
