// What `check` says of the account's templates, and what Meta tells of them by itself.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import { compareTemplates } from '../../../../src/channels/whatsapp/cloud/template-compare.ts'
import { type FakeMeta, startFakeMeta } from '../../../support/fake-meta.ts'
import { META_WABA_ID, type Registered } from '../../../support/fake-meta-templates.ts'
import { optionsFor } from './contract-bench.ts'

const wanted = (name: string, more: object = {}) => ({
  ...{ name, language: 'id' as const, category: 'UTILITY', text: `Laporan {{1}} ${name} sudah` },
  ...more,
})
const NAMES = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh']
const ALL = NAMES.map((name) => wanted(name))

let fake: FakeMeta
beforeEach(async () => {
  fake = await startFakeMeta()
})
afterEach(() => fake.stop())

const checked = (registered: readonly Registered[], more: object = {}, all = ALL) => {
  fake.registers(registered)
  const options = { ...optionsFor(fake, () => new Date('2026-03-16T01:00:00Z')), ...more }
  return createWhatsAppCloud(options).checkTemplates?.(all)
}

describe('the templates of the account', () => {
  test.each([
    ['asked for by the id that is set', { businessAccountId: META_WABA_ID }],
    ['of the account that the token is for', {}],
  ])('%s are read page by page', async (_what, more) => {
    expect(await checked(ALL, more)).toEqual([
      { ok: true, detail: 'all 7 are registered as the file has them' },
    ])
  })

  test('of another account cannot be read: the cure is told', async () => {
    const [found] = (await checked(ALL, { businessAccountId: '999999' })) ?? []
    expect(found?.ok).toBe(false)
    expect(found?.detail).toMatch(/WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID.*business_management/)
  })

  test('are not asked for where the city has none', async () => {
    expect(await checked(ALL, {}, [])).toEqual([
      { ok: true, note: true, detail: 'config has none: beyond 24 hours nothing goes by it' },
    ])
  })

  test('that cannot be asked for are told so', async () => {
    const options = optionsFor({ url: 'http://127.0.0.1:9/v25.0' }, () => new Date(0))
    const found = await createWhatsAppCloud({
      ...options,
      businessAccountId: META_WABA_ID,
    }).checkTemplates?.(ALL)
    expect(found).toEqual([{ ok: false, detail: expect.stringMatching(/no answer from Meta/) }])
  })
})

describe('a template that is', () => {
  const one = { name: 'satu', language: 'id', category: 'UTILITY', status: 'APPROVED' }
  const text = wanted('satu').text
  test.each<[string, object | null, RegExp]>([
    ['not there', null, /^not registered: satu \(id\)\. `kentongan templates`/],
    ['in another language', { language: 'en' }, /^not registered: satu \(id\)/],
    ['in review', { status: 'PENDING' }, /^waiting for Meta's review: satu/],
    ['rejected', { status: 'REJECTED' }, /^rejected by Meta: satu/],
    ['paused', { status: 'PAUSED' }, /^paused or disabled by Meta: satu/],
    ['in a state we do not know', { status: 'SLEEPING' }, /^not approved: satu/],
    ['of other parameters', { text: 'Laporan {{1}} {{2}}' }, /another number of parameters/],
    ['of other words', { text: 'Laporan {{1}} selesai' }, /registered with another text/],
  ])('%s is told by name, with the cure', (_what, change, said) => {
    const registered = change === null ? [] : [{ ...one, text, ...change }]
    expect(compareTemplates([wanted('satu')], registered)).toEqual([
      { ok: false, detail: expect.stringMatching(said) },
    ])
  })

  test('of another category is worth knowing', () => {
    const registered = [{ ...one, text, category: 'MARKETING' }]
    expect(compareTemplates([wanted('satu')], registered)).toEqual([
      { ok: true, note: true, detail: expect.stringMatching(/another category.*cost more: satu/) },
    ])
  })

  test('spaced otherwise is the same', () => {
    const registered = [{ ...one, text: `${text}\r\n` }]
    expect(compareTemplates([wanted('satu')], registered)[0]?.ok).toBe(true)
  })
})
