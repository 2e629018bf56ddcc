// A whole gateway inside the test's process, with Twilio's own channel and a folder for attachments of its own.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createTwilio, type TwilioOptions } from '../../src/channels/sms/twilio/twilio.ts'
import {
  FAKE_NUMBER,
  type FakeMedia,
  type FakeTwilio,
  startFakeTwilio,
} from '../support/fake-twilio.ts'
import { type InProcess, openInProcess } from '../support/in-process.ts'

const PUBLIC = 'https://lapor.example.go.id'

export interface Town extends InProcess {
  readonly twilio: FakeTwilio
  readonly folder: string
  /** A text with these attachments; resolves when all that can be done about it is done. */
  sends(
    number: string,
    text: string,
    ...held: readonly (FakeMedia | (() => FakeMedia))[]
  ): Promise<string[]>
  /** What was sent to this number so far. */
  told(number: string): readonly string[]
  /** The files that are kept, by their digest. */
  files(): ReadonlyMap<string, Buffer>
  /** Time passes, and what it brings about is done. */
  later(ms: number): Promise<void>
  /** What the log says, as one text. */
  logged(): string
}

export async function openTown(options: Partial<TwilioOptions> = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-media-'))
  const twilio = await startFakeTwilio({ publicUrl: PUBLIC })
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const given = { accountSid: twilio.accountSid, authToken: twilio.authToken, apiUrl: twilio.url }
  let now = () => new Date('2026-11-25T02:00:00Z')
  const channel = createTwilio({
    ...{ ...given, from: FAKE_NUMBER, publicUrl: PUBLIC, clock: () => now(), log },
    ...options,
  })
  const inProcess = await openInProcess({ MEDIA_DIR: folder }, { channels: [channel], log })
  now = inProcess.now
  const settled = async () => {
    await inProcess.assembly.drain()
    await inProcess.assembly.drain()
  }
  return {
    ...inProcess,
    ...{ twilio, folder },
    async sends(number, text, ...held) {
      const urls = held.map((one) => twilio.hold(one))
      const fields = urls.flatMap((url, n) => [
        [`MediaUrl${n}`, url],
        [`MediaContentType${n}`, 'image/jpeg'],
      ])
      const all = { From: number, Body: text, NumMedia: String(held.length) }
      const answer = await twilio.text(inProcess.url, { ...all, ...Object.fromEntries(fields) })
      if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`)
      await settled()
      return urls
    },
    told: (number) => twilio.sends.filter(({ to }) => to === number).map(({ body }) => body),
    files: () =>
      new Map(
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((one) => one.isFile())
          .map((one) => [one.name, readFileSync(join(one.parentPath, one.name))]),
      ),
    async later(ms) {
      inProcess.push(ms)
      await inProcess.assembly.tick()
      await settled()
    },
    logged: () => lines.join(''),
    async stop() {
      await inProcess.stop()
      await twilio.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
