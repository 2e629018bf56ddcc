// Messages that are encrypted for real, and processes that end at every point between their arrival and the inbox.

import { expect, test } from '@jest/globals'
import { hashOf, spoolText } from '../../../../src/channels/whatsapp/baileys/spool.ts'
import { CITIZEN } from '../../../support/whatsapp/phones.ts'
import { type House, inHouse, until } from './harness.ts'

const texts = ({ inbox }: House) => [...inbox.values()]
/** How soon the tests look through the spool. */
const SOON = { sweepMs: 40 }

test('what was encrypted arrives, is receipted, and leaves nothing in the spool', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    await house.start()
    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    fake.deliver(await fake.encrypt('di gang 3', 'A2'))
    await until(() => house.inbox.size === 2)
    expect(texts(house)).toEqual(['lampu mati', 'di gang 3'])
    await until(() => fake.receipts.length === 2 && vault.names('inbox-spool').length === 0)
    expect([...house.inbox.keys()]).toEqual(['k123:A1', 'k123:A2'])
  }))

test('the session and the spool row are set together, in one', () =>
  inHouse(async (house) => {
    const sets: string[][] = []
    house.vault.after = async (kinds) => void sets.push([...kinds].sort())
    await house.start()
    house.fake.deliver(await house.fake.encrypt('lampu mati', 'A1'))
    await until(() => house.inbox.size === 1)
    const [spooling, ...others] = sets.filter((kinds) => kinds.includes('inbox-spool'))
    expect(spooling).toEqual(expect.arrayContaining(['inbox-spool', 'session']))
    expect(others).toEqual([['inbox-spool']])
  }))

test('a process that ends before the set leaves the message to be brought again', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const first = await house.start()
    const node = await fake.encrypt('lampu mati', 'A1')
    vault.before = async (kinds) => {
      if (!kinds.includes('inbox-spool')) return
      first.kill()
      throw new Error('ended')
    }
    fake.deliver(node)
    await until(() => vault.before !== undefined && first.channel.health().state === 'down')
    vault.before = async () => {}
    expect(fake.receipts).toEqual([])
    await house.start()
    fake.deliver(node)
    await until(() => house.inbox.size === 1)
    expect(texts(house)).toEqual(['lampu mati'])
  }))

test('a process that ends after the set, before the receipt, loses nothing: the same ciphertext gives the same words', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const first = await house.start()
    const node = await fake.encrypt('lampu mati', 'A1')
    let ended = false
    vault.after = async (kinds) => {
      if (ended || !kinds.includes('session')) return
      ended = true
      first.kill()
    }
    fake.deliver(node)
    await until(() => ended)
    expect(fake.receipts).toEqual([])
    await house.start()
    fake.deliver(node)
    await until(() => house.inbox.size === 1 && fake.receipts.length === 1)
    expect(texts(house)).toEqual(['lampu mati'])
    await until(() => vault.names('inbox-spool').length === 0)
  }))

test('a process that ends after the receipt, before the inbox, loses nothing: the spool gives it after a while', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const first = await house.start()
    house.storing = () => new Promise(() => {})
    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    await until(() => fake.receipts.length === 1)
    first.kill()
    expect(vault.names('inbox-spool')).toHaveLength(1)
    house.storing = async () => {}
    await house.start(SOON)
    await until(() => fake.opened() === 2)
    expect(house.inbox.size).toBe(0)
    house.push(60_000)
    await until(() => house.inbox.size === 1 && vault.names('inbox-spool').length === 0)
    expect([...house.inbox]).toEqual([['k123:A1', 'lampu mati']])
  }))

test.each([
  ['no padding', Buffer.alloc(0)],
  ['no message', Buffer.from([0x0f, 0xff, 0xff, 1])],
])('what was decrypted and has %s is not looked at for ever', (_, plain) =>
  inHouse(async (house) => {
    const envelope = { id: 'A1', from: `${CITIZEN}@s.whatsapp.net`, alt: null }
    const row = JSON.stringify(spoolText({ envelope, plain, at: 0 }))
    await house.vault.set({ 'inbox-spool': { somewhere: row } })
    await house.start(SOON)
    await until(() => house.vault.names('inbox-spool').length === 0)
    expect(house.inbox.size).toBe(0)
  }),
)

test('what was decrypted before the number was banned is handed on all the same', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const first = await house.start()
    house.storing = () => new Promise(() => {})
    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    await until(() => fake.receipts.length === 1)
    first.kill()
    house.storing = async () => {}
    fake.failWith(403)
    const { channel } = await house.start(SOON)
    house.push(60_000)
    await until(() => house.inbox.size === 1 && vault.names('inbox-spool').length === 0)
    expect(channel.health().state).toBe('paused')
  }))

test('a process that ends after the inbox, before the spool row is gone, brings nothing twice', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const first = await house.start()
    house.storing = async (event) => {
      if (event.type === 'message') house.inbox.set(event.message.providerId, event.message.text)
      first.kill()
    }
    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    await until(() => house.inbox.size === 1)
    expect(vault.names('inbox-spool')).toHaveLength(1)
    house.storing = async () => {}
    await house.start(SOON)
    await until(() => fake.opened() === 2)
    house.push(60_000)
    await until(() => vault.names('inbox-spool').length === 0)
    expect([...house.inbox]).toEqual([['k123:A1', 'lampu mati']])
  }))

test('what the store could not take is handed on again while connected', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    let away = true
    house.storing = async () => {
      if (away) throw new Error('the database is away')
    }
    await house.start(SOON)
    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    await until(() => fake.receipts.length === 1)
    away = false
    house.push(1_000)
    await until(() => house.inbox.size === 1 && vault.names('inbox-spool').length === 0)
    expect(texts(house)).toEqual(['lampu mati'])
  }))

test.each(['read', 'written'])(
  'a store that cannot be %s refuses nothing: the connection ends, and WhatsApp brings it again',
  (how) =>
    inHouse(async (house) => {
      const { fake, vault } = house
      const { channel } = await house.start()
      const node = await fake.encrypt('lampu mati', 'A1')
      const away = () => Promise.reject(new Error('the disk is full'))
      if (how === 'read') vault.reading = away
      else vault.before = (kinds) => (kinds.includes('inbox-spool') ? away() : Promise.resolve())
      fake.deliver(node)
      await until(() => channel.health().state === 'down')
      vault.reading = async () => {}
      vault.before = async () => {}
      await until(() => fake.opened() === 2)
      // None of them would bring it back: to WhatsApp it is settled by each.
      expect([fake.receipts, fake.retries, fake.nacks]).toEqual([[], [], []])
      fake.deliver(node)
      await until(() => house.inbox.size === 1 && fake.receipts.length === 1)
      expect(texts(house)).toEqual(['lampu mati'])
    }),
)

test('who repeats the ciphertext of another finds nothing under it', () => {
  const ciphertext = new Uint8Array(40).fill(5)
  expect(hashOf('6281299900123@s.whatsapp.net', ciphertext)).not.toBe(
    hashOf('6281299900777@s.whatsapp.net', ciphertext),
  )
})
