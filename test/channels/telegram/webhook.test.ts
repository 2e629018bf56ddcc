// The webhook: registered by itself, believed by its secret, answered with 200 only for what is stored.

import { describe, expect, test } from '@jest/globals'
import { CITIZEN, textUpdate } from '../../support/telegram/updates.ts'
import { type Bench, PUBLIC, SECRET, texts, UPDATES, until, withBench } from './harness.ts'

const hooked = (story: (bench: Bench) => Promise<void>, options = {}) =>
  withBench({ hook: true, ...options }, async (bench) => {
    await bench.start()
    await story(bench)
  })

async function post(
  bench: Pick<Bench, 'base'>,
  body: string | Buffer,
  secret: string | null = SECRET,
  more: RequestInit = {},
): Promise<number> {
  const proof: Record<string, string> =
    secret === null ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret }
  const headers = { 'Content-Type': 'application/json', ...proof }
  const response = await fetch(bench.base + UPDATES, { method: 'POST', headers, body, ...more })
  await response.arrayBuffer()
  return response.status
}

const update = (text: string, id = 1) =>
  JSON.stringify({ update_id: id, ...textUpdate(CITIZEN, text) })

describe('at the start', () => {
  test('it is registered with its secret and what it wants to hear', () =>
    hooked(async ({ fake, channel }) => {
      expect(fake.webhook()).toEqual({ url: PUBLIC + UPDATES, secret: SECRET })
      const [call] = fake.calls.filter(({ method }) => method === 'setWebhook')
      expect(call?.params.allowed_updates).toEqual([
        ...['message', 'edited_message', 'callback_query', 'my_chat_member'],
      ])
      expect([channel.health().state, fake.polls]).toEqual(['up', []])
    }))

  test('what cannot be registered is tried again, and health says so meanwhile', () =>
    withBench({ hook: true }, async ({ fake, channel, waits, start }) => {
      const states: unknown[] = []
      fake.answer({ type: 'refuse', status: 429, description: 'Too Many', retryAfter: 9 })
      fake.answerBy(({ method }) => {
        if (method === 'setWebhook') states.push(channel.health())
        return { type: 'accept' }
      })
      await start()
      await until(() => channel.health().state === 'up')
      expect(states).toMatchObject([
        { state: 'down', why: expect.stringMatching(/not registered: HTTP 429/) },
      ])
      expect(waits).toEqual([9_000])
    }))

  test('taken over by somebody else, it is taken back', () =>
    hooked(
      async ({ fake }) => {
        await fetch(`${fake.url}/bot${fake.token}/setWebhook?url=https://lain.example.com/`)
        await until(() => fake.webhook()?.url === PUBLIC + UPDATES)
      },
      { lookMs: 20 },
    ))
})

describe('an update', () => {
  test('comes through, and again as long as it could not be stored', () =>
    hooked(async (bench) => {
      const { fake, storing, base } = bench
      let faults = 2
      storing(async () => {
        if (faults-- > 0) throw new Error('disk full')
      })
      fake.reach(base)
      fake.bring(textUpdate(CITIZEN, 'lampu mati'))
      await fake.confirmed()
      expect(fake.deliveries.map(({ status }) => status)).toEqual([503, 503, 200])
      expect(texts(bench)).toEqual(['lampu mati'])
    }))

  test.each([
    ['the right secret', SECRET, 200],
    ['another secret', 'rahasia-lain', 403],
    ['a part of it', SECRET.slice(0, -1), 403],
    ['none', null, 403],
  ])('with %s', (_name, secret, status) =>
    hooked(async (bench) => {
      expect(await post(bench, update('halo'), secret)).toBe(status)
      expect([texts(bench), bench.forgeries()]).toEqual(status === 200 ? [['halo'], 0] : [[], 1])
    }),
  )

  test.each([
    ['no JSON', '{"update_id":', 400],
    ['more than 1 MiB', Buffer.alloc(1024 * 1024 + 1, 32), 413],
    ['what nobody has heard of', '{"update_id":1,"hologram":{}}', 200],
    ['no object', '7', 200],
  ])('that is %s', (_name, body, status) =>
    hooked(async (bench) => {
      expect(await post(bench, body)).toBe(status)
      expect(bench.events).toEqual([])
    }),
  )

  test('that could not be stored is 503, and counts as nothing heard', () =>
    hooked(async (bench) => {
      bench.storing(() => Promise.reject(new Error('disk full')))
      expect([await post(bench, update('kata rahasia')), bench.channel.health().lastIn]).toEqual([
        ...[503, null],
      ])
      expect(bench.logged()).not.toMatch(/rahasia/)
    }))

  test('after the stop is 503: it comes again', () =>
    hooked(async (bench) => {
      await bench.channel.closeIntake?.()
      expect(await post(bench, update('halo'))).toBe(503)
      expect(bench.logged()).not.toContain('could not store')
    }))

  test('comes by POST alone', () =>
    hooked(async (bench) => {
      expect(await post(bench, '', SECRET, { method: 'GET', body: null })).toBe(405)
    }))
})
