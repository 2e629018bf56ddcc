// What leaves: whole, plain, at Telegram's pace; and what each of its answers means.

import { describe, expect, test } from '@jest/globals'
import type { FakeAnswer } from '../../support/fake-telegram.ts'
import { CITIZEN, GROUP, pressUpdate } from '../../support/telegram/updates.ts'
import { type Bench, outbound, withBench } from './harness.ts'

const TO_GROUP = `telegram:${GROUP}` as const
const choice = (value: string, label = value) => ({ value, label })
const sending = (story: (bench: Bench) => Promise<void>) => withBench({}, story)

describe('a message', () => {
  test('is plain text without previews, and known by its chat and number', () =>
    sending(async ({ fake, channel }) => {
      const text = 'Jl. <b>Satu</b> _dua_ https://contoh.example.go.id'
      const result = await channel.send(outbound({ text }))
      const plain = { chat_id: CITIZEN, text, link_preview_options: { is_disabled: true } }
      expect(fake.sent.map(({ params }) => params)).toEqual([plain])
      const providerIds = [`${CITIZEN}:${fake.sent[0]?.messageId}`]
      expect(result).toEqual({ outcome: 'accepted', providerIds })
    }))

  test('of many units goes in parts that break no character, its choices under the last', () =>
    sending(async ({ fake, channel, waits }) => {
      const words = Array.from({ length: 900 }, (_, place) => `👨‍👩‍👧${place}`)
      const choices = [choice('yes', 'Ya')]
      const result = await channel.send(outbound({ text: words.join(' '), choices }))
      const parts = fake.sent.map(({ text }) => text.replace(/^\(\d\/\d\) /, ''))
      expect(parts.flatMap((part) => part.split(' '))).toEqual(words)
      expect(Math.max(...fake.sent.map(({ text }) => text.length))).toBeLessThanOrEqual(4_096)
      expect(fake.sent.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1])
      expect(result).toMatchObject({ providerIds: { length: 3 } })
      expect(waits).toEqual([1_000, 1_000])
    }))

  test('that stopped halfway goes on where it stopped', () =>
    sending(async ({ fake, channel }) => {
      const text = 'kata '.repeat(1_500).trim()
      fake.answer({ type: 'accept' }, { type: 'page', status: 502 })
      const first = await channel.send(outbound({ text }))
      expect(first).toMatchObject({ outcome: 'partly', nextPart: 1, providerIds: { length: 1 } })
      expect(await channel.send(outbound({ text, nextPart: 1 }))).toMatchObject({
        outcome: 'accepted',
      })
      expect(fake.sent.map((sent) => sent.text.slice(0, 6))).toEqual(['(1/2) ', '(2/2) '])
    }))

  test.each(['sms:+628110000001', 'telegram:@warga'] as const)('to %s is not even asked', (to) =>
    sending(async ({ fake, channel }) => {
      const { outcome } = await channel.send(outbound({ to }))
      expect([outcome, fake.calls]).toEqual(['rejected', []])
    }),
  )
})

