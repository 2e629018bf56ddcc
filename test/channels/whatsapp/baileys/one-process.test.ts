// Two processes of ours over one PostgreSQL and one number: the lease is the store's, and so are login and keys.

import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import { createAccountState } from '../../../../src/account-state.ts'
import { createAccountVault } from '../../../../src/account-vault.ts'
import { createWhatsAppBaileys } from '../../../../src/channels/whatsapp/baileys/baileys.ts'
import { ACCOUNT } from '../../../../src/channels/whatsapp/baileys/reading.ts'
import { openStore } from '../../../../src/store/open.ts'
import { createSeal } from '../../../../src/store/seal.ts'
import { linkedCreds, startFakeWhatsApp } from '../../../support/fake-whatsapp.ts'
import { freshDatabase } from '../../../support/postgres.ts'
import { link, until } from './harness.ts'

const RENEW_MS = 100
/** No lease runs out by itself, however busy the machine is. */
const LONG_MS = 600_000

test('one process holds the number; one that stalls loses it to the other, and ends its connection', async () => {
  const creds = linkedCreds()
  const fake = await startFakeWhatsApp(creds)
  const dataKey = randomBytes(32)
  const log = pino({ level: 'silent' })
  const clock = () => new Date()
  let made = 0
  const newId = () => `id-${++made}`
  const store = await openStore({ url: await freshDatabase(), dataKey, clock, newId, log })
  const sealing = createSeal(dataKey)
  const vault = createAccountVault({ store, account: ACCOUNT, digest: sealing.digest, sealing })
  await link(vault, creds)
  const heard: string[] = []
  const stateFor = (holder: string) =>
    createAccountState({ store, account: ACCOUNT, holder, shared: true })
  let asked: { readonly name: string; readonly answer: Promise<boolean> } | null = null
  const channelOf = (holder: string, awake: () => Promise<void>) => {
    const state = stateFor(holder)
    const lease = (name: string) => {
      const answer = state.lease(name, LONG_MS)
      if (holder === 'first') asked = { name, answer }
      return answer
    }
    return createWhatsAppBaileys({
      ...{ vault, number: null, url: fake.url, showLink: () => {}, readMedia: async () => null },
      ...{ chatKey: () => 'k', sentText: async () => null, isKnown: async () => true },
      ...{ clock, log, chance: () => 0, timeoutMs: 2_000, renewMs: RENEW_MS },
      state: { ...state, lease: (name) => awake().then(() => lease(name)) },
    })
  }
  let wake = () => {}
  let stalled = Promise.resolve()
  const first = channelOf('first', () => stalled)
  const second = channelOf('second', async () => {})
  const stateOf = (one: typeof first) => one.health().state
  /** What the first has asked for is answered, and it asks no more: its lease ends now. */
  const runsOut = async () => {
    await Promise.resolve()
    await asked?.answer
    await stateFor('first').lease(asked?.name ?? '', 1)
  }
  try {
    for (const one of [first, second])
      await one.start(async (event) => {
        if (event.type === 'message') heard.push(event.message.text)
      })
    await until(() => stateOf(first) === 'up')
    expect([stateOf(second), second.health().why, fake.opened()]).toEqual([
      ...['down', expect.stringContaining('another process'), 1],
    ])

    stalled = new Promise((resolve) => {
      wake = resolve
    })
    await runsOut()
    await until(() => stateOf(second) === 'up', 'the second, after the lease has run out,')
    wake()
    await until(() => stateOf(first) === 'down')
    expect(first.health().why).toMatch(/another process/)

    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    await until(() => heard.length === 1)
    await second.stop()
    await until(() => stateOf(first) === 'up', 'the first, once it was handed over,')
    fake.deliver(await fake.encrypt('di gang 3', 'A2'))
    await until(() => heard.length === 2)
    expect(heard).toEqual(['lampu mati', 'di gang 3'])
  } finally {
    wake()
    await Promise.all([first.stop(), second.stop()])
    await store.close()
    await fake.stop()
  }
})
