// One update, from either door: read, handed on, counted; and a pressed button is let go.
// Rule: `take` resolves once everything in it is stored; until then neither door confirms it.

import type { Logger } from 'pino'
import type { ChannelEvent, Receive } from '../channel.ts'
import type { Pace } from '../pace.ts'
import type { BotApi } from './api.ts'
import type { Buttons } from './buttons.ts'
import type { Health } from './health.ts'
import type { Ignored, Reading } from './reading.ts'

export interface IntakeParts {
  readonly api: Pick<BotApi, 'ask'>
  readonly buttons: Pick<Buttons, 'valueOf'>
  readonly pace: Pick<Pace, 'heldMs'>
  readonly health: Pick<Health, 'heard'>
  readonly read: (raw: unknown) => Reading
  readonly wait: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'debug'>
  readonly onIgnored: (reason: Ignored) => void
  /** Keeps count of what is in hand. */
  readonly hold: <T>(work: Promise<T>) => Promise<T>
}

export interface Intake {
  /** From now on events go to `receive`; null: nothing is taken. */
  open(receive: Receive | null): void
  isOpen(): boolean
  read(raw: unknown): Reading
  take(reading: Reading): Promise<void>
}

/** Later than this a press is no longer waited for. */
const PRESS_LIFE_MS = 15_000

export function createIntake(parts: IntakeParts): Intake {
  const { api, buttons, pace, health, hold } = parts
  let receive: Receive | null = null

  async function stored(reading: Reading): Promise<void> {
    if (receive === null) throw new Error('the Telegram channel takes nothing in now')
    const handOn = receive
    for (const event of reading.events) await handOn(await withValue(event))
    if (reading.events.length > 0) health.heard()
    if (reading.ignored !== null) parts.onIgnored(reading.ignored)
  }

  /** What rides in the button stands for the value of the choice. */
  async function withValue(event: ChannelEvent): Promise<ChannelEvent> {
    if (event.type !== 'message' || event.message.choice === null) return event
    const choice = await buttons.valueOf(event.message.choice)
    return { ...event, message: { ...event.message, choice } }
  }

  /** However late: without it the button keeps spinning. Nobody waits for it, and it may fail. */
  async function letGo(pressId: string): Promise<void> {
    const held = pace.heldMs()
    if (held > PRESS_LIFE_MS) return
    if (held > 0) await parts.wait(held)
    const answer = await api.ask('answerCallbackQuery', { callback_query_id: pressId })
    if (answer.type !== 'made')
      parts.log.debug({ outcome: answer.type }, 'a press was not answered')
  }

  return {
    open: (next) => {
      receive = next
    },
    isOpen: () => receive !== null,
    read: parts.read,
    async take(reading) {
      await hold(stored(reading))
      if (reading.pressId !== null) void hold(letGo(reading.pressId))
    },
  }
}
