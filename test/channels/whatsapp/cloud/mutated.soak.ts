// 100,000 webhooks as nobody would post them: each recorded shape with pieces taken out, doubled, swapped or replaced,
// beside a whole one; and forged ones among them. Rule: what is whole is handed on, whatever stands around it.

import { createHmac } from 'node:crypto'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import express from 'express'
import type { ChannelEvent } from '../../../../src/channels/channel.ts'
import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import { webhooksFirst } from '../../../../src/http.ts'
import { eventFromJson, eventToJson } from '../../../../src/spool/event-json.ts'
import { CLOUD_PATH, type Json, META_SECRET, webhookOf } from '../../../support/fake-meta.ts'
import { type Dice, diceOf } from '../../../support/stream.ts'
import { optionsFor } from './contract-bench.ts'
import { META_TELLS, PEOPLE_SEND, PEOPLE_TAP, PEOPLE_WRITE } from './payloads.ts'

const COUNT = Number(process.env.SOAK_UPDATES ?? 100_000)
const ODD = [
  ...[null, '', 'x'.repeat(5_000), '\ud800', '\u0000\u202e', -1, 0, 1.5, 2 ** 53, 1e308, true],
  ...[[], {}, [[]], { id: {} }, '__proto__', '💥'.repeat(100)],
]
const NAMES = ['text', 'from', 'id', 'type', 'system', 'edit', 'messages', 'contacts', 'context']
const FORGED = 0.01

const shapes = [...PEOPLE_WRITE, ...PEOPLE_SEND, ...PEOPLE_TAP, ...META_TELLS]

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
    return [[dice() < rate ? pick(NAMES) : name, mutated(inner, dice, rate)]]
  })
  return Object.fromEntries(entries)
}

const wholeOf = (count: number): Json => ({
  ...{ id: `wamid.whole.${count}`, from: '6281299900777', timestamp: '1', type: 'text' },
  text: { body: `utuh ${count}` },
})

/** Broken and whole in one batch, in either order; or broken through and through. */
function postedBy(count: number, dice: Dice) {
  const { message, status, contacts } = shapes[Math.floor(dice() * shapes.length)] ?? {}
  const rate = 0.003 + dice() * dice() * 0.1
  const broken = webhookOf(message ? [message] : [], status ? [status] : [], contacts)
  if (dice() < 0.3) return { body: mutated(broken, dice, rate), whole: false }
  const item = message === undefined ? [] : [mutated(message, dice, rate)]
  const told = status === undefined ? [] : [mutated(status, dice, rate)]
  const around = contacts?.map((one) => mutated(one, dice, rate))
  const messages = dice() < 0.5 ? [...item, wholeOf(count)] : [wholeOf(count), ...item]
  return { body: webhookOf(messages, told, around), whole: true }
}

test(`${COUNT} mutated webhooks are each answered, and none takes a whole message with it`, async () => {
  const events: ChannelEvent[] = []
  let forged = 0
  const ignored = new Map<string, number>()
  const channel = createWhatsAppCloud({
    ...optionsFor({ url: 'http://127.0.0.1:9' }, () => new Date(0)),
    onForgery: () => {
      forged += 1
    },
    onIgnored: (reason) => void ignored.set(reason, (ignored.get(reason) ?? 0) + 1),
  })
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
  const statuses = new Map<number, number>()
  let handed = 0
  let turnedAway = 0
  try {
    for (let count = 1; count <= COUNT; count++) {
      const { body, whole } = postedBy(count, dice)
      const forges = dice() < FORGED
      const raw = JSON.stringify(body)
      const status = await post(port, agent, raw, forges ? 'geraten' : META_SECRET)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      turnedAway += forges ? 1 : 0
      const came = events.splice(0)
      handed += came.length
      const heard = came.some(
        (one) => one.type === 'message' && one.message.text === `utuh ${count}`,
      )
      // One by one, so that the body that broke it is named.
      const right = forges
        ? status === 403 && came.length === 0
        : whole
          ? status === 200 && heard
          : status === 200 || status === 400
      if (!right) expect({ raw, status, heard }).toBeNull()
    }
  } finally {
    agent.destroy()
    await channel.stop()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  console.log(`${handed} events; answered:`, Object.fromEntries(statuses))
  console.log('ignored:', Object.fromEntries(ignored))
  expect(forged).toBe(turnedAway)
  expect(handed).toBeGreaterThan(COUNT / 2)
})

function post(port: number, agent: Agent, body: string, secret: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    const headers = {
      'Content-Type': 'application/json',
      'X-Hub-Signature-256': `sha256=${signature}`,
    }
    const asked = request({ agent, port, path: CLOUD_PATH, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
