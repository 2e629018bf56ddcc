// Long polling through a month in which nobody writes, and ids that begin anew below those confirmed.

import { afterEach, expect, test } from '@jest/globals'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { withinMs } from '../channels/contract/given.ts'
import { optionsFor } from '../channels/telegram/contract-bench.ts'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { CITIZEN, textUpdate } from '../support/telegram/updates.ts'

const DAY_MS = 86_400_000

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test.each([
  ['a month', 30 * DAY_MS],
  ['seven days', 7 * DAY_MS],
])('after %s without updates, ids that restart lower lose nothing', async (_name, silenceMs) => {
  let now = Date.parse('2026-03-16T01:00:00Z')
  const fake = await startFakeTelegram()
  ends.push(fake.stop)
  const channel = createTelegram(optionsFor(fake, 'polling', () => new Date(now)))
  ends.push(channel.stop)
  const heard: string[] = []
  await channel.start(async (event) => {
    if (event.type === 'message') heard.push(event.message.text)
  })
  const id = fake.bring(textUpdate(CITIZEN, 'sebelum')) ?? 0
  await fake.confirmed()
  await withinMs(() => fake.polls.at(-1)?.offset === id + 1, 5_000)
  now += silenceMs
  // The poll that waits was asked before the silence; the next one knows how long it was.
  fake.restartIds(41)
  fake.cutPolls()
  await withinMs(() => fake.polls.at(-1)?.offset === null, 5_000)
  for (const text of ['sesudah', 'dan lagi']) fake.bring(textUpdate(CITIZEN, text))
  await fake.confirmed()
  fake.bring(textUpdate(CITIZEN, 'dan seterusnya'))
  await fake.confirmed()
  await channel.stop()
  expect(heard).toEqual(['sebelum', 'sesudah', 'dan lagi', 'dan seterusnya'])
  expect(fake.polls.at(-1)?.offset).toBeLessThan(50)
})

test('a gateway that was away for two months begins without an offset', async () => {
  let now = Date.parse('2026-03-16T01:00:00Z')
  const fake = await startFakeTelegram()
  ends.push(fake.stop)
  const options = optionsFor(fake, 'polling', () => new Date(now))
  const heard: string[] = []
  const open = async () => {
    const channel = createTelegram(options)
    ends.push(channel.stop)
    await channel.start(async (event) => {
      if (event.type === 'message') heard.push(event.message.text)
    })
    return channel
  }
  const before = await open()
  fake.bring(textUpdate(CITIZEN, 'sebelum'))
  await fake.confirmed()
  await before.stop()
  now += 60 * DAY_MS
  fake.restartIds(41)
  fake.bring(textUpdate(CITIZEN, 'sesudah'))
  const after = await open()
  await fake.confirmed()
  await after.stop()
  expect(heard).toEqual(['sebelum', 'sesudah'])
})

test('while people write, a poll begins right behind the last update, even below an earlier one', async () => {
  const fake = await startFakeTelegram()
  ends.push(fake.stop)
  const channel = createTelegram(optionsFor(fake, 'polling', () => new Date(0)))
  ends.push(channel.stop)
  const heard: string[] = []
  await channel.start(async (event) => {
    if (event.type === 'message') heard.push(event.message.text)
  })
  const id = fake.bring(textUpdate(CITIZEN, 'satu')) ?? 0
  await fake.confirmed()
  await withinMs(() => fake.polls.at(-1)?.offset === id + 1, 5_000)
  expect([fake.polls.at(-1)?.offset, heard]).toEqual([id + 1, ['satu']])
  await channel.stop()
})
