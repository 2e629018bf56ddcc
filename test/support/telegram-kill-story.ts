// The process ended at seeded moments, or at calls of its store, while people write by Telegram, polled or posted; then the audit of what must be true all the same.
// Rule: at every end of a process, what Telegram was told is stored; in the end everything is, once, and was answered.

import { setTimeout as passes } from 'node:timers/promises'
import { expect } from '@jest/globals'
import Database from 'better-sqlite3'
import { CRASH_AT_STEP } from './breaking.ts'
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts'
import type { Gateway } from './gateway.ts'
import { eventually, type GatewayProcess, within } from './gateway-process.ts'
import { quiet } from './kill-story.ts'
import { diceOf } from './stream.ts'
import type { FakeSent } from './telegram/methods.ts'
import { blockUpdate, messageOf } from './telegram/updates.ts'
import { MORNING, type World } from './world.ts'

export type Way = 'polling' | 'webhook'

export interface TelegramKillFigures {
  readonly kills: number
  readonly updates: number
  readonly redelivered: number
  readonly sends: number
  readonly repeatedSends: number
}

interface Written {
  readonly updateId: number
  readonly messageId: number
  readonly chat: number
  /** Stands in this complaint and in no other; null: it only asks. */
  readonly mark: string | null
}

/** Each start is this much later, so that what a killed process had in hand is free again. */
const LATER_MS = 120_000
/** Long enough for every draft to be filed as it stands. */
const MUCH_LATER_MS = 3 * 3_600_000
/** So many people write while a process starts; it lives for fewer answers than that, and up to 20 ms more. */
const PEOPLE = 8
const ASKS = 0.4
const FIRST_CHAT = 700_200_000

/** `kill -9` at so many seeded moments. */
export function telegramKillStory(
  world: World,
  way: Way,
  kills: number,
  seed: number,
): Promise<TelegramKillFigures> {
  const dice = diceOf(seed)
  const life: Life = {
    env: {},
    async end(child, telegram) {
      const enough = telegram.sent.length + 1 + Math.floor(dice() * PEOPLE)
      await within(telegram.sentCount(enough), 20_000, () => `only ${telegram.sent.length} answers`)
      await passes(dice() * 20)
      child.signal('SIGKILL')
      await child.ended()
    },
  }
  return telegramStory(
    world,
    way,
    Array.from({ length: kills }, () => life),
    dice,
  )
}

/** The process ended right before, and right after, each of these calls of its store. */
export function telegramCrashStory(
  world: World,
  way: Way,
  calls: readonly string[],
): Promise<TelegramKillFigures> {
  const points = calls.flatMap((call) => [`${call} before`, `${call} after`])
  const lives = points.map(
    (point): Life => ({
      env: { CRASH_AT: point },
      preload: CRASH_AT_STEP,
      async end(child) {
        expect({ point, how: await child.ended(30_000) }).toEqual({ point, how: 'SIGKILL' })
      },
    }),
  )
  return telegramStory(world, way, lives, diceOf(points.length))
}

/** How one process lives among people who write, and ends. */
interface Life {
  readonly env: Readonly<Record<string, string>>
  readonly preload?: string
  end(child: GatewayProcess, telegram: FakeTelegram): Promise<void>
}

async function telegramStory(
  world: World,
  way: Way,
  lives: readonly Life[],
  dice: () => number,
): Promise<TelegramKillFigures> {
  const telegram = await startFakeTelegram()
  try {
    return await story(world, telegram, way, lives, dice)
  } finally {
    await telegram.stop()
  }
}

