// What goes out to Meta, and what each of its refusals means for a message.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Channel } from '../../../../src/channels/channel.ts'
import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import type { Address, Choice, TemplateMessage } from '../../../../src/message.ts'
import { type FakeMeta, startFakeMeta } from '../../../support/fake-meta.ts'
import { outbound } from '../../contract/given.ts'
import { optionsFor } from './contract-bench.ts'

const SOMEBODY: Address = 'whatsapp:6281299900123'
const choices = (count: number, words = 'Pilihan'): Choice[] =>
  Array.from({ length: count }, (_, at) => ({ value: `v${at}`, label: `${words} ${at}` }))

let fake: FakeMeta
let channel: Channel

beforeEach(async () => {
  fake = await startFakeMeta()
  channel = createWhatsAppCloud(optionsFor(fake, () => new Date('2026-03-16T01:00:00Z')))
  await channel.start(async () => {})
})

afterEach(async () => {
  await channel.stop()
  await fake.stop()
})

describe('choices', () => {
  const shapeOf = () => (fake.sent[0]?.body.interactive as { type?: string } | undefined)?.type
  const shown = () => fake.sent[0]?.choices.map(({ title }) => title)

  test('up to three are buttons', async () => {
    await channel.send(outbound(SOMEBODY, { choices: choices(3) }))
    expect([shapeOf(), shown()]).toEqual(['button', ['Pilihan 0', 'Pilihan 1', 'Pilihan 2']])
  })

  test('more, or longer words, are a list; what a title cannot hold stands below it', async () => {
    await channel.send(outbound(SOMEBODY, { choices: choices(2, 'Sampah yang belum diangkut') }))
    expect(shapeOf()).toBe('list')
    expect(fake.sent[0]?.body).toHaveProperty('interactive.action.sections.0.rows.1', {
      id: 'v1',
      title: 'Sampah yang belum dia...',
      description: 'Sampah yang belum diangkut 1',
    })
  })

  test('more than ten, or with words that no row holds whole, are numbered in it', async () => {
    await channel.send(outbound(SOMEBODY, { choices: choices(11) }))
    await channel.send(outbound(SOMEBODY, { choices: choices(2, 'x'.repeat(80)) }))
    expect(fake.sent.map(({ choices: tapped }) => tapped)).toEqual([[], []])
    expect(fake.sent[0]?.text).toContain('\n11. Pilihan 10')
  })

  test('of one name are a list: Meta takes no two buttons alike', async () => {
    const same = [1, 2].map((at) => ({ value: `v${at}`, label: 'Sama' }))
    await channel.send(outbound(SOMEBODY, { choices: same }))
    expect([shapeOf(), shown()]).toEqual(['list', ['Sama', 'Sama']])
  })

  test('below a long text stand below its last part, and nothing of it is lost', async () => {
    const text = `${'kata '.repeat(300).trim()}\n\n${'akhir '.repeat(20)}`.trim()
    const result = await channel.send(outbound(SOMEBODY, { text, choices: choices(2) }))
    expect(fake.sent.map(({ choices: tapped }) => tapped.length)).toEqual([0, 2])
    const [first, last] = fake.sent.map(({ text: part }) => part)
    expect([`${first}\n\n${last}`, last?.startsWith('akhir')]).toEqual([text, true])
    expect(result).toMatchObject({
      outcome: 'accepted',
      providerIds: [{}, {}].map(() => expect.any(String)),
    })
  })

  test.each([1_025, 4_097, 9_000])('below %s letters without a space too', async (length) => {
    const text = '💧'.repeat(Math.ceil(length / 2))
    await channel.send(outbound(SOMEBODY, { text, choices: choices(1) }))
    const parts = fake.sent.map((one) => one.text.replace(/^\(\d+\/\d+\) /, ''))
    expect(parts.join('')).toBe(text)
    expect(fake.sent.at(-1)?.choices).toHaveLength(1)
  })
})

test('whoever hides their number is written to by the id that Meta gave', async () => {
  await channel.send(outbound('whatsapp:ID.13491208655302741918'))
  expect(fake.sent[0]?.body).toMatchObject({ recipient: 'ID.13491208655302741918' })
  expect(fake.sent[0]?.body).not.toHaveProperty('to')
})

test('an address that is nobody’s goes nowhere', async () => {
  expect(await channel.send(outbound('whatsapp:'))).toMatchObject({ outcome: 'rejected' })
  expect(fake.attempts()).toBe(0)
})

