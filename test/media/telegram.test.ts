// A photo by Telegram: getFile, the folder, the question about its place, and the complaint it goes into.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { keptState } from '../channels/telegram/harness.ts'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { openInProcess } from '../support/in-process.ts'
import { fileOf, messageUpdate, photoSizes } from '../support/telegram/updates.ts'
import { PROGRAMS, phonePhoto } from './pictures.ts'

const ME = 4_711_001

test('a photo is kept without its place, which is asked about; a program beside it is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-media-'))
  const fake = await startFakeTelegram()
  const log = pino({ level: 'silent' })
  let now = Date.parse('2026-11-25T02:00:00Z')
  const channel = createTelegram({
    ...{ token: fake.token, apiRoot: fake.url, state: keptState(), webhook: null, log },
    chatKey: (chat) => chat,
    clock: () => new Date(now),
    // What it waits between two messages to one chat is played.
    wait: async (ms) => {
      now += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
  })
  fake.addFile('AgAC-lamp-2', await phonePhoto())
  fake.addFile('BQAC-game', PROGRAMS.elf)
  const gateway = await openInProcess({ MEDIA_DIR: folder }, { channels: [channel], log })
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const settled = async () => {
    await fake.confirmed()
    await gateway.assembly.drain()
    await gateway.assembly.drain()
  }
  try {
    const caption = 'lampu jalan mati sudah seminggu'
    fake.bring(messageUpdate({ from: ME, caption, photo: photoSizes('lamp') }))
    await settled()
    expect(files()).toHaveLength(1)
    const words = () =>
      fake
        .sentTo(ME)
        .map(({ text }) => text)
        .join('\n')
    expect(words()).toContain('Foto Anda memuat titik lokasi')
    fake.bring(messageUpdate({ from: ME, document: fileOf('game', { file_name: 'foto.jpg' }) }))
    await settled()
    expect(words()).toContain('hanya foto, video, suara, atau PDF')
    expect(files()).toHaveLength(1)
  } finally {
    await gateway.stop()
    await fake.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
