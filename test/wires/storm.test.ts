// Telegram in a bad mood: 429 after 429, while notices are due to many and people want answers.
// Time is pushed in quarter seconds; every call carries the moment at which it left.

import { afterEach, expect, test } from '@jest/globals'
import type { Channel } from '../../src/channels/channel.ts'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { optionsFor } from '../channels/telegram/contract-bench.ts'
import { at } from '../notify/support/cases.ts'
import { type Desk, message, openDesk, writes } from '../notify/support/desk.ts'
import { type FakeTelegram, startFakeTelegram } from '../support/fake-telegram.ts'
import { diceOf } from '../support/stream.ts'

const CHATS = 40
const FIRST = 700_300_000
const STEP_MS = 250
const STORMY_MS = 40_000
const LONGEST_MS = 600_000

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A desk that sends through Telegram, with its limits, on a clock that is pushed. */
async function openStorm() {
  let now = at('2026-11-23 10.00').getTime()
  const clock = () => new Date(now)
  const waits: { readonly until: number; readonly over: () => void }[] = []
  const fake = await startFakeTelegram({ now: () => now })
  const { limits: _none, ...options } = optionsFor(fake, 'webhook', clock)
  const wait = (ms: number) =>
    new Promise<void>((over) => void waits.push({ until: now + ms, over }))
  const channel = createTelegram({ ...options, timeoutMs: 5_000, wait })
  let sending = 0
  const counted: Channel = {
    ...channel,
    send: async (message) => {
      sending += 1
      return channel.send(message).finally(() => {
        sending -= 1
      })
    },
  }
  const desk = await openDesk({ now: clock(), channels: [counted] })
  ends.push(fake.stop, desk.store.close, () => {
    for (const { over } of waits) over()
    return desk.outbox.stop()
  })
  /** Resolves when whatever is being sent waits for the clock: a push must not overtake real HTTP. */
  const still = async () => {
    for (let quiet = 0, before = ''; quiet < 3; ) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      const waiting = waits.filter(({ until }) => until > now).length
      const seen = `${fake.calls.length} ${sending} ${waiting}`
      quiet = seen === before && sending === waiting ? quiet + 1 : 0
      before = seen
    }
  }
  const push = async () => {
    now += STEP_MS
    desk.setClock(clock())
    for (const { until, over } of waits) if (until <= now) over()
    desk.outbox.wake()
    await still()
  }
  return { fake, desk, push, now: () => now }
}

const says = (desk: Desk, chat: number, lane: 'reply' | 'notice', text: string) =>
  writes(desk, `telegram:${chat}`, {
    account: 'telegram',
    outbound: (to) => [message(desk, to, { account: 'telegram', lane, kind: lane, text })],
  })

/** Refuses some sends while it lasts, each time for one to five seconds. */
function rage(fake: FakeTelegram, now: () => number, seed: number) {
  const dice = diceOf(seed)
  const until = now() + STORMY_MS
  const refused: { readonly at: number; readonly ms: number }[] = []
  fake.answerBy(({ method }) => {
    if (method !== 'sendMessage' || now() > until || dice() > 0.15) return { type: 'accept' }
    const retryAfter = 1 + Math.floor(dice() * 5)
    refused.push({ at: now(), ms: retryAfter * 1000 })
    const description = `Too Many Requests: retry after ${retryAfter}`
    return { type: 'refuse', status: 429, description, retryAfter }
  })
  return refused
}

test('in a storm of 429 nothing leaves before its wait, replies overtake, and each chat keeps its order', async () => {
  const { fake, desk, push, now } = await openStorm()
  const refused = rage(fake, now, 29)
  const chats = Array.from({ length: CHATS }, (_, place) => FIRST + place)
  for (const nth of [1, 2, 3])
    for (const chat of chats) await says(desk, chat, 'notice', `kabar ${nth} untuk ${chat}`)
  const begun = now()
  const asked = new Map<string, number>()
  const dice = diceOf(7)
  while (fake.sent.length < CHATS * 3 + asked.size || now() - begun < STORMY_MS) {
    if (now() - begun > LONGEST_MS) throw new Error(`only ${fake.sent.length} arrived`)
    if (now() - begun < STORMY_MS && dice() < 0.3) {
      const chat = FIRST + Math.floor(dice() * CHATS)
      const text = `jawaban ${asked.size + 1} untuk ${chat}`
      await says(desk, chat, 'reply', text)
      asked.set(text, now())
    }
    await push()
  }

  const calls = fake.calls.filter(({ method }) => method === 'sendMessage')
  expect(refused.length).toBeGreaterThan(5)
  for (const { at: since, ms } of refused)
    expect(calls.filter((call) => call.at > since && call.at < since + ms)).toEqual([])
  for (const chat of chats) {
    const heard = fake.sentTo(chat).map(({ text }) => text)
    for (const lane of ['kabar', 'jawaban']) {
      const own = heard.filter((text) => text.startsWith(lane))
      const numbers = own.map((text) => Number(text.split(' ')[1]))
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
    }
  }
  // Everything arrived once, and no answer waited behind the notices that were due before it.
  expect(new Set(fake.sent.map(({ text }) => text)).size).toBe(fake.sent.length)
  expect(fake.sent).toHaveLength(CHATS * 3 + asked.size)
  const places = new Map(fake.sent.map(({ text }, place) => [text, place]))
  const early = [...asked.keys()].slice(0, 10).map((text) => places.get(text) ?? 0)
  expect(Math.max(...early)).toBeLessThan(fake.sent.length - 20)
}, 60_000)

test('no more than Telegram allows leave in a second, overall and to one chat', async () => {
  const { fake, desk, push, now } = await openStorm()
  const chats = Array.from({ length: CHATS }, (_, place) => FIRST + place)
  for (const nth of [1, 2])
    for (const chat of chats) await says(desk, chat, 'notice', `kabar ${nth} untuk ${chat}`)
  const begun = now()
  while (fake.sent.length < CHATS * 2 && now() - begun < LONGEST_MS) await push()
  const calls = fake.calls.filter(({ method }) => method === 'sendMessage')
  expect(calls).toHaveLength(CHATS * 2)
  for (const call of calls) {
    const second = calls.filter((one) => one.at >= call.at && one.at < call.at + 1_000)
    expect(second.length).toBeLessThanOrEqual(30)
    const chat = second.filter(({ params }) => params.chat_id === call.params.chat_id)
    expect(chat).toHaveLength(1)
  }
})