describe('choices', () => {
  test('stand side by side where they are short, and below each other where they are long', () =>
    sending(async ({ fake, channel }) => {
      const long = choice('long', 'Jalan, drainase dan trotoar yang rusak')
      const choices = [
        choice('Ya'),
        choice('Tidak'),
        long,
        ...['1', '2', '3'].map((n) => choice(n)),
      ]
      await channel.send(outbound({ choices }))
      const rows = fake.sent[0]?.buttons.map((row) => row.map(({ text }) => text))
      expect(rows).toEqual([['Ya', 'Tidak'], [long.label], ['1', '2', '3']])
    }))

  test.each([
    ['a short value rides in the button', 'category@17', /^category@17$/],
    ['a value of 64 bytes does', 'x'.repeat(64), /^x{64}$/],
    ['a longer one is kept, and its digest rides', `${'é'.repeat(40)}@3`, /^#[\w-]{43}$/],
    ['one that looks like a digest too', '#1', /^#[\w-]{43}$/],
    ['so does one of no letters', '', /^#[\w-]{43}$/],
  ])('%s, and comes back as it was', (_name, value, rides) =>
    sending(async ({ fake, channel, start, events }) => {
      await channel.send(outbound({ choices: [choice(value, 'Ini')] }))
      const [button] = fake.sent[0]?.buttons[0] ?? []
      expect(button?.data).toMatch(rides)
      await start()
      fake.bring(pressUpdate(CITIZEN, fake.sent[0]?.message ?? {}, button?.data ?? ''))
      await fake.confirmed()
      expect(events).toMatchObject([{ message: { choice: value } }])
    }),
  )
})

const refuse = (status: number, description: string, more: object = {}): FakeAnswer => ({
  ...{ type: 'refuse', status, description },
  ...more,
})

const ANSWERS: readonly (readonly [string, FakeAnswer, object])[] = [
  [
    'too many, with a wait',
    refuse(429, 'Too Many Requests: retry after 35', { retryAfter: 35 }),
    { outcome: 'throttled', afterMs: 35_000 },
  ],
  ['too many, without one', refuse(429, 'Too Many Requests'), { outcome: 'throttled' }],
  ['blocked', refuse(403, 'Forbidden: bot was blocked by the user'), { outcome: 'opted-out' }],
  ['a dead account', refuse(403, 'Forbidden: user is deactivated'), { outcome: 'opted-out' }],
  ['put out', refuse(403, 'Forbidden: bot was kicked from the group'), { outcome: 'opted-out' }],
  ['a muted bot', refuse(400, 'Bad Request: CHAT_WRITE_FORBIDDEN'), { outcome: 'opted-out' }],
  ['a bot', refuse(403, "Forbidden: bots can't send messages to bots"), { outcome: 'rejected' }],
  ['no such chat', refuse(400, 'Bad Request: chat not found'), { outcome: 'rejected' }],
  ['no such person', refuse(400, 'Bad Request: PEER_ID_INVALID'), { outcome: 'rejected' }],
  [
    'a group that grew',
    refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrateTo: -1009 }),
    { outcome: 'moved', to: 'telegram:-1009' },
  ],
  ['no such token', refuse(401, 'Unauthorized'), { outcome: 'suspended' }],
  ['no such bot', refuse(404, 'Not Found'), { outcome: 'suspended' }],
  [
    'what nobody has heard of',
    refuse(400, `Bad Request: CHAT_${CITIZEN}_IS_ODD`),
    { outcome: 'retry' },
  ],
  ["Telegram's fault", refuse(500, 'Internal Server Error'), { outcome: 'retry' }],
  ["a proxy's page", { type: 'page', status: 502 }, { outcome: 'retry' }],
  ["a proxy's timeout", { type: 'page', status: 504 }, { outcome: 'unknown' }],
  ['a page where JSON should be', { type: 'page', status: 200 }, { outcome: 'unknown' }],
  ['a line that broke', { type: 'reset' }, { outcome: 'unknown' }],
]

describe('an answer', () => {
  test.each(ANSWERS)('%s has its outcome, and its reason names nobody', (_name, answer, expected) =>
    sending(async ({ fake, channel, logged }) => {
      fake.answer(answer)
      const result = await channel.send(outbound({ text: 'kata rahasia' }))
      expect(result).toMatchObject(expected)
      expect(Object.keys(result)).toContain(
        ['opted-out', 'moved'].includes(result.outcome) ? 'outcome' : 'reason',
      )
      expect(JSON.stringify(result) + logged()).not.toMatch(
        new RegExp(`${CITIZEN}|rahasia|${fake.token}`),
      )
    }),
  )

  test('that never comes is unknown', () =>
    withBench({ timeoutMs: 60 }, async ({ fake, channel }) => {
      fake.answer({ type: 'hang' })
      expect(await channel.send(outbound())).toMatchObject({ outcome: 'unknown' })
    }))

  test('that nobody could give, because nobody could be asked, is a retry', () =>
    withBench({ apiRoot: 'http://127.0.0.1:1' }, async ({ channel }) => {
      expect(await channel.send(outbound())).toMatchObject({ outcome: 'retry' })
      expect(channel.health()).toMatchObject({ why: expect.stringContaining('not started') })
    }))
})

describe('the pace', () => {
  test('one a second to a person', () =>
    sending(async ({ channel, waits }) => {
      for (const id of ['1', '2', '3']) await channel.send(outbound({ id }))
      expect(waits).toEqual([1_000, 1_000])
    }))

  test('twenty a minute to a group; what is over comes back from the outbox', () =>
    sending(async ({ fake, channel }) => {
      for (let sent = 0; sent < 20; sent++) await channel.send(outbound({ to: TO_GROUP }))
      const result = await channel.send(outbound({ to: TO_GROUP }))
      expect(result).toMatchObject({ outcome: 'retry', afterMs: 41_000 })
      expect(fake.sent).toHaveLength(20)
    }))

  test('a path before the name of the API is kept', () =>
    sending(async ({ fake }) => {
      await withBench({ apiRoot: `${fake.url}/file` }, async ({ channel }) => {
        // There are only files, and no such one.
        expect(await channel.send(outbound())).toMatchObject({ outcome: 'suspended' })
      })
      expect(fake.calls).toEqual([])
    }))

  test('while one is told to wait, those that stand in line do not leave', () => {
    let go = () => {}
    const line = new Promise<void>((resolve) => {
      go = resolve
    })
    return withBench({ wait: () => line }, async ({ fake, channel }) => {
      fake.answer(refuse(429, 'Too Many Requests: retry after 7', { retryAfter: 7 }))
      const sends = Array.from({ length: 40 }, (_, place) =>
        channel.send(outbound({ to: `telegram:${CITIZEN + place}` })),
      )
      await Promise.all(sends.slice(0, 30))
      go()
      const results = await Promise.all(sends)
      expect(results.slice(30)).toEqual(
        Array(10).fill(expect.objectContaining({ outcome: 'throttled', afterMs: 7_000 })),
      )
      expect(fake.calls).toHaveLength(30)
    })
  })
})
