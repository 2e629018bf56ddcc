// What time alone brings about, every minute: expiry, clocks, answers, conversations that wake, the outbox.
// One process at a time; each step stands alone: one that fails is logged and comes again with the next tick.

import { schedule as cron } from 'node-cron'
import type { City } from '../city/city.ts'
import type { Clock } from '../clock.ts'
import type { Address } from '../message.ts'
import type { Store } from '../store/store.ts'
import { createAnswers } from './answers.ts'
import { createDailyDigest } from './daily-digest.ts'
import { createDueClocks } from './due-clocks.ts'
import { recountEstimates } from './estimates.ts'
import { createExtensionSilence } from './extension-silence.ts'
import type { Herald } from './herald.ts'
import type { Outbox } from './outbox.ts'
import { createPassingOn } from './passing-on.ts'
import { createNightly } from './retention.ts'
import { createTenure } from './tenure.ts'
import type { OutboxLog } from './watchers.ts'

export interface ScheduleParts {
  readonly store: Store
  readonly city: City
  readonly herald: Pick<Herald, 'book' | 'coordinators' | 'moved' | 'onDuty' | 'wording'>
  readonly outbox: Pick<Outbox, 'wake' | 'look' | 'onFate'>
  /** Fetches, tells and removes what is due of attachments. */
  readonly media?: { wake(): void }
  readonly clock: Clock
  readonly log: OutboxLog
  /** The conversation of this address asked to be woken by now. Rejects when it could not be. */
  readonly onTimeout: (address: Address) => Promise<void>
  /** Looks whether the channels are well. */
  readonly watch?: () => Promise<void>
  /** Names this process, and no other, to the store. */
  readonly holder: string
  /** Other processes may share the store: then what a dead one left is looked for every few seconds. */
  readonly shared: boolean
}

export interface Schedule {
  /** Ticks once within 5 s, then every minute, while no other process does. */
  start(): void
  /** One round of everything; two never run at once. */
  tick(): Promise<void>
  /** No new ticks; the one in hand ends; another process may go on at once. */
  stop(): Promise<void>
}

const FIRST_TICK_MS = 1_000
const LEASE = 'schedule'
/**
 * Shared: a dead holder is followed within 5 s, so that a single process that was killed and started anew ticks as
 * soon as ever. Alone: nobody else can hold it (the store frees the leases of a file when it opens it), and a write
 * every second would only wear the disk.
 */
const PACE = {
  shared: { leaseMs: 4_000, beatMs: 1_000 },
  alone: { leaseMs: 180_000, beatMs: 60_000 },
} as const
/** What another process committed and did not live to send waits no longer than this. */
const LOOK_MS = 3_000
const CONVERSATIONS = 200

export function createSchedule(parts: ScheduleParts): Schedule {
  const { store, city, herald, outbox, clock, log } = parts
  const { coordinators, book, wording } = herald
  const shared = { store, clock, coordinators, book, log, ...wording }
  const answers = createAnswers(shared)
  const passing = createPassingOn({
    ...shared,
    book: { coordinators },
    takeBack: answers.takeBack,
  })
  const dueClocks = createDueClocks({ ...shared, takeBack: answers.takeBack })
  const extensions = createExtensionSilence({ ...shared, herald })
  const digest = createDailyDigest(shared)
  const nightly = createNightly({
    ...{ store, city, clock, stopped: () => stopped },
    onDuty: async () => herald.onDuty,
  })
  let ticking: Promise<void> | null = null
  let retaining: Promise<void> | null = null
  let stopped = false
  let counted = false
  let holds = false
  let asking = false
  const timers: NodeJS.Timeout[] = []
  const { leaseMs, beatMs } = parts.shared ? PACE.shared : PACE.alone
  const tenure = createTenure({ store, name: LEASE, holder: parts.holder, leaseMs })
  let everyMinute: ReturnType<typeof cron> | undefined

  async function wakeConversations(): Promise<void> {
    for (const { address } of await store.dueConversations(clock(), CONVERSATIONS)) {
      await step('conversation', () => parts.onTimeout(address))
    }
  }

  async function recountOnce(): Promise<void> {
    if (counted) return
    await recountEstimates({ store, city, clock })
    counted = true
  }

  async function step(name: string, work: () => Promise<unknown>): Promise<void> {
    try {
      if (!stopped) await work()
    } catch (error) {
      log.error({ err: error, step: name }, 'a step of the schedule failed; it comes again')
    }
  }

  async function round(): Promise<void> {
    await step('calendar', recountOnce)
    await step('expiry', () => store.expire(clock()))
    await step('passing-on', passing.run)
    await step('answers-delivered', answers.delivered)
    await step('answers-lost', answers.lost)
    await step('extensions', extensions.run)
    await step('clocks', dueClocks.run)
    await step('digest', digest.run)
    await step('conversations', wakeConversations)
    await step('channels', async () => parts.watch?.())
    await step('budget', outbox.look)
    // Not waited for: the first night of a large store is longer than a minute.
    retaining ??= step('retention', nightly).finally(() => {
      retaining = null
    })
    outbox.wake()
    parts.media?.wake()
  }

  function tick(): Promise<void> {
    ticking ??= round().finally(() => {
      ticking = null
    })
    return ticking
  }

  /** Renews the lease, or asks whether it is free by now; taken over, what the last holder left is done at once. */
  async function beat(): Promise<void> {
    if (asking) return
    asking = true
    const held = holds
    try {
      holds = await tenure.hold()
      if (holds && !held && !stopped) void tick()
    } catch (error) {
      holds = false
      if (held)
        log.error({ err: error, step: 'lease' }, 'the schedule rests until the store is back')
    } finally {
      asking = false
    }
  }

  outbox.onFate({
    accepted: () => void step('answers-delivered', answers.delivered),
    failed: () => step('passing-on', passing.run).then(outbox.wake),
    lost: (ticket) => step('answer-lost', () => answers.takeBack(ticket)),
  })

  return {
    tick,
    start() {
      timers.push(setTimeout(() => void beat(), FIRST_TICK_MS))
      timers.push(setInterval(() => void beat(), beatMs).unref())
      if (parts.shared) timers.push(setInterval(() => outbox.wake(), LOOK_MS).unref())
      const byClock = async () => {
        if (holds) await tick()
      }
      everyMinute = cron('* * * * *', byClock, { noOverlap: true, timezone: city.zone })
    },
    async stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      await everyMinute?.destroy()
      await ticking
      await retaining
      await tenure.release().catch(() => {})
    },
  }
}
