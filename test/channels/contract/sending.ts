// What goes out: whole, with its choices, under ids the provider gave.

import { expect } from '@jest/globals'
import { type Arrived, type FactName, KEPT, outbound, type Proof } from './given.ts'

/** A part may begin with its number. */
const NUMBER = /^\(\d+\/\d+\) /
const LONE_SURROGATE = /\p{Surrogate}/u
const FAMILY = '👨‍👩‍👧'

const wordsIn = (arrived: readonly Arrived[]) =>
  arrived.flatMap(({ text }) => text.replace(NUMBER, '').split(/\s+/)).filter(Boolean)

export const SENDING = {
  "sends, and reports the provider's ids": async ({ bench }) => {
    const to = bench.addressOf(1)
    const first = await bench.channel.send(outbound(to, { text: 'Satu' }))
    const second = await bench.channel.send(outbound(to, { text: 'Dua' }))
    const arrived = bench.arrived()
    expect(arrived).toMatchObject([
      { to, text: 'Satu' },
      { to, text: 'Dua' },
    ])
    const ids = arrived.map(({ providerId }) => ({
      outcome: 'accepted',
      providerIds: [providerId],
    }))
    expect([first, second]).toEqual(ids)
    expect(new Set(arrived.map(({ providerId }) => providerId)).size).toBe(2)
  },

  'shows every choice as a button, in a list or by number': async ({ bench }) => {
    const choices = Array.from({ length: 12 }, (_, place) => ({
      value: `${place}`.repeat(60),
      label: `Pilihan ke-${place + 1} ${FAMILY}`,
    }))
    const numbers = choices.map(({ label }, place) => `${place + 1}. ${label}`)
    // Where people cannot tap, the text comes with the numbers in it.
    const text = bench.channel.buttons ? 'Pilih:' : ['Pilih:', ...numbers].join('\n')
    await bench.channel.send(outbound(bench.addressOf(1), { text, choices }))
    const [shown] = bench.arrived()
    const seen = [...(shown?.buttons ?? []), ...(shown?.text ?? '').split('\n').slice(1)]
    const numberless = seen.map((one) => one.replace(/^\d+\. /, ''))
    expect(numberless).toEqual(choices.map(({ label }) => label))
  },

  'keeps a text whole within its limits': async ({ bench }) => {
    const words = Array.from({ length: 1_500 }, (_, place) => `${FAMILY}kata${place}`)
    const result = await bench.channel.send(outbound(bench.addressOf(1), { text: words.join(' ') }))
    const arrived = bench.arrived()
    expect(result.outcome).toBe('accepted')
    expect(wordsIn(arrived)).toEqual(words)
    for (const { text } of arrived) {
      expect(text.length).toBeLessThanOrEqual(bench.limit)
      expect(text).not.toMatch(LONE_SURROGATE)
    }
  },

  'brings the files of a message with its words, or the words alone': async ({ bench }) => {
    const { digest, bytes } = KEPT
    const picture = { kind: 'photo', digest, contentType: 'image/jpeg', gone: '' } as const
    const message = outbound(bench.addressOf(1), { attachments: [picture, picture] })
    let result = await bench.channel.send(message)
    while (result.outcome === 'onward')
      result = await bench.channel.send({ ...message, nextPart: result.nextPart })
    expect(result.outcome).toBe('accepted')
    const arrived = bench.arrived()
    const files = arrived.flatMap(({ file }) => file ?? [])
    expect(files).toEqual(bench.carriesFiles ? [bytes, bytes] : [])
    expect(wordsIn(arrived).join(' ')).toBe('Laporan diterima.')
  },
} satisfies Partial<Record<FactName, Proof>>
