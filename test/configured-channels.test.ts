// The channels as the settings turn them on, and what an account of theirs keeps in the store.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { createAccountState } from '../src/account-state.ts'
import { createAccountVault } from '../src/account-vault.ts'
import { menusOf } from '../src/command-menus.ts'
import { configuredChannels } from '../src/configured-channels.ts'
import { readSettings } from '../src/settings.ts'
import { openStore } from '../src/store/open.ts'
import { createSeal } from '../src/store/seal.ts'
import type { Store } from '../src/store/store.ts'
import { referenceCity } from './support/city.ts'
import { type FakeTelegram, startFakeTelegram } from './support/fake-telegram.ts'
import { CITIZEN } from './support/telegram/updates.ts'

const dataKey = Buffer.alloc(32, 3)
const log = pino({ level: 'silent' })
const clock = () => new Date()
const { city } = referenceCity()
let store: Store
let fake: FakeTelegram
let made = 0

beforeAll(async () => {
  fake = await startFakeTelegram()
  const newId = () => `id-${++made}`
  store = await openStore({ url: 'sqlite::memory:', dataKey, clock, newId, log })
})
afterAll(async () => {
  await fake.stop()
  await store.close()
})

const stateOf = (holder: string, shared: boolean, account = 'telegram') =>
  createAccountState({ store, account, holder, shared })

async function telegramOf(more: Readonly<Record<string, string>> = {}) {
  const env = { DATA_KEY: dataKey.toString('base64'), TELEGRAM_BOT_TOKEN: fake.token }
  const read = readSettings({ ...env, TELEGRAM_API_ROOT: fake.url, ...more })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { settings } = read
  const sealing = createSeal(dataKey)
  const { digest } = sealing
  const state = () => stateOf('here', false)
  const more2 = {
    metrics: null,
    stateOf: state,
    digest,
    listWords: '',
    menus: menusOf(city),
    isForGroups: () => false,
    vaultOf: (account: string) => createAccountVault({ store, account, digest, sealing }),
    ...{ store, chance: () => 0, tell: () => {} },
  }
  const readMedia = async () => null
  return configuredChannels({ settings, clock, log, readMedia, ...more2 })
}

describe('Telegram', () => {
  test('is on with its token: polled, or with a secret and PUBLIC_URL by a webhook', async () => {
    const [polled] = await telegramOf()
    expect([polled?.account, polled?.webhooks]).toEqual(['telegram', []])
    const hook = { TELEGRAM_WEBHOOK_SECRET: 'rahasia', PUBLIC_URL: 'https://lapor.example.org/' }
    const [posted] = await telegramOf(hook)
    expect(posted?.webhooks).toMatchObject([{ path: '/channels/telegram/updates' }])
  })

  test('names a message by its chat without saying whose it is, the same after a restart', async () => {
    const names: string[] = []
    for (let start = 0; start < 2; start++) {
      const [channel] = await telegramOf()
      const to = `telegram:${CITIZEN}` as const
      const sent = await channel?.send({
        id: 'm',
        to,
        text: 'Halo',
        choices: [],
        attachments: [],
        nextPart: 0,
      })
      if (sent?.outcome === 'accepted') names.push(...sent.providerIds)
    }
    const [first = '', second] = names.map((name) => name.split(':')[0])
    expect(first).toMatch(/^[\w-]{16}$/)
    expect(second).toBe(first)
    expect(names.join()).not.toContain(String(CITIZEN))
  })

  test('has a menu in Indonesian and English', () => {
    expect(Object.keys(menusOf(city))).toEqual(['id', 'en'])
  })
})

test('WhatsApp is on with its four settings, and waits where Meta posts', async () => {
  const cloud = {
    ...{ WHATSAPP_CLOUD_TOKEN: 'EAAG', WHATSAPP_CLOUD_APP_SECRET: 'abc' },
    ...{ WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922', WHATSAPP_CLOUD_VERIFY_TOKEN: 'x' },
  }
  const channels = await telegramOf(cloud)
  const whatsApp = channels.find(({ name }) => name === 'whatsapp')
  expect(whatsApp?.account).toBe('whatsapp-cloud')
  expect(whatsApp?.webhooks).toMatchObject([{ path: '/channels/whatsapp/cloud' }])
})

test('WhatsApp by a linked phone is on by its setting, beside the other: two accounts', async () => {
  const channels = await telegramOf({
    WHATSAPP_BAILEYS: 'on',
    WHATSAPP_BAILEYS_URL: 'ws://localhost/',
  })
  const linked = channels.find(({ name }) => name === 'whatsapp')
  expect(linked?.account).toBe('whatsapp-baileys')
  expect(await linked?.check()).toMatchObject({
    ok: false,
    detail: expect.stringContaining('no phone is linked'),
  })
})

describe('what an account keeps', () => {
  test('is its own', async () => {
    const mine = stateOf('here', false)
    await mine.setMany({ offset: '7' })
    expect(await mine.get('offset')).toBe('7')
    expect(await stateOf('here', false, 'other').get('offset')).toBe(null)
  })

  test('where processes share a store, one of them holds a lease until it hands it over', async () => {
    const [here, there] = [stateOf('here', true), stateOf('there', true)]
    const taken = async () => [await here.lease('poll', 60_000), await there.lease('poll', 60_000)]
    expect(await taken()).toEqual([true, false])
    await here.release('poll')
    expect([await there.lease('poll', 60_000), await here.lease('poll', 60_000)]).toEqual([
      ...[true, false],
    ])
    expect(await stateOf('alone', false).lease('poll', 60_000)).toBe(true)
  })
})
