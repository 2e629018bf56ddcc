// Somebody blocks the bot and lets it in again, through the whole gateway: nothing is sent into a shut door, nothing is lost behind it.

import { afterEach, expect, test } from '@jest/globals'
import type { AssemblyParts } from '../../src/assembly.ts'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { withinMs } from '../channels/contract/given.ts'
import { optionsFor } from '../channels/telegram/contract-bench.ts'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { type InProcess, openInProcess, TOKEN } from '../support/in-process.ts'
import { blockUpdate, CITIZEN, textUpdate } from '../support/telegram/updates.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const BEGIN = Date.parse('2026-11-25T02:00:00Z')

test('who blocks the bot is sent nothing; who lets it in again hears how the case stands', async () => {
  let now = BEGIN
  const fake = await startFakeTelegram()
  const clock = () => new Date(now)
  const channel = createTelegram(optionsFor(fake, 'webhook', clock))
  const house = await openInProcess({}, { channels: [channel], clock })
  ends.push(fake.stop, house.stop)
  fake.reach(house.url)
  const writes = async (update: Parameters<typeof fake.bring>[0]) => {
    now += 5_000
    fake.bring(update)
    await fake.confirmed()
    await house.assembly.drain()
  }
  const move = async (ticket: string, body: object) => {
    const answer = await fetch(`${house.url}/api/complaints/${ticket}/moves`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ actor: 'Meja', ...body }),
    })
    expect(answer.status).toBe(200)
    await house.assembly.drain()
  }

  await writes(textUpdate(CITIZEN, 'lampu jalan mati di jl kuin selatan depan masjid'))
  now += 3 * 3_600_000
  await house.assembly.tick()
  await house.assembly.drain()
  const [file] = (await house.store.complaints({ limit: 5 })).files
  const ticket = file?.complaint.ticket ?? ''
  expect(fake.sent.at(-1)?.text).toContain(ticket)

  await writes(blockUpdate(CITIZEN, 'kicked'))
  const before = fake.calls.length
  await move(ticket, { move: 'assign', agency: 'DPUPR' })
  await house.assembly.tick()
  await house.assembly.drain()
  expect(fake.calls.slice(before).filter(({ method }) => method === 'sendMessage')).toEqual([])

  await writes(blockUpdate(CITIZEN, 'member'))
  await writes(textUpdate(CITIZEN, '/start'))
  await house.assembly.tick()
  await house.assembly.drain()
  await withinMs(() => fake.sent.some(({ text }) => /diteruskan|STATUS/.test(text)), 10_000)
  const heard = fake.calls.slice(before).filter(({ method }) => method === 'sendMessage')
  expect(heard.length).toBeGreaterThan(0)
  await writes(textUpdate(CITIZEN, `STATUS ${ticket}`))
  expect(fake.sent.at(-1)?.text).toMatch(/diteruskan|PUPR/i)
})

test('a chat that answers 403 is closed like one that was blocked, until its person writes again, even to another process', async () => {
  let now = BEGIN
  const fake = await startFakeTelegram()
  const clock = () => new Date(now)
  const open = (more: Partial<AssemblyParts> = {}) =>
    openInProcess(
      {},
      { channels: [createTelegram(optionsFor(fake, 'webhook', clock))], clock, ...more },
    )
  const first = await open()
  ends.push(fake.stop, first.stop)
  const writes = async ({ url, assembly }: InProcess, words: string) => {
    fake.reach(url)
    now += 60_000
    fake.bring(textUpdate(CITIZEN, words))
    await fake.confirmed()
    await assembly.drain()
  }
  fake.answerBy(({ method }) =>
    method === 'sendMessage'
      ? { type: 'refuse', status: 403, description: 'Forbidden: bot was blocked by the user' }
      : { type: 'accept' },
  )
  await writes(first, 'BANTUAN')
  expect(fake.sent).toEqual([])
  fake.answerBy(() => ({ type: 'accept' }))
  // A start knows of it only what is stored.
  const second = await open({ store: first.store })
  ends.push(second.stop)
  await writes(second, 'STATUS')
  await withinMs(() => fake.sent.length > 0, 10_000)
  expect(fake.sentTo(CITIZEN)).toHaveLength(1)
})
