// The real process on a linked phone: a QR, a complaint, a kill, and the same login after it. And off: nothing is loaded.

import { expect, test } from '@jest/globals'
import { LOOK_AT_LINKING } from '../support/breaking.ts'
import { startFakeWhatsApp } from '../support/fake-whatsapp.ts'
import { eventually, type GatewayProcess } from '../support/gateway-process.ts'
import { CITIZEN } from '../support/whatsapp/phones.ts'
import { inWorld, type World } from '../support/world.ts'

const LOADED = /loaded: (.+)/g
const TICKET = /(?<!\d)[1-9]\d{7}(?!\d)/
const preload = LOOK_AT_LINKING

test('off, nothing of it is loaded', () =>
  inWorld(async (world) => {
    const gateway = await world.start({ preload })
    expect(await gateway.stop()).toBe(0)
    expect(world.printed().match(LOADED)).toBeNull()
  }))

test('a QR links it; a complaint is answered with its number; a kill changes nothing', () =>
  inWorld(async (world) => {
    const fake = await startFakeWhatsApp(null)
    let count = 0
    /** Resolves with what is answered. */
    const writes = async (conversation: string, answered: RegExp): Promise<string> => {
      count += 1
      const before = fake.said.length
      fake.deliver(await fake.encryptFrom(CITIZEN, { conversation }, `IN${count}`))
      return eventually(
        async () =>
          fake.said
            .slice(before)
            .map(({ message }) => message.conversation)
            .join(),
        (words) => answered.test(words),
      )
    }
    try {
      const first = start(world, fake.url)
      const [, qr = ''] = await first.prints(/in words: (\S+)/)
      expect(first.stderr()).toMatch(
        /may ban the number[\s\S]*GPL-3\.0[\s\S]*Linked devices[\s\S]*█/,
      )
      fake.scan(qr)
      await first.prints(/WhatsApp \(Baileys\) is connected/)
      expect(new Set(world.printed().match(LOADED))).toContain('loaded: @whiskeysockets/baileys')

      await writes('lampu jalan padam di depan mesjid jl kuin selatan', /LEWATI/)
      await writes('LEWATI', /Biasa/)
      await writes('1', /Kirim/)
      const filed = await writes('1', TICKET)
      const [ticket] = filed.match(TICKET) ?? []
      first.signal('SIGKILL')
      await first.ended()

      const again = start(world, fake.url)
      await again.prints(/WhatsApp \(Baileys\) is connected/)
      expect(again.stderr()).not.toContain('in words')
      await writes(`STATUS ${ticket}`, new RegExp(`${ticket}[^]*menunggu verifikasi`))
      again.signal('SIGTERM')
      expect(await again.ended()).toBe(0)
      expect(world.printed()).not.toContain(CITIZEN)
    } finally {
      await fake.stop()
    }
  }))

function start(world: World, url: string): GatewayProcess {
  const on = { WHATSAPP_BAILEYS: 'on', WHATSAPP_BAILEYS_URL: url }
  return world.spawn({ env: world.env({ env: on }), preload })
}
