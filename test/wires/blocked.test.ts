// Somebody blocks the bot and lets it in again, through the whole gateway: nothing is sent into a shut door, nothing is lost behind it.

import { afterEach, expect, test } from '@jest/globals'
import type { AssemblyParts } from '../../src/assembly.ts'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { withinMs } from '../channels/contract/given.ts'
import { optionsFor } from '../channels/telegram/contract-bench.ts'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { openInProcess, TOKEN } from '../support/in-process.ts'
import { blockUpdate, CITIZEN, textUpdate } from '../support/telegram/updates.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const BEGIN = Date.parse('2026-11-25T02:00:00Z')

/** Telegram, and a clock on which a minute passes with each update; who opens the gateway last is reached by them. */
async function startTelegram() {
  let now = BEGIN
  const fake = await startFakeTelegram()
  ends.push(fake.stop)
  const clock = () => new Date(now)
  return {
    fake,
    pass: (ms: number) => {
      now += ms
    },
    async open(more: Partial<AssemblyParts> = {}) {
      const channel = createTelegram(optionsFor(fake, 'webhook', clock))
      const house = await openInProcess({}, { channels: [channel], clock, ...more })
      ends.push(house.stop)
      fake.reach(house.url)
      const { assembly } = house
      return {
        ...house,
        async hears(update: Parameters<typeof fake.bring>[0]) {
          now += 60_000
          fake.bring(update)
          await fake.confirmed()
          await assembly.drain()
        },
        async ticks() {
          await assembly.tick()
          await assembly.drain()
        },
      }
    },
  }
}

test('who blocks the bot is sent nothing; who lets it in again hears how the case stands', async () => {
  const { fake, pass, open } = await startTelegram()
  const { assembly, store, url, hears, ticks } = await open()
  const move = async (ticket: string, body: object) => {
    const answer = await fetch(`${url}/api/complaints/${ticket}/moves`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ actor: 'Meja', ...body }),
    })
    expect(answer.status).toBe(200)
    await assembly.drain()
  }

  await hears(textUpdate(CITIZEN, 'lampu jalan mati di jl kuin selatan depan masjid'))
  pass(3 * 3_600_000)
  await ticks()
  const [file] = (await store.complaints({ limit: 5 })).files
  const ticket = file?.complaint.ticket ?? ''
  expect(fake.sent.at(-1)?.text).toContain(ticket)

  await hears(blockUpdate(CITIZEN, 'kicked'))
  const before = fake.calls.length
  await move(ticket, { move: 'assign', agency: 'DPUPR' })
  await ticks()
  expect(fake.calls.slice(before).filter(({ method }) => method === 'sendMessage')).toEqual([])

  await hears(blockUpdate(CITIZEN, 'member'))
  await hears(textUpdate(CITIZEN, '/start'))
  await ticks()
  await withinMs(() => fake.sent.some(({ text }) => /diteruskan|STATUS/.test(text)), 10_000)
  const heard = fake.calls.slice(before).filter(({ method }) => method === 'sendMessage')
  expect(heard.length).toBeGreaterThan(0)
  await hears(textUpdate(CITIZEN, `STATUS ${ticket}`))
  expect(fake.sent.at(-1)?.text).toMatch(/diteruskan|PUPR/i)
})

test('a chat that answers 403 is closed like one that was blocked, until its person writes again, even to another process', async () => {
  const { fake, open } = await startTelegram()
  const first = await open()
  fake.answerBy(({ method }) =>
    method === 'sendMessage'
      ? { type: 'refuse', status: 403, description: 'Forbidden: bot was blocked by the user' }
      : { type: 'accept' },
  )
  await first.hears(textUpdate(CITIZEN, 'BANTUAN'))
  expect(fake.sent).toEqual([])
  fake.answerBy(() => ({ type: 'accept' }))
  // A start knows of it only what is stored.
  const second = await open({ store: first.store })
  await second.hears(textUpdate(CITIZEN, 'STATUS'))
  await withinMs(() => fake.sent.length > 0, 10_000)
  expect(fake.sentTo(CITIZEN)).toHaveLength(1)
})
