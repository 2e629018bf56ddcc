// The Prometheus metrics of the gateway, names as in README.md (prefix `kentongan_`).
// Counters are bumped where things happen; gauges are read from the store when somebody scrapes, and
// are left out while it cannot be read: an old figure would look like a calm one.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Channel } from './channels/channel.ts'
import { CLOCKS, STATES } from './complaints/complaint.ts'
import type { Counts } from './store/operating-port.ts'

interface ChannelTimes {
  readonly channel: string
  readonly lastIn: Date | null
  readonly lastOut: Date | null
  /** Since when each incident was told; null: it is none. */
  readonly alarms: Readonly<Record<string, Date | null>>
}

export interface Metrics {
  readonly registry: Registry
  inbound(channel: string, outcome: string): void
  outbound(channel: string, kind: string, outcome: string): void
  turn(seconds: number): void
  send(channel: string, seconds: number): void
  segments(channel: string, kind: string, count: number): void
  media(channel: string, outcome: string): void
  /** From now on the page tells how much waits in the spool. */
  watchSpool(size: () => { readonly events: number; readonly bytes: number }): void
  /** From now on the page tells when each channel last carried something, and which incidents are open. */
  watchChannels(read: () => readonly ChannelTimes[]): void
  /** The whole page, with the gauges read now. Null: the store could not be read. */
  page(counts: Counts | null, channels: readonly Channel[]): Promise<string>
}

/** Shown from the first page on: Prometheus sees no increase of a counter that it first meets at 1. */
const INBOUND = ['committed', 'duplicate', 'spooled', 'refused', 'forged'] as const
const MEDIA = ['stored', 'refused', 'lost', 'retry'] as const

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kentongan_' })
  const registers = [registry]
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `kentongan_${name}`, help, labelNames, registers })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `kentongan_${name}`, help, labelNames, registers })

  const inbound = counter('inbound_total', 'Events that came in', ['channel', 'outcome'])
  const outbound = counter('outbound_total', 'Sends by outcome', ['channel', 'kind', 'outcome'])
  const segments = counter('segments_total', 'SMS segments accepted', ['channel', 'kind'])
  const media = counter('media_total', 'Attempts to fetch an attachment, by outcome', [
    'channel',
    'outcome',
  ])
  const turn = new Histogram({
    name: 'kentongan_turn_seconds',
    help: 'From received to committed',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const send = new Histogram({
    name: 'kentongan_send_seconds',
    help: 'One call to a provider',
    labelNames: ['channel'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const pending = gauge('outbox_pending', 'Messages waiting to be sent', ['channel'])
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest waiting message', ['channel'])
  const stuck = gauge('stuck_messages', 'Messages the deciding code could not handle')
  const orphans = gauge('orphan_receipts', 'Receipts for messages not known (yet)')
  const mediaWaiting = gauge('media_waiting', 'Attachments still to be fetched')
  const mediaOldest = gauge('media_oldest_seconds', 'Age of the oldest attachment to be fetched')
  const complaints = gauge('complaints', 'Complaints by state', ['state'])
  const overdue = gauge('overdue', 'Clocks past their due date', ['clock'])
  const up = gauge('channel_up', '1 when every account of the channel can carry messages', [
    'channel',
  ])
  const storeUp = gauge('store_up', '1 when the store could be read for this page')

  const lastIn = gauge('channel_last_in_seconds', 'Unix time of the last message in', ['channel'])
  const lastOut = gauge('channel_last_out_seconds', 'Unix time of the last message out', [
    'channel',
  ])
  const alarm = gauge('channel_alarm', '1 while coordinators were told, and not that it is well', [
    'channel',
    'kind',
  ])

  let readSpool = () => {}
  let channelTimes: () => readonly ChannelTimes[] = () => []

  /** What waited for a channel that is gone must not stand there for ever. */
  const forget = () => {
    for (const each of [pending, oldest, complaints, overdue]) each.reset()
    for (const each of [stuck, orphans, mediaWaiting, mediaOldest]) each.remove()
  }

  const readStore = (counts: Counts, channels: readonly Channel[]) => {
    stuck.set(counts.stuck)
    orphans.set(counts.orphanReceipts)
    mediaWaiting.set(counts.media.wanted)
    mediaOldest.set(counts.media.oldestSeconds)
    for (const state of STATES) complaints.set({ state }, counts.complaints[state] ?? 0)
    for (const clock of CLOCKS) overdue.set({ clock }, counts.overdue[clock] ?? 0)
    for (const { name: channel } of channels) {
      pending.set({ channel }, 0)
      oldest.set({ channel }, 0)
    }
    for (const [channel, waiting] of Object.entries(counts.pending)) {
      pending.set({ channel }, waiting.count)
      oldest.set({ channel }, waiting.oldestSeconds)
    }
  }

  /** Two accounts may carry one channel; whoever is served by the one that is down is not served. */
  const readChannels = (channels: readonly Channel[]) => {
    for (const { name: channel } of channels) {
      const accounts = channels.filter(({ name }) => name === channel)
      up.set({ channel }, accounts.every(({ health }) => health().state === 'up') ? 1 : 0)
      for (const outcome of INBOUND) inbound.inc({ channel, outcome }, 0)
      for (const outcome of MEDIA) media.inc({ channel, outcome }, 0)
    }
  }

  /** Of two accounts of one channel the later time, and whichever is in trouble. */
  const readTimes = () => {
    for (const each of [lastIn, lastOut, alarm]) each.reset()
    const later = (at: Gauge, channel: string, times: readonly (Date | null)[]) => {
      const known = times.flatMap((time) => (time === null ? [] : [time.getTime() / 1000]))
      if (known.length > 0) at.set({ channel }, Math.max(...known))
    }
    const all = channelTimes()
    for (const channel of new Set(all.map((one) => one.channel))) {
      const accounts = all.filter((one) => one.channel === channel)
      later(
        lastIn,
        channel,
        accounts.map((one) => one.lastIn),
      )
      later(
        lastOut,
        channel,
        accounts.map((one) => one.lastOut),
      )
      for (const { alarms } of accounts)
        for (const [kind, since] of Object.entries(alarms))
          alarm.inc({ channel, kind }, since === null ? 0 : 1)
    }
  }

  return {
    registry,
    inbound: (channel, outcome) => inbound.inc({ channel, outcome }),
    outbound: (channel, kind, outcome) => outbound.inc({ channel, kind, outcome }),
    media: (channel, outcome) => media.inc({ channel, outcome }),
    turn: (seconds) => turn.observe(seconds),
    send: (channel, seconds) => send.observe({ channel }, seconds),
    segments: (channel, kind, count) => segments.inc({ channel, kind }, count),
    watchSpool: (size) => {
      const events = gauge('spool_events', 'Events that wait on disk for the database')
      const bytes = gauge('spool_bytes', 'What they take up on disk')
      readSpool = () => {
        events.set(size().events)
        bytes.set(size().bytes)
      }
    },
    watchChannels: (read) => {
      channelTimes = read
    },
    page: (counts, channels) => {
      forget()
      storeUp.set(counts === null ? 0 : 1)
      if (counts !== null) readStore(counts, channels)
      readChannels(channels)
      readTimes()
      readSpool()
      return registry.metrics()
    },
  }
}