test('a burst to one person stops where Meta would stop it, and goes on in its time', async () => {
  const results = []
  for (let count = 0; count < 46; count++) results.push(await channel.send(outbound(SOMEBODY)))
  expect(results[44]).toMatchObject({ outcome: 'accepted' })
  expect(results[45]).toMatchObject({ outcome: 'retry', afterMs: 270_000 })
  expect(await channel.send(outbound('whatsapp:6281299900124'))).toMatchObject({
    outcome: 'accepted',
  })
})

test('our own id rides along, so that a status finds its message before the send is settled', async () => {
  const message = outbound(SOMEBODY)
  await channel.send(message)
  expect(fake.sent[0]?.opaque).toBe(message.id)
})

describe('a template in English', () => {
  const registered = (language: string, text: string, status = 'APPROVED') => ({
    ...{ name: 'kabar', language, text, status },
  })
  const INDONESIAN = registered('id', 'Ada kabar: {{1}} hari ini.')
  const template: TemplateMessage = {
    ...({ name: 'kabar', language: 'en', parameters: ['closed'] } as const),
    otherwise: { name: 'kabar', language: 'id', parameters: ['selesai'] },
  }
  const english = (status: string) => registered('en', 'News: {{1}} today.', status)

  test.each([
    [
      'goes so where Meta has approved it',
      [INDONESIAN, english('APPROVED')],
      'News: closed today.',
    ],
    [
      'goes in Indonesian where it waits',
      [INDONESIAN, english('PENDING')],
      'Ada kabar: selesai hari ini.',
    ],
    [
      'goes in Indonesian where it is paused',
      [INDONESIAN, english('PAUSED')],
      'Ada kabar: selesai hari ini.',
    ],
  ])('%s', async (_, all, text) => {
    fake.registers(all)
    const result = await channel.send(outbound(SOMEBODY, { template }))
    expect(result).toMatchObject({ outcome: 'accepted' })
    expect(fake.sent.map((one) => one.text)).toEqual([text])
  })

  test('that is approved in neither language is refused, and asked for twice, no more', async () => {
    fake.registers([])
    const result = await channel.send(outbound(SOMEBODY, { template }))
    expect(result).toMatchObject({ outcome: 'rejected' })
    expect(fake.attempts()).toBe(2)
  })
})

describe('a refusal', () => {
  const refused = async (status: number, code?: number) => {
    fake.answerBy(() => ({ type: 'refuse', status, ...(code === undefined ? {} : { code }) }))
    return channel.send(outbound(SOMEBODY))
  }

  test.each([
    ...[1, 2, 131000, 131016, 131057].map((code) => [500, code, 'retry'] as const),
    ...[4, 80007, 130429, 131048, 133016].map((code) => [400, code, 'throttled'] as const),
    ...[100, 131008, 131009, 131026, 131051, 131062, 132000, 132001, 130472].map(
      (code) => [400, code, 'rejected'] as const,
    ),
    ...[190, 368, 131031, 131042, 10, 200].map((code) => [403, code, 'suspended'] as const),
    [400, 131047, 'window-closed'],
    [400, 999_999, 'retry'],
    [429, undefined, 'throttled'],
    [503, undefined, 'retry'],
    [504, undefined, 'unknown'],
  ] as const)('HTTP %s with code %s is %s', async (status, code, outcome) => {
    expect(await refused(status, code)).toMatchObject({ outcome })
  })

  test('131049 waits for a day', async () => {
    expect(await refused(400, 131049)).toMatchObject({ outcome: 'retry', afterMs: 86_400_000 })
  })

  test('131056 waits for six seconds, and nobody else waits with it', async () => {
    expect(await refused(400, 131056)).toMatchObject({ outcome: 'retry', afterMs: 6_000 })
  })

  test('of a later part keeps nobody else waiting', async () => {
    let asked = 0
    fake.answerBy(() =>
      ++asked === 1 ? { type: 'accept' } : { type: 'refuse', status: 400, code: 131049 },
    )
    const result = await channel.send(outbound(SOMEBODY, { text: 'kata '.repeat(900) }))
    expect(result).toMatchObject({ outcome: 'partly', nextPart: 1, alone: true })
  })

  test('never repeats what Meta says, which may hold the number', async () => {
    expect(JSON.stringify(await refused(400, 131026))).not.toContain('6281299900123')
  })
})
