// Endings of a real connection with each code of the table, linking a phone, and what is said of it.

import { expect, test } from '@jest/globals'
import { BOT } from '../../../support/whatsapp/phones.ts'
import { inHouse, until } from './harness.ts'

test('a stream that ends with 515 is made again at once', () =>
  inHouse(async (house) => {
    const { channel, waits } = await house.start()
    house.fake.streamError(515)
    await until(() => house.fake.opened() === 2)
    expect(waits).toEqual([])
    await until(() => channel.health().state === 'up')
  }))

test('a line that breaks is made again after a moment', () =>
  inHouse(async (house) => {
    const { waits } = await house.start()
    house.fake.drop()
    await until(() => house.fake.opened() === 2)
    expect(waits).toEqual([1_000])
  }))

test.each([503, 428, 408])('a stream that ends with %i is made again after a moment', (code) =>
  inHouse(async (house) => {
    const { waits } = await house.start()
    house.fake.streamError(code)
    await until(() => house.fake.opened() === 2)
    expect(waits).toEqual([1_000])
  }),
)

test('one that another program took over waits a minute', () =>
  inHouse(async (house) => {
    const { waits, logged } = await house.start()
    house.fake.streamError(440)
    await until(() => house.fake.opened() === 2)
    expect(waits).toEqual([60_000])
    expect(logged()).toMatch(/another program uses this login/)
  }))

test('a phone that has unlinked us stops the channel, says what to do, and voids the login', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const { channel, logged } = await house.start()
    fake.streamError(401)
    await until(() => channel.health().state === 'paused')
    expect(channel.health().why).toMatch(/link it again/)
    expect(logged()).toMatch(/"level":50/)
    await until(() => vault.names('login').length === 0)
    expect(fake.tried()).toBe(1)
  }))

test('a number that was banned stops the channel and keeps the login', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    fake.failWith(403)
    const { channel } = await house.start()
    await until(() => channel.health().state === 'paused')
    expect(channel.health().why).toMatch(/banned/)
    expect(vault.names('login')).toHaveLength(1)
  }))

test('a library that is too old stops the channel and says so', () =>
  inHouse(async (house) => {
    house.fake.failWith(405)
    const { channel } = await house.start()
    await until(() => channel.health().state === 'paused')
    expect(channel.health().why).toMatch(/upgrade/)
  }))

test('a session that fails five times stops the channel', () =>
  inHouse(async (house) => {
    house.fake.failWith(500)
    const { channel, waits } = await house.start()
    await until(() => channel.health().state === 'paused')
    expect(house.fake.tried()).toBe(5)
    expect(waits).toHaveLength(4)
  }))

test('a login that must be made anew is, with a new one', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const { links } = await house.start()
    fake.streamError(411)
    await until(() => links.length === 1)
    expect([...vault.names('session'), ...vault.names('login')]).toEqual([])
  }))

test.each([401, 403, 405, 502])('a proxy that says %i stops nothing and voids no login', (status) =>
  inHouse(async (house) => {
    house.fake.refuseWith(status)
    const { channel, waits } = await house.start()
    await until(() => waits.length > 0)
    house.fake.refuseWith(null)
    await until(() => channel.health().state === 'up')
    expect(house.vault.names('login')).toHaveLength(1)
  }),
)

test('a connection that is open yet silent is ended and made again', () =>
  inHouse(async (house) => {
    const { channel, waits } = await house.start({ lookMs: 20 })
    await until(() => channel.health().state === 'up')
    house.fake.fallSilent()
    house.push(91_000)
    await until(() => house.fake.opened() === 2)
    expect(waits).toEqual([1_000])
  }))

test('its health says whether it is connected, and nothing says who wrote', () =>
  inHouse(async (house) => {
    const { channel, logged } = await house.start()
    await until(() => channel.health().state === 'up')
    house.fake.deliver(await house.fake.encrypt('lampu mati', 'A1'))
    await until(() => house.inbox.size === 1)
    expect(channel.health().lastIn).not.toBeNull()
    await channel.stop()
    expect(channel.health()).toMatchObject({ state: 'down', why: 'stopped' })
    expect(logged()).not.toMatch(/6281|lampu/)
  }))

test('without a lease it does not connect', () =>
  inHouse(async (house) => {
    const none = { get: async () => null, setMany: async () => {}, release: async () => {} }
    const { channel } = await house.start({ state: { ...none, lease: async () => false } })
    expect(house.fake.tried()).toBe(0)
    expect(channel.health().why).toMatch(/another process/)
  }))

test('who lost the lease ends the connection', () =>
  inHouse(async (house) => {
    let ours = true
    const none = { get: async () => null, setMany: async () => {}, release: async () => {} }
    const { channel } = await house.start({
      ...{ state: { ...none, lease: async () => ours }, renewMs: 20 },
    })
    await until(() => channel.health().state === 'up')
    ours = false
    await until(() => channel.health().state === 'down')
    expect(channel.health().why).toMatch(/another process/)
  }))

test('before a phone is linked the check says so', () =>
  inHouse(async (house) => {
    const { channel } = await house.start()
    expect(await channel.check()).toMatchObject({ ok: false })
  }, false))

test('an unlinked one shows a QR, waits for it to be scanned, and says so', () =>
  inHouse(async (house) => {
    const { channel, links } = await house.start()
    await until(() => links.length === 1)
    expect(links[0]).toMatchObject({ type: 'qr', qr: expect.stringContaining('ref-1') })
    expect(channel.health().why).toMatch(/to be linked/)
  }, false))

test('with a number it shows a code to type into that phone', () =>
  inHouse(async (house) => {
    const { links } = await house.start({ number: BOT })
    await until(() => links.length === 1)
    expect(links[0]).toMatchObject({ type: 'code', code: expect.stringMatching(/^[1-9A-Z]{8}$/) })
  }, false))

test('a linking that nobody finished leaves no login that WhatsApp would turn away', () =>
  inHouse(async (house) => {
    const first = await house.start({ number: BOT })
    await until(() => first.links.length === 1)
    await first.channel.stop()
    const second = await house.start({ number: BOT })
    await until(() => second.links.length === 1)
    expect(second.channel.health().state).toBe('down')
  }, false))
