// The table of updates, posted as Telegram posts them: each becomes its event or is ignored with its reason, and all are answered.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import express from 'express'
import type { ChannelEvent } from '../../../src/channels/channel.ts'
import { createTelegram } from '../../../src/channels/telegram/telegram.ts'
import { webhooksFirst } from '../../../src/http.ts'
import { type FakeTelegram, startFakeTelegram } from '../../support/fake-telegram.ts'
import { UPDATE_KINDS } from '../../support/telegram/updates.ts'
import { optionsFor, SECRET, UPDATES } from './contract-bench.ts'
import { NOT_FOR_US } from './updates-not-for-us.ts'
import {
  IN_GROUPS,
  OF_COMMANDS,
  OF_EDITS,
  OF_FILES,
  OF_PLACES,
  OF_WORDS,
  type Row,
} from './updates-of-people.ts'
import { MEMBERSHIPS, ODD_CONTENT, PRESSES, SERVICE } from './updates-of-telegram.ts'

const GROUPS: Readonly<Record<string, readonly Row[]>> = {
  'What people write': OF_WORDS,
  'What people send along': OF_FILES,
  'Where people are': OF_PLACES,
  'What a link or a command carries': OF_COMMANDS,
  'What people change': OF_EDITS,
  'What is no word of a complaint': ODD_CONTENT,
  'What people press': PRESSES,
  'Who lets the bot in and out': MEMBERSHIPS,
  'What happens in groups': IN_GROUPS,
  'What Telegram notes in a chat': SERVICE,
  'What is not for us': NOT_FOR_US,
}
const ROWS = Object.values(GROUPS).flat()

const events: ChannelEvent[] = []
const ignored: string[] = []
let fake: FakeTelegram
let url = ''
let close: () => Promise<void>

beforeAll(async () => {
  fake = await startFakeTelegram()
  const onIgnored = (reason: string) => void ignored.push(reason)
  const channel = createTelegram({ ...optionsFor(fake, 'webhook', () => new Date(0)), onIgnored })
  const server = createServer(webhooksFirst(channel.webhooks ?? [], express()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${UPDATES}`
  await channel.start(async (event) => void events.push(event))
  close = async () => {
    await channel.stop()
    await fake.stop()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})
afterAll(() => close())
beforeEach(() => {
  events.length = 0
  ignored.length = 0
})

async function post(update: object): Promise<number> {
  const headers = {
    'Content-Type': 'application/json',
    'X-Telegram-Bot-Api-Secret-Token': SECRET,
  }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(update) })).status
}

describe.each(Object.entries(GROUPS))('%s', (_name, rows) => {
  test.each(rows)('%s', async (_row, update, becomes) => {
    expect(await post({ update_id: 5, ...update })).toBe(200)
    if (typeof becomes === 'string') expect([events, ignored]).toEqual([[], [becomes]])
    else expect([events.at(-1), ignored]).toMatchObject([becomes, []])
  })
})

test('the table has more than forty rows, and each kind of update there is', () => {
  expect(ROWS.length).toBeGreaterThan(40)
  const kinds = new Set(ROWS.flatMap(([, update]) => Object.keys(update)))
  expect(UPDATE_KINDS.filter((kind) => !kinds.has(kind))).toEqual([])
})

test('the same update is the same event', async () => {
  const [, update] = OF_FILES[0] ?? []
  await post({ update_id: 5, ...update })
  await post({ update_id: 6, ...update })
  expect(events[0]).toEqual(events[1])
})

test('a press is let go, whatever it was on', async () => {
  for (const [, update] of PRESSES) fake.bring(update)
  const before = fake.answered.length
  for (const [, update] of PRESSES) await post({ update_id: 7, ...update })
  await fake.answeredCount(before + PRESSES.length)
})

test.each([
  ['no JSON', '{"update_id":', 400],
  ['nothing', '', 400],
  ['more than 1 MiB', `"${'x'.repeat(1024 * 1024)}"`, 413],
])('%s is refused', async (_name, body, status) => {
  const headers = { 'X-Telegram-Bot-Api-Secret-Token': SECRET }
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(status)
  expect(events).toEqual([])
})
