// `kentongan chat`: the whole gateway with the terminal as one more channel, and nothing to configure.

import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { inWorld } from '../support/world.ts'

test('a complaint typed in one line gets a ticket, and STATUS shows it', () =>
  inWorld(async (world) => {
    const chat = world.spawn({
      args: ['chat'],
      env: { PORT: '0', DATABASE_URL: `sqlite:${join(world.folder, 'chat.db')}` },
    })
    chat.write('lampu jalan padam di depan mesjid jl kuin selatan\n')
    const [, ticket] = await chat.prints(/diterima[\s\S]*?(?<!\d)([1-9]\d{7})(?!\d)/i)
    chat.write(`STATUS ${ticket}\n`)
    await chat.prints(new RegExp(`${ticket}[\\s\\S]*menunggu verifikasi`))
    chat.endInput()
    expect(await chat.ended(10_000)).toBe(0)
  }))

test('lines piped in are all answered before it ends', () =>
  inWorld(async (world) => {
    const chat = world.spawn({
      args: ['chat', '--as', 'sms', '--from', '0812 1000 5001'],
      env: { PORT: '0', DATABASE_URL: 'sqlite::memory:' },
    })
    chat.write('halo\ngot mampet di kuin utara rt 3\nSTATUS\n')
    chat.endInput()
    expect(await chat.ended()).toBe(0)
    expect(chat.stdout()).toMatch(/(?<!\d)[1-9]\d{7}(?!\d)[\s\S]*menunggu verifikasi/)
  }))

test('a channel that cannot be played is refused with those that can', () =>
  inWorld(async (world) => {
    const chat = world.spawn({ args: ['chat', '--as', 'merpati'] })
    expect(await chat.ended()).toBeGreaterThan(0)
    expect(chat.stderr()).toMatch(/sms.*whatsapp.*telegram/)
  }))
