// What comes in: who, what, where, in answer to what; stored first, acknowledged then; and what is turned away.

import { expect } from '@jest/globals'
import type { FactName, Proof } from './given.ts'
import { outbound, withinMs } from './given.ts'

const WORDS = 'Lampu mati di gang 5 👨‍👩‍👧, "gelap" & sepi <b>_tiga_ malam'
const SPOT = { lat: -3.3186, lon: 114.5944 }
/** Enough for an answer to travel on loopback many times over. */
const TRAVEL_MS = 100

export const RECEIVING = {
  'hands on who wrote': async ({ bench, messages }) => {
    expect(await bench.writes({ by: 1, text: 'halo' })).toBe(true)
    expect(await bench.writes({ by: 2, text: 'halo' })).toBe(true)
    const { account, name } = bench.channel
    const each = { account, channel: name, answerable: true }
    expect(messages()).toMatchObject([
      { from: bench.addressOf(1), ...each },
      { from: bench.addressOf(2), ...each },
    ])
  },

  'hands on the words': async ({ bench, messages }) => {
    await bench.writes({ text: WORDS })
    expect(messages()).toMatchObject([{ text: WORDS, media: [], position: null, quotedId: null }])
  },

  'hands on media beside the words': async ({ bench, messages }) => {
    await bench.writes({ text: 'jalan rusak', media: 'photo' })
    expect(messages()).toMatchObject([{ text: 'jalan rusak', media: [{ kind: 'photo' }] }])
  },

  'hands on a location': async ({ bench, messages }) => {
    await bench.writes({ position: SPOT })
    expect(messages()).toMatchObject([{ text: '', position: SPOT }])
  },

  'hands on which message was quoted': async ({ bench, messages }) => {
    const to = bench.addressOf(1)
    const sent = await bench.channel.send({
      id: 'a',
      to,
      text: 'Satu',
      choices: [],
      attachments: [],
      nextPart: 0,
    })
    const [quotes = ''] = sent.outcome === 'accepted' ? sent.providerIds : []
    await bench.writes({ text: 'yang ini', quotes })
    expect(messages()).toMatchObject([{ text: 'yang ini', quotedId: quotes }])
  },

  'hands on the provider id, the same for the same message': async ({ bench, messages }) => {
    await bench.writes({ text: 'halo' })
    await bench.repeats()
    await bench.writes({ text: 'halo' })
    const ids = messages().map(({ providerId }) => providerId)
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false])
  },

  'acknowledges nothing before it is stored': async ({ bench, storing }) => {
    let early = true
    storing(async () => {
      early = await withinMs(() => bench.acknowledged() > 0, TRAVEL_MS)
    })
    expect(await bench.writes({ text: 'halo' })).toBe(true)
    expect({ early, acknowledged: bench.acknowledged() }).toEqual({ early: false, acknowledged: 1 })
  },

  'leaves what could not be stored to be repeated': async ({ bench, storing, messages }) => {
    storing(() => Promise.reject(new Error('disk full')))
    const taken = await bench.writes({ text: 'rahasia sekali' })
    expect({ taken, acknowledged: bench.acknowledged() }).toEqual({ taken: false, acknowledged: 0 })
    storing(async () => {})
    expect(await bench.retries()).toBe(true)
    expect(messages().map(({ text }) => text)).toEqual(['rahasia sekali'])
  },

  'turns away forgeries': async ({ bench, events }) => {
    expect([401, 403]).toContain(await bench.forges())
    expect(events).toEqual([])
  },

  'ignores its own echoes': async ({ bench, events }) => {
    await bench.echoes()
    expect(events).toEqual([])
  },

  'ignores what is not for it': async ({ bench, messages }) => {
    await bench.strays()
    expect(messages()).toEqual([])
  },

  'hands on the value of a choice that was pressed': async ({ bench, messages }) => {
    const choices = ['satu', 'dua', 'tiga'].map((label) => ({ value: `nilai ${label}`, label }))
    const to = bench.addressOf(1)
    const text = 'Yang mana?'
    await bench.channel.send(outbound(to, { text, choices }))
    const [shown] = bench.arrived()
    if (shown === undefined) throw new Error('the question did not arrive')
    expect(await bench.presses(shown, 'dua')).toBe(true)
    expect(messages()).toMatchObject([{ from: to, choice: 'nilai dua' }])
  },

  'hands on the longest text whole': async ({ bench, messages }) => {
    const whole = 'Jalan rusak 👨‍👩‍👧 sekali. '
      .repeat(bench.longestIn)
      .slice(0, bench.longestIn - 4)
    const text = `${whole.replace(/[\ud800-\udbff\u200d]+$/, '')}tamat`.slice(-bench.longestIn)
    expect(text.length).toBeGreaterThan(bench.longestIn - 8)
    await bench.writes({ text })
    expect(messages().map((message) => message.text)).toEqual([text])
  },
} satisfies Partial<Record<FactName, Proof>>
