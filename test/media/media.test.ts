// Attachments by SMS from Twilio to the folder, over real HTTP: kept, refused, come again, erased.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import sharp from 'sharp'
import { openInProcess } from '../support/in-process.ts'
import { PDF, PROGRAMS, phonePhoto, plain, smallPngOf, TAKEN_AT, VOICE } from './pictures.ts'
import { openTown, type Town } from './town.ts'

const LAMP = 'BANJARMASIN lampu jalan mati di depan gang 5 kelurahan pekapuran raya'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.stop())

let people = 0
const somebody = () => `+62811500${String(++people).padStart(4, '0')}`
const newFiles = (before: ReadonlyMap<string, Buffer>) =>
  [...town.files()].filter(([digest]) => !before.has(digest))

describe('an attachment', () => {
  test('is acknowledged with its message, fetched with our credentials, and kept by digest', async () => {
    const before = town.files()
    const me = somebody()
    const [url = ''] = await town.sends(me, LAMP, { bytes: await phonePhoto() })
    expect(town.twilio.fetched.get(url)).toBe(1)
    const [[digest, bytes] = ['', Buffer.alloc(0)], ...others] = newFiles(before)
    expect(others).toEqual([])
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    expect(town.told(me).join()).not.toContain('Lampiran')
  })

  test('that is no picture is kept as it came', async () => {
    const before = town.files()
    await town.sends(somebody(), LAMP, { bytes: VOICE }, { bytes: PDF })
    expect(
      newFiles(before)
        .map(([, bytes]) => bytes.length)
        .sort(),
    ).toEqual([VOICE.length, PDF.length].sort())
  })

  test('sent twice is kept once, and goes with the last who sent it', async () => {
    const before = town.files()
    const [budi, siti] = [somebody(), somebody()]
    const bytes = await plain(31, 31).jpeg().toBuffer()
    await town.sends(budi, LAMP, { bytes })
    await town.sends(siti, LAMP, { bytes })
    expect(newFiles(before)).toHaveLength(1)
    await town.sends(budi, 'HAPUS DATA')
    await town.sends(budi, 'HAPUS YA')
    expect(newFiles(before)).toHaveLength(1)
    await town.sends(siti, 'HAPUS DATA')
    await town.sends(siti, 'HAPUS YA')
    expect(newFiles(before)).toEqual([])
  })

  test.each([
    ['a program called photo.jpg', () => PROGRAMS.elf, /hanya foto, video, suara, atau PDF/],
    ['a script', () => PROGRAMS.script, /hanya foto, video, suara, atau PDF/],
    ['a picture bomb', () => smallPngOf(50_000, 50_000), /terlalu besar \(paling besar 20 MB\)/],
    [
      'half a picture',
      async () => (await plain().png().toBuffer()).subarray(0, 80),
      /tidak bisa dibuka/,
    ],
    ['21 MB', () => Buffer.alloc(21 * 1024 * 1024), /terlalu besar/],
  ])('that is %s is not kept, which its sender is told once', async (_, make, sentence) => {
    const before = town.files()
    const me = somebody()
    await town.sends(me, LAMP, { bytes: await make() })
    expect(newFiles(before)).toEqual([])
    expect(town.told(me).filter((text) => sentence.test(text))).toHaveLength(1)
    await town.later(HOUR)
    expect(town.told(me).filter((text) => /Lampiran|Foto/.test(text))).toHaveLength(1)
  })

  test('that cannot be had comes again until it can', async () => {
    const before = town.files()
    const bytes = await plain(17, 17).jpeg().toBuffer()
    const answers = [{ status: 503 }, { status: 429, headers: { 'Retry-After': '600' } }, { bytes }]
    const [url = ''] = await town.sends(somebody(), LAMP, () => answers.shift() ?? { status: 500 })
    await town.later(9_000)
    expect(town.twilio.fetched.get(url)).toBe(1)
    await town.later(2_000)
    expect(town.twilio.fetched.get(url)).toBe(2)
    await town.later(9 * MINUTE)
    expect(town.twilio.fetched.get(url)).toBe(2)
    await town.later(2 * MINUTE)
    expect(newFiles(before)).toHaveLength(1)
  })

  test('that cannot be had for a day is given up, which its sender is told', async () => {
    const me = somebody()
    const [url = ''] = await town.sends(me, LAMP, { status: 503 })
    for (let hours = 0; hours < 23; hours++) await town.later(HOUR)
    const health = await fetch(`${town.url}/health`)
    expect(await health.text()).toContain('1 attachment(s) could not be fetched or kept so far')
    expect(town.told(me).join()).not.toContain('tidak berhasil kami ambil')
    await town.later(HOUR)
    await town.later(HOUR)
    expect(town.told(me).join()).toContain('tidak berhasil kami ambil')
    const tries = town.twilio.fetched.get(url)
    await town.later(HOUR)
    expect(town.twilio.fetched.get(url)).toBe(tries)
  })

  test.each([
    ['ten days', '864000'],
    ['longer than any clock counts', '9'.repeat(30)],
  ])('whose provider asks us to wait %s is given up, which its sender is told', async (_, wait) => {
    const me = somebody()
    await town.sends(me, LAMP, { status: 429, headers: { 'Retry-After': wait } })
    expect(town.told(me).join()).toContain('tidak berhasil kami ambil')
  })

  test('that its provider has no more is given up at once', async () => {
    const me = somebody()
    await town.sends(me, LAMP, { status: 404 })
    expect(town.told(me).join()).toContain('tidak berhasil kami ambil')
  })

  test('of somebody who was erased while it could not be had is fetched no more', async () => {
    const before = town.files()
    const me = somebody()
    const answers = [{ status: 503 }]
    const [url = ''] = await town.sends(
      me,
      LAMP,
      () => answers.shift() ?? { bytes: VOICE.fill(9, 60) },
    )
    await town.sends(me, 'HAPUS DATA')
    await town.sends(me, 'HAPUS YA')
    await town.later(HOUR)
    expect(town.twilio.fetched.get(url)).toBe(1)
    expect(newFiles(before)).toEqual([])
  })

  test('in the hand of a process that was killed is fetched by another', async () => {
    const before = town.files()
    const bytes = await plain(23, 23).jpeg().toBuffer()
    const answers = [{ status: 503 }]
    await town.sends(somebody(), LAMP, () => answers.shift() ?? { bytes })
    town.push(MINUTE)
    const dead = await town.store.leaseMedia(town.now(), 5 * MINUTE, 9)
    expect(dead).toHaveLength(1)
    await town.later(4 * MINUTE)
    expect(newFiles(before)).toEqual([])
    await town.later(2 * MINUTE)
    expect(newFiles(before)).toHaveLength(1)
  })

  test('whose process was killed before it could tell or remove is told and removed by another', async () => {
    const before = town.files()
    const me = somebody()
    await town.sends(me, LAMP, { bytes: await plain(29, 29).jpeg().toBuffer() })
    const [[digest] = ['']] = newFiles(before)
    const ids = { personId: 'p', addressId: 'a' }
    const at = { now: town.now(), midnight: town.now() }
    const known = await town.store.conversation(`sms:${me}`, at, ids)
    const { personId, addressId, version: expectVersion, language } = known
    await town.store.commitTurn({
      ...{ now: town.now(), address: known.address, personId, addressId, expectVersion, language },
      ...{ state: '{}', wakeAt: null, inbound: null, stoppedAt: null, privacyTold: null },
      ...{ changes: [], links: [], outbound: [], erase: { onDuty: [] } },
    })
    expect(town.files().has(digest)).toBe(true)
    await town.later(MINUTE)
    expect(town.files().has(digest)).toBe(false)
  })

  test('of somebody who floods us is not fetched', async () => {
    const me = somebody()
    for (let n = 0; n < 32; n++) await town.sends(me, 'STATUS')
    const [url = ''] = await town.sends(me, LAMP, { bytes: VOICE })
    expect(town.twilio.fetched.get(url)).toBeUndefined()
    expect(await town.store.leaseMedia(town.now(), MINUTE, 9)).toEqual([])
  })

  test('of a channel that cannot fetch is no work for anybody', async () => {
    const other = await openInProcess()
    const ref = { kind: 'photo', id: 'x', url: 'terminal:x', contentType: null } as const
    const media = [{ ...ref, name: null, bytes: null }]
    await other.says('sms:+628115009999', LAMP, { media })
    other.push(HOUR)
    expect(await other.store.leaseMedia(other.now(), MINUTE, 9)).toEqual([])
    await other.stop()
  })

  test('is served to nobody: the API shows words, and neither picture nor digest', async () => {
    const me = somebody()
    const before = town.files()
    await town.sends(me, `${LAMP} dengan foto`, { bytes: await plain(37, 37).jpeg().toBuffer() })
    const [[digest] = ['']] = newFiles(before)
    const headers = { Authorization: 'Bearer the-api-token' }
    const page = await fetch(`${town.url}/api/complaints`, { headers })
    const shown = await page.text()
    expect(page.status).toBe(200)
    expect(shown).not.toContain(digest)
    expect(shown).not.toMatch(/media|MediaUrl|api\.twilio\.com/i)
    for (const path of ['/media', `/media/${digest}`, `/api/media/${digest}`])
      expect((await fetch(town.url + path, { headers })).status).toBe(404)
  })

  test('is counted by what became of it, and the log says it without anybody', async () => {
    const page = await (await fetch(`${town.url}/metrics`)).text()
    expect(page).toMatch(/kentongan_media_total\{channel="sms",outcome="stored"\} [1-9]/)
    expect(page).toMatch(/kentongan_media_total\{channel="sms",outcome="refused"\} [1-9]/)
    expect(page).toMatch(/kentongan_media_total\{channel="sms",outcome="lost"\} [1-9]/)
    expect(page).toMatch(/kentongan_media_waiting \d/)
    expect(town.logged()).toContain('"outcome":"refused","reason":"unknown-type"')
    expect(town.logged()).not.toMatch(/62811500|api\.twilio\.com|MadeUpPhone/)
  })
})

test('the place in a picture is asked about, and used after a yes', async () => {
  const me = somebody()
  await town.sends(me, 'BANJARMASIN lampu jalan mati sudah seminggu', { bytes: await phonePhoto() })
  const [ticket = ''] = /\d{8}/.exec(town.told(me)[0] ?? '') ?? []
  expect((await town.store.complaint(ticket))?.place.lat).toBeNull()
  await town.sends(me, 'YA')
  const place = (await town.store.complaint(ticket))?.place
  expect(place?.lat).toBeCloseTo(TAKEN_AT.lat, 6)
  expect(place?.lon).toBeCloseTo(TAKEN_AT.lon, 6)
})

test('a download that hangs does not hold up a stop', async () => {
  const own = await openTown()
  const url = own.twilio.hold({ hangs: true })
  const fields = { From: somebody(), Body: LAMP, NumMedia: '1', MediaUrl0: url }
  await own.twilio.text(own.url, fields)
  while (!own.twilio.fetched.has(url)) await new Promise((resolve) => setImmediate(resolve))
  const began = performance.now()
  await own.stop()
  expect(performance.now() - began).toBeLessThan(4_000)
})
