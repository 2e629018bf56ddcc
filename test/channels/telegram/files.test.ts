// Files that leave with a message: first they, then the words; what is gone, or is not taken, never holds the words up.

import { describe, expect, test } from '@jest/globals'
import type { Enclosure } from '../../../src/message.ts'
import type { FakeAnswer } from '../../support/fake-telegram.ts'
import { type Bench, outbound, withBench } from './harness.ts'

const GONE = '(Lampiran sudah tidak tersimpan.)'
const file = (digest: string, contentType = 'image/jpeg'): Enclosure => ({
  ...{ kind: 'photo', digest, contentType, gone: GONE },
})
const bytesOf = (digest: string) => Buffer.from(`bytes\r\n--of ${digest}\0\xff`, 'latin1')

/** Over a folder in which whatever is called `gone` is no more. */
const sending = (story: (bench: Bench) => Promise<void>) =>
  withBench({ readMedia: async (d) => (d.startsWith('gone') ? null : bytesOf(d)) }, story)

/** Until all of it went, as the outbox does; how many calls of `send` it took. */
async function whole({ channel }: Bench, more: Parameters<typeof outbound>[0]): Promise<number> {
  for (let calls = 1, nextPart = 0; ; calls++) {
    const result = await channel.send(outbound({ ...more, nextPart }))
    if (result.outcome === 'accepted') return calls
    if (result.outcome !== 'onward') throw new Error(result.outcome)
    nextPart = result.nextPart
  }
}

const shapesOf = ({ fake }: Bench) => fake.sent.map((one) => one.file?.as ?? one.text)
const refuse = (status: number, description: string, more: object = {}): FakeAnswer => ({
  ...{ type: 'refuse', status, description },
  ...more,
})
const LONG = 'kata '.repeat(300).trim()

describe('a file', () => {
  test('carries short words below it, and their choices below them, in one message', () =>
    sending(async (bench) => {
      const choices = [{ value: 'ya', label: 'Ya' }]
      const result = await bench.channel.send(outbound({ attachments: [file('a')], choices }))
      const [sent, ...more] = bench.fake.sent
      expect(more).toEqual([])
      expect(sent).toMatchObject({ text: 'Laporan diterima.', file: { as: 'photo' } })
      expect(sent?.file).toMatchObject({ bytes: bytesOf('a'), name: '1.jpeg' })
      expect(sent?.buttons).toEqual([[{ text: 'Ya', data: 'ya' }]])
      expect(result).toMatchObject({ outcome: 'accepted', providerIds: { length: 1 } })
    }))

  test.each([
    ['image/jpeg', 'photo'],
    ['audio/ogg', 'voice'],
    ['audio/amr', 'document'],
    ['video/mp4', 'video'],
    ['video/quicktime', 'document'],
    ['application/pdf', 'document'],
  ])('of the type %s goes as a %s', (contentType, as) =>
    sending(async (bench) => {
      await whole(bench, { attachments: [file('a', contentType)] })
      expect(shapesOf(bench)).toEqual([as])
    }),
  )

  test('that is gone leaves the words, and a word about it', () =>
    sending(async (bench) => {
      const attachments = [file('gone'), file('')]
      await whole(bench, { attachments })
      await whole(bench, { attachments: [file('gone')] })
      const told = `Laporan diterima.\n\n${GONE}`
      expect(shapesOf(bench)).toEqual([told, told])
    }))

  test('that Telegram does not take as a picture goes as a file; not at all, the words go alone', () =>
    sending(async (bench) => {
      const odd = refuse(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS')
      bench.fake.answer(odd)
      await whole(bench, { attachments: [file('a')] })
      bench.fake.answer(odd, refuse(413, 'Request Entity Too Large'))
      await whole(bench, { attachments: [file('a')] })
      expect(shapesOf(bench)).toEqual(['document', `Laporan diterima.\n\n${GONE}`])
    }))

  test('meets the same refusals as words do', () =>
    sending(async ({ fake, channel }) => {
      const attachments = [file('a')]
      fake.answer(refuse(403, 'Forbidden: bot was blocked by the user'))
      expect(await channel.send(outbound({ attachments }))).toEqual({ outcome: 'opted-out' })
      fake.answer({ type: 'reset' })
      expect(await channel.send(outbound({ attachments }))).toMatchObject({ outcome: 'unknown' })
    }))
})

describe('several files', () => {
  test('go one call at a time, pictures together, and the words last with their choices', () =>
    sending(async (bench) => {
      const pictures = Array.from({ length: 11 }, (_, n) => file(`p${n}`))
      const attachments = [...pictures, file('v', 'audio/ogg')]
      const calls = await whole(bench, { attachments, choices: [{ value: 'ya', label: 'Ya' }] })
      expect(calls).toBe(4)
      const albums = bench.fake.sent.map((one) => one.file?.album ?? null)
      expect(new Set(albums.slice(0, 10)).size).toBe(1)
      expect(albums.slice(10)).toEqual([null, null, null])
      const rest = ['photo', 'voice', 'Laporan diterima.']
      expect(shapesOf(bench)).toEqual([...Array(10).fill('photo'), ...rest])
      expect(bench.fake.sent.at(-1)?.buttons).toHaveLength(1)
      // One slot for each call.
      expect(bench.waits).toEqual([1_000, 1_000, 1_000])
    }))

  test('go before words that are too long to stand below one', () =>
    sending(async (bench) => {
      expect(await whole(bench, { text: LONG, attachments: [file('a')] })).toBe(2)
      expect(shapesOf(bench)).toEqual(['photo', LONG])
    }))

  test('after a 429 go on where they stopped, and what was gone is told all the same', () =>
    sending(async (bench) => {
      const { channel, fake } = bench
      const attachments = [file('gone-1'), file('v', 'audio/ogg'), file('a'), file('gone-2')]
      const first = await channel.send(outbound({ attachments }))
      expect(first).toMatchObject({ outcome: 'onward', nextPart: 2, providerIds: { length: 1 } })
      fake.answer(refuse(429, 'Too Many Requests: retry after 7', { retryAfter: 7 }))
      const wait = await channel.send(outbound({ attachments, nextPart: 2 }))
      expect(wait).toMatchObject({ outcome: 'throttled', afterMs: 7_000 })
      bench.push(7_000)
      const second = await channel.send(outbound({ attachments, nextPart: 2 }))
      expect(second).toMatchObject({ outcome: 'onward', nextPart: 3 })
      const last = await channel.send(outbound({ attachments, nextPart: 3 }))
      expect(last).toMatchObject({ outcome: 'accepted', providerIds: { length: 1 } })
      expect(shapesOf(bench)).toEqual(['voice', 'photo', `Laporan diterima.\n\n${GONE}`])
    }))
})
