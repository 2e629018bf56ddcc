// What goes out to Meta, and what each of its refusals means for a message.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Channel } from '../../../../src/channels/channel.ts'
import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import type { Address, Choice } from '../../../../src/message.ts'
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

  test('more than ten, or below a long text, are numbered in it', async () => {
    await channel.send(outbound(SOMEBODY, { choices: choices(11) }))
    await channel.send(outbound(SOMEBODY, { text: 'x'.repeat(1_025), choices: choices(2) }))
    expect(fake.sent.map(({ choices: tapped }) => tapped)).toEqual([[], []])
    expect(fake.sent[0]?.text).toContain('\n11. Pilihan 10')
    expect(fake.sent[1]?.text).toMatch(/x\n1\. Pilihan 0\n2\. Pilihan 1$/)
  })
})

test('whoever hides their number is written to by the id that Meta gave', async () => {
  await channel.send(outbound('whatsapp:ID.13491208655302741918'))
  expect(fake.sent[0]?.body).toMatchObject({ recipient: 'ID.13491208655302741918' })
  expect(fake.sent[0]?.body).not.toHaveProperty('to')
})

test('our own id rides along, so that a status finds its message before the send is settled', async () => {
  const message = outbound(SOMEBODY)
  await channel.send(message)
  expect(fake.sent[0]?.opaque).toBe(message.id)
})

describe('a refusal', () => {
  const refused = async (status: number, code?: number) => {
    fake.answerBy(() => ({ type: 'refuse', status, ...(code === undefined ? {} : { code }) }))
    return channel.send(outbound(SOMEBODY))
  }

  test.each([
    ...[1, 2, 131000, 131016, 131057].map((code) => [500, code, 'retry'] as const),
    ...[4, 80007, 130429, 131048, 131056, 133016].map((code) => [400, code, 'throttled'] as const),
    ...[100, 131008, 131009, 131026, 131051, 132000, 132001, 130472].map(
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

  test('never repeats what Meta says, which may hold the number', async () => {
    expect(JSON.stringify(await refused(400, 131026))).not.toContain('6281299900123')
  })
})
