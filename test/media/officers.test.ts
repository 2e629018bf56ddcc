// Pictures between citizens and officers, over real HTTP: an officer sees the citizen's, the citizen the answer's.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pino } from 'pino'
import sharp from 'sharp'
import { createTelegram } from '../../src/channels/telegram/telegram.ts'
import { createMediaFolder } from '../../src/media/folder.ts'
import { createMediaReader } from '../../src/media/reading.ts'
import { keptState } from '../channels/telegram/harness.ts'
import { type FakeTelegram, startFakeTelegram } from '../support/fake-telegram.ts'
import { type InProcess, openInProcess, TOKEN } from '../support/in-process.ts'
import { messageUpdate, photoSizes } from '../support/telegram/updates.ts'
import { phonePhoto } from './pictures.ts'

const ANI = 4_711_001
const RINA = 4_711_002
const SITI = 'sms:+628114711003'
const BINA = 4_711_004
const AGENCY = 'DPUPR'
const COPIED = 'DLH'

let fake: FakeTelegram
let gateway: InProcess
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kentongan-media-'))
  fake = await startFakeTelegram()
  const log = pino({ level: 'silent' })
  let now = () => new Date('2026-11-25T02:00:00Z')
  let passed = 0
  let read = async (_digest: string): Promise<Uint8Array | null> => null
  const channel = createTelegram({
    ...{ token: fake.token, apiRoot: fake.url, state: keptState(), webhook: null, log },
    chatKey: (chat) => chat,
    clock: () => new Date(now().getTime() + passed),
    readMedia: (digest) => read(digest),
    // What it waits between two messages to one chat is played.
    wait: async (ms) => {
      passed += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
  })
  gateway = await openInProcess({ MEDIA_DIR: folder }, { log }, [channel])
  now = gateway.now
  const shelf = createMediaFolder(folder, () => 'draft')
  read = createMediaReader({ store: gateway.store, folder: shelf, log })
  await enrol(RINA, 'Rina', AGENCY, 'ABCD2345')
  await enrol(BINA, 'Bina', COPIED, 'EFGH2345')
})

afterAll(async () => {
  await gateway.stop()
  await fake.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function enrol(chat: number, name: string, agency: string, code: string): Promise<void> {
  const expiresAt = new Date(gateway.now().getTime() + 3_600_000)
  const invitation = { role: 'officer', agency, name, staffId: null, expiresAt } as const
  const change = { type: 'invite', code, by: 'operator', invitation } as const
  await gateway.store.invite(change, gateway.now())
  await writes(chat, { text: `DAFTAR ${code}` })
}

async function settled(): Promise<void> {
  await fake.confirmed()
  for (let round = 0; round < 3; round++) await gateway.assembly.drain()
}

async function writes(from: number, content: object): Promise<void> {
  fake.bring(messageUpdate({ from, ...content }))
  await settled()
}

async function photo(from: number, caption: string, name: string, more = {}): Promise<void> {
  const sizes = photoSizes(name) as readonly { readonly file_id: string }[]
  for (const { file_id: id } of sizes) fake.addFile(id, await phonePhoto())
  await writes(from, { ...(caption === '' ? {} : { caption }), photo: sizes, ...more })
}

async function moves(ticket: string, move: object): Promise<void> {
  const answer = await fetch(`${gateway.url}/api/complaints/${ticket}/moves`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ actor: 'api', ...move }),
  })
  expect(answer.status).toBe(200)
  await settled()
}

const assign = (ticket: string) => moves(ticket, { move: 'assign', agency: AGENCY })

const newest = async () =>
  (await gateway.store.complaints({ limit: 1 })).files[0]?.complaint.ticket ?? ''
const since = (chat: number, count: number) => fake.sentTo(chat).slice(count)

test('an officer sees the picture of the case, and the citizen the picture of the answer', async () => {
  await photo(ANI, 'lampu jalan mati di gang 5 pekapuran raya', 'lamp')
  // A draft left alone is filed as it stands.
  gateway.push(2 * 3_600_000)
  await gateway.assembly.tick()
  await settled()
  const ticket = await newest()
  await assign(ticket)

  const before = fake.sentTo(RINA).length
  await writes(RINA, { text: `LIHAT ${ticket}` })
  const shown = since(RINA, before)
  expect(shown.map((one) => one.file?.as)).toEqual(['photo'])
  expect(shown[0]?.text).toContain('lampu jalan mati')

  const told = fake.sentTo(ANI).length
  await photo(RINA, `JAWAB ${ticket} Lampu sudah kami ganti tadi pagi`, 'new-lamp')
  await writes(RINA, { text: 'YA' })
  const heard = since(ANI, told)
  expect(heard.map((one) => one.file?.as ?? null)).toEqual([null, 'photo'])
  expect(heard[0]?.text).toContain('Lampu sudah kami ganti tadi pagi')
  expect(heard[1]?.text).toContain(ticket)
  const drawn = await sharp(heard[1]?.file?.bytes).metadata()
  expect([drawn.format, drawn.exif]).toEqual(['jpeg', undefined])

  const asked = fake.sentTo(ANI).length
  await writes(ANI, { text: `LIHAT ${ticket}` })
  const again = since(ANI, asked)
  expect(again.map((one) => one.file?.as)).toEqual(['photo'])
  expect(again[0]?.text).toContain('Lampu sudah kami ganti')
})

test('the pictures of an album all go with the answer they came with', async () => {
  const ticket = await newest()
  const album = { media_group_id: 'album-1' }
  const told = fake.sentTo(ANI).length
  await photo(RINA, `JAWAB ${ticket} Tiangnya juga sudah dicat`, 'pole', album)
  await photo(RINA, '', 'pole-top', album)
  expect(since(ANI, told)).toEqual([])
  await writes(RINA, { text: 'YA' })
  const heard = since(ANI, told).map((one) => one.file?.as ?? null)
  expect(heard).toEqual([null, 'photo', 'photo', null])
})

test('of a confidential case an agency that is only copied in sees no picture', async () => {
  const ticket = await newest()
  await moves(ticket, { move: 'copy', agency: COPIED })
  const shownTo = async (chat: number) => {
    const before = fake.sentTo(chat).length
    await writes(chat, { text: `LIHAT ${ticket}` })
    return since(chat, before).map((one) => one.file?.as ?? null)
  }
  // The citizen's and those of the answers.
  const all = [...Array(4).fill('photo'), null]
  expect(await shownTo(BINA)).toEqual(all)
  await moves(ticket, { move: 'correct', confidential: true })
  expect(await shownTo(BINA)).toEqual([null])
  expect(await shownTo(RINA)).toEqual(all)
})

test('by SMS a citizen hears that there is a picture, with the answer and with LIHAT', async () => {
  await gateway.says(SITI, 'BANJARMASIN sampah menumpuk di depan pasar lama')
  const ticket = await newest()
  await assign(ticket)
  await photo(RINA, `KABAR ${ticket} Petugas di lokasi sejak pagi`, 'street')
  await gateway.assembly.drain()
  await gateway.says(SITI, `LIHAT ${ticket}`)
  const words = gateway.sent.filter(({ to }) => to === SITI).map(({ text }) => text)
  const [update = '', look = ''] = words.slice(-2)
  for (const text of [update, look]) {
    expect(text).toContain('Petugas di lokasi')
    expect(text).toContain('Ada 1 lampiran: lihat lewat Telegram.')
  }
})
