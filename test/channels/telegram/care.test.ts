// What the operator is told of the bot, the menu that people see, and the files they send.

import { describe, expect, test } from '@jest/globals'
import type { MediaRef } from '../../../src/message.ts'
import type { FakeAnswer } from '../../support/fake-telegram.ts'
import { PUBLIC, UPDATES, until, withBench } from './harness.ts'

const refuse = (status: number, description: string): FakeAnswer => ({
  ...{ type: 'refuse', status, description },
})

describe('a check', () => {
  test.each([
    ['of a polled bot', { hook: false }, [], true, /@lapor_bot answers; long polling$/],
    ['before the first start', { hook: true }, [], true, /start registers the webhook/],
    [
      'of a wrong token',
      { hook: false },
      [refuse(401, 'Unauthorized')],
      false,
      /TELEGRAM_BOT_TOKEN/,
    ],
    ['of a line that breaks', { hook: false }, [{ type: 'reset' }], false, /Check the network/],
  ] as const)('%s', (_name, options, answers, ok, detail) =>
    withBench(options, async ({ fake, channel }) => {
      fake.answer(...answers)
      expect(await channel.check()).toEqual({ ok, detail: expect.stringMatching(detail) })
      expect(fake.sent).toEqual([])
    }),
  )

  test('of a running webhook says that it stands; of a polled bot, that one is in its way', () =>
    withBench({ hook: true }, async ({ channel, start, fake, state }) => {
      await start()
      expect((await channel.check()).detail).toMatch(/webhook is registered/)
      expect(fake.webhook()?.url).toBe(PUBLIC + UPDATES)
      await withBench({ apiRoot: fake.url, state }, async (polled) => {
        expect((await polled.channel.check()).detail).toMatch(/a webhook is set/)
      })
    }))
})

describe('the menu', () => {
  const entry = (command: string) => ({ command, description: `Tentang ${command}` })
  const menus = { id: [entry('lapor')], en: [entry('report')], bjn: [entry('lapur')] }

  test('is set for everybody and for each language Telegram knows, once', () =>
    withBench({ menus }, async (first) => {
      await first.start()
      await until(() => first.fake.commands.size === 3)
      const scope = 'all_private_chats:'
      expect(Object.fromEntries(first.fake.commands)).toEqual({
        [`${scope}:`]: menus.id,
        [`${scope}:id`]: menus.id,
        [`${scope}:en`]: menus.en,
      })
      await until(() => first.state.kept.has('menu'))
      const second = await first.restart()
      await second.start()
      await second.channel.stop()
      const set = second.fake.calls.filter(({ method }) => method === 'setMyCommands')
      expect(set).toHaveLength(3)
      await second.close()
    }))

  test('that is refused is tried again at the next start', () =>
    withBench({ menus }, async ({ fake, start, state, logged }) => {
      fake.answerBy(({ method }) =>
        method === 'setMyCommands' ? refuse(400, 'Bad Request: X') : { type: 'accept' },
      )
      await start()
      await until(() => logged().includes('menu'))
      expect(state.kept.has('menu')).toBe(false)
    }))
})

describe('a file', () => {
  const ref = (id: string, bytes: number | null = 3): MediaRef => ({
    ...{ kind: 'photo', id, url: '', contentType: null, name: null, bytes },
  })

  test.each([
    ['that lies there is fetched', 'foto', 3, { outcome: 'fetched' }],
    ['said to be too big is not even asked for', 'foto', 21 * 1024 * 1024, { outcome: 'too-big' }],
    ['that is too big for getFile is', 'film', null, { outcome: 'too-big' }],
    ['that Telegram does not have now may come', 'hilang', 3, { outcome: 'retry' }],
  ])('%s', (_name, id, bytes, expected) =>
    withBench({}, async ({ fake, channel }) => {
      fake.addFile('foto', Buffer.from('abc'))
      fake.addFile('film', Buffer.from('abc'), 21 * 1024 * 1024)
      const result = await channel.fetchMedia?.(ref(id, bytes))
      expect(result).toMatchObject(expected)
      if (result?.outcome === 'fetched') expect(Buffer.from(result.bytes).toString()).toBe('abc')
      expect(JSON.stringify(result)).not.toContain(fake.token)
    }),
  )

  test('is not asked for while Telegram wants us to wait', () =>
    withBench({}, async ({ fake, channel }) => {
      fake.answer({ ...refuse(429, 'Too Many'), retryAfter: 7 } as FakeAnswer)
      await channel.send({
        id: 'm',
        to: 'telegram:5001',
        text: 'x',
        choices: [],
        attachments: [],
        nextPart: 0,
      })
      expect(await channel.fetchMedia?.(ref('foto'))).toMatchObject({
        ...{ outcome: 'retry', afterMs: 7_000 },
      })
    }))
})
