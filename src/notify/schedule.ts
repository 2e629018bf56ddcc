// What time alone brings about, every minute: expiry, clocks, answers, conversations that wake, the outbox.
// Each step stands alone: one that fails is logged and comes again with the next tick.

import { schedule as cron } from 'node-cron'
import type { City } from '../city/city.ts'
import type { Clock } from '../clock.ts'
import type { Address } from '../message.ts'
import type { Store } from '../store/store.ts'
import { createAnswers } from './answers.ts'
import { createDueClocks } from './due-clocks.ts'
import { recountEstimates } from './estimates.ts'
import type { Herald } from './herald.ts'
import type { Outbox } from './outbox.ts'
import type { OutboxLog } from './watchers.ts'

export interface ScheduleParts {
  readonly store: Store
  readonly city: City
  readonly herald: Pick<Herald, 'coordinators' | 'wording'>
  readonly outbox: Pick<Outbox, 'wake' | 'look' | 'onAnswer'>
  readonly clock: Clock
  readonly log: OutboxLog
  /** The conversation of this address asked to be woken by now. Rejects when it could not be. */
  readonly onTimeout: (address: Address) => Promise<void>
}

export interface Schedule {
  /** Ticks once within 5 s, then every minute. */
  start(): void
  /** One round of everything; two never run at once. */
  tick(): Promise<void>
  /** No new ticks; the one in hand ends. */
  stop(): Promise<void>
}

const FIRST_TICK_MS = 1_000
const CONVERSATIONS = 200

export function createSchedule(parts: ScheduleParts): Schedule {
  const { store, city, herald, outbox, clock, log } = parts
  const { coordinators, wording } = herald
  const shared = { store, clock, coordinators, log, ...wording }
  const answers = createAnswers(shared)
  const dueClocks = createDueClocks({ ...shared, takeBack: answers.takeBack })
  let ticking: Promise<void> | null = null
  let stopped = false
  let counted = false
  let first: NodeJS.Timeout | undefined
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
    await step('answers-delivered', answers.delivered)
    await step('answers-lost', answers.lost)
    await step('clocks', dueClocks.run)
    await step('conversations', wakeConversations)
    await step('budget', outbox.look)
    outbox.wake()
  }

  function tick(): Promise<void> {
    ticking ??= round().finally(() => {
      ticking = null
    })
    return ticking
  }

  outbox.onAnswer({
    accepted: () => void step('answers-delivered', answers.delivered),
    lost: (ticket) => step('answer-lost', () => answers.takeBack(ticket)),
  })

  return {
    tick,
    start() {
      first = setTimeout(() => void tick(), FIRST_TICK_MS)
      everyMinute = cron('* * * * *', () => tick(), { noOverlap: true, timezone: city.zone })
    },
    async stop() {
      stopped = true
      clearTimeout(first)
      await everyMinute?.destroy()
      await ticking
    },
  }
}
