// From no login to a message: a QR, a phone that scans it, WhatsApp's restart (515), the login kept and taken up again.

import { expect, test } from '@jest/globals'
import { inHouse, until } from './harness.ts'

test('a phone that scans the QR links it: WhatsApp asks for a restart, and the next connection is logged in', () =>
  inHouse(async (house) => {
    const { fake, vault } = house
    const { channel, links, waits } = await house.start()
    await until(() => links.length === 1)
    expect(await channel.check()).toMatchObject({ ok: false })
    // A store that takes its time: the restart waits for what was agreed on.
    vault.before = () => new Promise((resolve) => setTimeout(resolve, 30))
    const [link] = links
    fake.scan(link?.type === 'qr' ? link.qr : '')
    await until(() => channel.health().state === 'up')
    expect([links.length, fake.opened(), waits]).toEqual([1, 1, []])
    expect(await channel.check()).toMatchObject({ ok: true })
    fake.deliver(await fake.encrypt('lampu mati', 'A1'))
    await until(() => house.inbox.size === 1)
    await channel.stop()
    const again = await house.start()
    await until(() => again.channel.health().state === 'up')
    expect(again.links).toEqual([])
  }, false))