async function story(
  world: World,
  telegram: FakeTelegram,
  way: Way,
  lives: readonly Life[],
  dice: () => number,
): Promise<TelegramKillFigures> {
  const env = telegramEnv(telegram, way)
  const at = (afterMs: number) => new Date(Date.parse(MORNING) + afterMs).toISOString()
  telegram.answerBy(() => ({ type: 'accept', afterMs: 3 }))
  const crowd = openCrowd(telegram, dice)
  const ends: number[] = []
  for (const [place, { preload, ...life }] of lives.entries()) {
    crowd.write(PEOPLE)
    const child = world.spawn({
      env: world.env({ at: at(place * LATER_MS), env: { ...env, ...life.env } }),
      ...(preload === undefined ? {} : { preload }),
    })
    // It may end before it listens.
    world.meet(child).then(
      ({ url }) => telegram.reach(url),
      () => {},
    )
    await life.end(child, telegram)
    telegram.reach(null)
    ends.push(telegram.sent.length)
    expectStored(world, crowd.written, telegram.waiting())
  }
  const last = await world.start({ at: at(lives.length * LATER_MS + MUCH_LATER_MS), env })
  telegram.reach(last.url)
  await within(telegram.confirmed(), 30_000, () => `${telegram.waiting().length} unconfirmed`)
  await everyMarkFiled(last, crowd.written)
  await quiet(last)
  const repeatedSends = repeatsIn(telegram.sent, ends)
  expectStored(world, crowd.written, [])
  for (const { chat } of crowd.written) expect(telegram.sentTo(chat)).not.toEqual([])
  expect(await last.stop()).toBe(0)
  return {
    kills: lives.length,
    updates: crowd.written.length,
    redelivered: telegram.deliveries.filter(({ status }) => status !== 200).length,
    sends: telegram.sent.length,
    repeatedSends,
  }
}

function telegramEnv(telegram: FakeTelegram, way: Way): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    ...(way === 'webhook' ? { TELEGRAM_WEBHOOK_SECRET: 'rahasia-701234567890' } : {}),
  }
}

/** New people who write one complaint each; some ask for its state at once. */
function openCrowd(telegram: FakeTelegram, dice: () => number) {
  const written: Written[] = []
  let people = 0

  function write(chat: number, text: string, mark: string | null): void {
    const message = messageOf({ from: chat, text })
    const updateId = telegram.bring({ message }) ?? 0
    written.push({ updateId, messageId: Number(message.message_id), chat, mark })
  }

  return {
    written,
    write: (count: number) => {
      for (const last = people + count; people < last; people++) {
        const chat = FIRST_CHAT + people
        const mark = `k${people}z`
        write(chat, `lampu jalan padam di jl kuin selatan tiang ${mark}`, mark)
        if (dice() < ASKS) write(chat, 'STATUS', null)
      }
      telegram.bring(blockUpdate(FIRST_CHAT + 90_000 + people, 'kicked'))
    },
  }
}

/** What Telegram was told is there: each update that is not waiting any more, once. */
function expectStored(world: World, written: readonly Written[], waiting: readonly number[]): void {
  const database = new Database(world.database, { readonly: true })
  const ids = database.prepare('select provider_id from inbox').pluck().all() as string[]
  database.close()
  // `CHAT:MESSAGE`, the chat under a name that only the gateway knows; our message ids are unique in all chats.
  const stored = new Set(ids.map((id) => Number(id.split(':')[1])))
  const confirmed = written.filter(({ updateId }) => !waiting.includes(updateId))
  expect(confirmed.filter(({ messageId }) => !stored.has(messageId))).toEqual([])
  expect(stored.size).toBe(ids.length)
}

async function everyMarkFiled(gateway: Gateway, written: readonly Written[]): Promise<void> {
  const marks = written.flatMap(({ mark }) => (mark === null ? [] : [mark]))
  const filed = await eventually(
    async () => (await gateway.complaints()).map(({ text }) => text ?? ''),
    (texts) => texts.length >= marks.length,
    30_000,
  )
  const times = marks.map((mark) => filed.filter((text) => text.endsWith(` ${mark}`)).length)
  expect(times).toEqual(marks.map(() => 1))
  expect(filed).toHaveLength(marks.length)
}

/** Messages that arrived twice; each must have been in flight when a process was killed. */
function repeatsIn(sent: readonly FakeSent[], ends: readonly number[]): number {
  const seen = new Map<string, number>()
  let repeats = 0
  for (const [place, { chatId, text }] of sent.entries()) {
    const key = `${chatId}: ${text}`
    const before = seen.get(key)
    seen.set(key, place)
    if (before === undefined) continue
    repeats += 1
    const inFlight = ends.some((end) => before < end && end <= place)
    expect({ key, inFlight }).toEqual({ key, inFlight: true })
  }
  return repeats
}
