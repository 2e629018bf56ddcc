// 100,000 updates as nobody would send them: each row of the table with pieces taken out, doubled, swapped or replaced.
// Rule: each is answered with 200 and is either an event of the port's shape or ignored with a reason; none is neither.

import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import express from 'express'
import type { ChannelEvent } from '../../src/channels/channel.ts'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { webhooksFirst } from '../../src/http.ts'
import { eventFromJson, eventToJson } from '../../src/spool/event-json.ts'
import { optionsFor, SECRET, UPDATES } from '../channels/telegram/contract-bench.ts'
import { NOT_FOR_US } from '../channels/telegram/updates-not-for-us.ts'
import * as people from '../channels/telegram/updates-of-people.ts'
import * as telegram from '../channels/telegram/updates-of-telegram.ts'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { type Dice, diceOf } from '../support/stream.ts'

const COUNT = Number(process.env.SOAK_UPDATES ?? 100_000)
const ODD = [
  null,
  '',
  'x'.repeat(5_000),
  '\ud800',
  '\u0000\u202e',
  -1,
  0,
  1.5,
  2 ** 53,
  1e308,
  true,
  [],
  {},
  [[]],
  { id: {} },
  '__proto__',
  '💥'.repeat(100),
]

const rows = [
  ...[people.OF_WORDS, people.OF_FILES, people.OF_PLACES, people.OF_COMMANDS, people.OF_EDITS],
  ...[people.IN_GROUPS, telegram.ODD_CONTENT, telegram.SERVICE, telegram.PRESSES],
  ...[telegram.MEMBERSHIPS, NOT_FOR_US],
].flatMap((group) => group.map(([, update]) => update))

/** The same, with one or more places of it changed. */
function mutated(value: unknown, dice: Dice, rate: number): unknown {
  const pick = <T>(list: readonly T[]) => list[Math.floor(dice() * list.length)] as T
  if (dice() < rate) return pick(ODD)
  if (Array.isArray(value)) {
    const inner = value.map((one) => mutated(one, dice, rate))
    return dice() < rate ? [...inner, ...inner] : inner
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (dice() < rate) return []
    const key =
      dice() < rate ? pick(['text', 'chat', 'from', 'data', 'photo', 'location', 'id']) : name
    return [[key, mutated(inner, dice, rate)]]
  })
  return Object.fromEntries(entries)
}

test(`${COUNT} mutated updates are each answered, as an event or with a reason`, async () => {
  const fake = await startFakeTelegram()
  const events: ChannelEvent[] = []
  const ignored = new Map<string, number>()
  const onIgnored = (reason: string) => void ignored.set(reason, (ignored.get(reason) ?? 0) + 1)
  const channel = createTelegram({ ...optionsFor(fake, 'webhook', () => new Date(0)), onIgnored })
  const server = createServer(webhooksFirst(channel.webhooks ?? [], express()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  await channel.start(async (event) => {
    events.push(event)
    // What the port promises, in the shape in which it may have to wait on disk.
    expect(eventFromJson(eventToJson(event))).toEqual(event)
  })

  const dice = diceOf(100_000)
  const agent = new Agent({ keepAlive: true })
  let handed = 0
  for (let count = 1; count <= COUNT; count++) {
    const update = mutated(
      rows[Math.floor(dice() * rows.length)],
      dice,
      0.003 + dice() * dice() * 0.1,
    )
    const whole = typeof update === 'object' && update !== null ? update : { update }
    const body = JSON.stringify({ update_id: count, ...whole })
    const before = sum(ignored)
    const status = await post(port, agent, body)
    const became = { status, event: events.length > 0, ignored: sum(ignored) - before }
    const event = events.splice(0).length > 0
    if (event) handed += 1
    // One by one, so that a row that is neither is named.
    if (status !== 200 || became.ignored !== (event ? 0 : 1))
      expect({ body, ...became }).toEqual({ body, status: 200, event, ignored: event ? 0 : 1 })
  }
  agent.destroy()
  await channel.stop()
  await fake.stop()
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))

  console.log(`${handed} events; ignored:`, Object.fromEntries(ignored))
  expect(handed).toBeGreaterThan(COUNT / 10)
  expect(sum(ignored)).toBe(COUNT - handed)
})

const sum = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((all, count) => all + count, 0)

function post(port: number, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      'X-Telegram-Bot-Api-Secret-Token': SECRET,
    }
    const asked = request({ agent, port, path: UPDATES, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
