// Codes, groups, contacts and walk-ins through a whole gateway: what nobody may learn, and who a case belongs to.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { pino } from 'pino'
import type { StaffRole } from '../../src/complaints/staff.ts'
import type { Address } from '../../src/message.ts'
import { openStore } from '../../src/store/open.ts'
import { chatChannel } from '../support/chat-channel.ts'
import { type InProcess, openInProcess, TOKEN } from '../support/in-process.ts'

const KORA: Address = 'sms:+6281340000001'
const BUDI: Address = 'sms:+6281340000002'
const SITI: Address = 'sms:+6281340000003'
const ANI: Address = 'sms:+6281340000004'
const RINA: Address = 'telegram:5001'
const GROUP: Address = 'telegram:-1001'
const HOUR = 3_600_000
const WRONG = 'Kode itu tidak berlaku. Mintalah kode baru kepada koordinator.'
const WAIT = /Terlalu banyak|tunggu|satu jam/i

let desk: InProcess

beforeEach(async () => {
  desk = await openInProcess()
})

/** Where a test keeps its database on disk. */
let folder: string | null = null

afterEach(async () => {
  await desk.stop()
  if (folder !== null) await rm(folder, { recursive: true })
  folder = null
})

let codes = 0

async function invited(role: StaffRole, name: string, agency: string | null = null) {
  const code = `QQQQQQ${++codes + 10}`
  const expiresAt = new Date(desk.now().getTime() + 72 * HOUR)
  const invitation = { role, agency, name, staffId: null, expiresAt }
  await desk.store.invite({ type: 'invite', code, invitation, by: 'operator' }, desk.now())
  return code
}

async function enrolled(address: Address, role: StaffRole, name: string, agency?: string) {
  await desk.says(address, `DAFTAR ${await invited(role, name, agency)}`)
}

const told = (address: Address) => desk.sent.findLast(({ to }) => to === address)?.text ?? ''
const names = async () => (await desk.store.staff()).map(({ name, group }) => [name, group])

async function filed(from: Address, text: string): Promise<string> {
  await desk.says(from, text)
  const tickets = desk.sent.flatMap(({ text: said }) => said.match(/\b\d{8}\b/) ?? [])
  return tickets.at(-1) ?? ''
}

async function overApi(ticket: string): Promise<string> {
  const headers = { Authorization: `Bearer ${TOKEN}` }
  return (await fetch(`${desk.url}/api/complaints/${ticket}`, { headers })).text()
}

test('after five wrong codes in an hour a right one too has to wait, and is not used up', async () => {
  const code = await invited('officer', 'Budi', 'DPUPR')
  for (let n = 2; n < 7; n++) {
    await desk.says(BUDI, `DAFTAR AAAAAAA${n}`)
    expect(told(BUDI)).toBe(WRONG)
  }
  await desk.says(BUDI, `DAFTAR ${code}`)
  expect(told(BUDI)).toMatch(WAIT)
  expect(await names()).toEqual([])
  desk.push(HOUR)
  await desk.says(BUDI, `DAFTAR ${code}`)
  expect(await names()).toEqual([['Budi', false]])
})

test('a wrong, an old, a used and a second code of a removed person are answered alike', async () => {
  const old = await invited('officer', 'Budi', 'DPUPR')
  desk.push(72 * HOUR)
  await enrolled(KORA, 'coordinator', 'Kora')
  const used = await invited('officer', 'Lia', 'DLH')
  await desk.says('sms:+6281340000009', `DAFTAR ${used}`)
  for (const code of [old, used, 'AAAAAAA2']) {
    await desk.says(BUDI, `DAFTAR ${code}`)
    expect(told(BUDI)).toBe(WRONG)
  }
})

test('the last coordinator is neither removed nor given another role, unless the settings name one', async () => {
  await enrolled(KORA, 'coordinator', 'Kora')
  await desk.says(KORA, 'CABUT 1')
  expect(told(KORA)).toMatch(/koordinator terakhir/)
  await desk.says(KORA, `DAFTAR ${await invited('officer', 'Kora', 'DPUPR')}`)
  expect(told(KORA)).toMatch(/koordinator terakhir/)
  await enrolled(BUDI, 'coordinator', 'Budi')
  await desk.says(KORA, 'CABUT Kora')
  expect(told(KORA)).toMatch(/^Cabut Kora/)
})

test('somebody removed in the evening hears nothing of the cases that were to be told them in the morning', async () => {
  await enrolled(KORA, 'coordinator', 'Kora')
  await enrolled(BUDI, 'officer', 'Budi', 'DPUPR')
  desk.push(12 * HOUR)
  const ticket = await filed(SITI, 'lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(KORA, `DISPOSISI ${ticket} DPUPR`)
  await desk.says(KORA, 'CABUT Budi')
  await desk.says(KORA, told(KORA).match(/\b\d{4}\b/)?.[0] ?? '')
  expect(told(KORA)).toMatch(/tidak terdaftar lagi/)
  const before = desk.sent.length
  desk.push(10 * HOUR)
  await desk.assembly.tick()
  await desk.assembly.drain()
  const since = desk.sent.slice(before).map(({ to }) => to)
  expect(since).toContain(SITI)
  expect(since).not.toContain(BUDI)
})

test('a group enrols with a code as a group; nothing else said there is answered', async () => {
  const group = chatChannel(GROUP)
  await desk.stop()
  desk = await openInProcess({}, {}, [group.channel(() => desk.now())])
  await enrolled(KORA, 'coordinator', 'Kora')
  const says = async (text: string) => {
    await group.says(text, { group: true })
    await desk.assembly.drain()
    return group.told.splice(0).map((one) => one.text)
  }
  expect(await says('lampu jalan mati di gang 5 pekapuran raya')).toEqual([])
  expect(await says('DAFTAR')).toEqual([])
  expect(await says(`DAFTAR ${await invited('officer', 'Grup PU', 'DPUPR')}`)).toEqual([
    expect.stringMatching(/^Grup ini terdaftar untuk Dinas Pekerjaan Umum/),
  ])
  expect(await names()).toEqual([
    ['Kora', false],
    ['Grup PU', true],
  ])
  expect(await says('TUGAS')).toEqual([])
  expect(await says('PETUGAS')).toEqual([])
  expect(await says('lampu jalan mati di gang 5 pekapuran raya')).toEqual([])
})

test('of a case that becomes confidential overnight neither a group nor those who joined it hear in the morning', async () => {
  const chat = chatChannel(GROUP)
  await desk.stop()
  desk = await openInProcess({}, {}, [chat.channel(() => new Date(0))])
  await enrolled(KORA, 'coordinator', 'Kora')
  await enrolled(BUDI, 'officer', 'Budi', 'DPUPR')
  const code = await invited('officer', 'Grup PU', 'DPUPR')
  await chat.says(`DAFTAR ${code}`, { group: true })
  const ticket = await filed(SITI, 'lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(ANI, 'lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(ANI, 'YA')
  expect(told(ANI)).toMatch(`mendukung ID ${ticket}`)
  const other = await filed(SITI, 'jalan berlubang di gang 9 pekapuran raya')
  desk.push(12 * HOUR)
  for (const one of [ticket, other]) await desk.says(KORA, `DISPOSISI ${one} DPUPR`)
  await desk.says(SITI, `RAHASIA ${ticket}`)
  const before = desk.sent.length
  desk.push(10 * HOUR)
  await desk.assembly.tick()
  await desk.assembly.drain()
  const about = desk.sent.slice(before).filter(({ text }) => text.includes(ticket))
  expect(about.map(({ to }) => to).sort()).toEqual([BUDI, SITI])
  const group = chat.told.map(({ text }) => text).join()
  expect(group).toContain(other)
  expect(group).not.toContain(ticket)
})

test('a shown contact is in the audit trail with its reason, and in no message of the case', async () => {
  await enrolled(KORA, 'coordinator', 'Kora')
  const ticket = await filed(SITI, 'lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(KORA, `KONTAK ${ticket} rumahnya kebanjiran, hubungi 081340000099`)
  expect(told(KORA)).toContain('+6281340000003')
  const [line] = await desk.store.auditTrail(1)
  expect(line).toMatchObject({ action: 'show-contact', actor: 'Kora', ticket })
  expect(line?.detail).toMatch(/kebanjiran, hubungi \*\*\*\*/)
  expect(await overApi(ticket)).not.toMatch(/1340000003|1340000099/)
})

test('what those who act were told of somebody’s words and number goes when they erase themselves', async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentongan-'))
  const path = join(folder, 'desk.db')
  const at = desk.now()
  let made = 0
  const store = await openStore({
    ...{ url: `sqlite:${path}`, dataKey: Buffer.alloc(32, 3), clock: () => at },
    ...{ newId: () => `row-${++made}`, log: pino({ level: 'silent' }) },
  })
  await desk.stop()
  const fresh = await openInProcess({}, { store })
  await fresh.store.close()
  desk = { ...fresh, store }
  const kept = async () =>
    (await Promise.all([readFile(path), readFile(`${path}-wal`)])).join().replaceAll('\0', '')
  await enrolled(KORA, 'coordinator', 'Kora')
  await enrolled(BUDI, 'officer', 'Budi', 'DPUPR')
  const ticket = await filed(SITI, 'lampu jalan mati di gang 5 pekapuran raya, hp 081340000003')
  await desk.says(KORA, `DISPOSISI ${ticket} DPUPR`)
  await desk.says(BUDI, `LIHAT ${ticket}`)
  expect(told(BUDI)).toContain('081340000003')
  await desk.says(KORA, `KONTAK ${ticket} rumahnya kebanjiran`)
  expect(told(KORA)).toContain('+6281340000003')
  // Sealed, as the address itself is: in the words of the case alone a number may stand.
  expect(await kept()).not.toMatch(/\+6281340000003/)
  const secrets = () => {
    const file = new Database(path, { readonly: true })
    const texts = file.prepare("select text from outbox where kind = 'secret'").pluck().all()
    file.close()
    return texts
  }
  expect(secrets()).toEqual([expect.stringMatching(/^[\w+/=]{60,}$/)])
  await desk.says(SITI, 'HAPUS DATA')
  await desk.says(SITI, 'HAPUS YA')
  expect(told(BUDI)).toContain('081340000003')
  expect(await kept()).not.toMatch(/1340000003/)
  expect(secrets()).toEqual([''])
  await desk.says(KORA, 'DAFTAR')
  const [code = ''] = /\b[A-Z2-9]{8}\b/.exec(told(KORA).replaceAll('DAFTAR', '')) ?? []
  expect(code).not.toBe('')
  expect(await kept()).not.toContain(code)
  await desk.says(BUDI, `LIHAT ${ticket}`)
  expect(told(BUDI)).toContain('gang 5 pekapuran raya, hp ****')
})

test('a walk-in case is the citizen’s: they ask for it, and the officer as a citizen does not', async () => {
  await enrolled(BUDI, 'officer', 'Budi', 'DPUPR')
  const ticket = await filed(BUDI, 'CATAT lampu jalan mati di gang 5 pekapuran raya 0813-4000-0003')
  expect(told(SITI)).toContain(`ID ${ticket}`)
  await desk.says(SITI, `STATUS ${ticket}`)
  expect(told(SITI)).toMatch(/menunggu verifikasi/)
  await desk.says(BUDI, `STATUS ${ticket}`)
  expect(told(BUDI)).toMatch(/tidak ditemukan/)
  expect(await desk.store.contacts(ticket)).toEqual([SITI])
  const file = await desk.store.caseFile(ticket)
  expect(file?.complaint.text).not.toMatch(/4000/)
  expect(file?.history).toMatchObject([{ move: 'file', actor: 'Budi', role: 'officer' }])
  expect(await overApi(ticket)).not.toMatch(/0003/)
})

test('walk-in cases have no limit of a day, and none of them is the officer’s', async () => {
  await enrolled(BUDI, 'officer', 'Budi', 'DPUPR')
  for (let n = 1; n < 8; n++) {
    const ticket = await filed(BUDI, `CATAT lampu jalan mati di gang ${n} pekapuran raya`)
    expect((await desk.store.complaint(ticket))?.overLimit).toBe(false)
    await desk.says(BUDI, 'TIDAK')
    expect(await desk.store.contacts(ticket)).toEqual([])
  }
})

test('a walk-in message that is edited files nothing twice, and may bring the number', async () => {
  await enrolled(RINA, 'officer', 'Rina', 'DPUPR')
  const lamp = 'di gang 5 pekapuran raya'
  await desk.says(RINA, `CATAT lampu jalan mti ${lamp}`, { providerId: 'in-first' })
  const edits = { edits: 'in-first' }
  await desk.says(RINA, `CATAT lampu jalan mati ${lamp}`, edits)
  await desk.says(RINA, `CATAT lampu jalan mati ${lamp} 081340000003`, edits)
  const { files } = await desk.store.complaints({ limit: 5 })
  const [ticket = '', ...more] = files.map(({ complaint }) => complaint.ticket)
  expect(more).toEqual([])
  expect(await desk.store.contacts(ticket)).toEqual([SITI])
})

test('whoever is blocked hears nothing but about their own data; angry words block nobody', async () => {
  await enrolled(KORA, 'coordinator', 'Kora')
  const ticket = await filed(
    SITI,
    'bangsat lampu jalan mati di gang 5 pekapuran raya kerja kalian apa',
  )
  await desk.says(SITI, `STATUS ${ticket}`)
  expect(told(SITI)).toMatch(/menunggu verifikasi/)
  const heard = () => desk.sent.filter(({ to }) => to === SITI).length
  await desk.says(KORA, `BLOKIR ${ticket} menipu berulang kali`)
  const pin = /balas (\d{4})/.exec(told(KORA))?.[1] ?? ''
  // Whoever forged the sender does not know the digits.
  await desk.says(KORA, 'YA')
  await desk.says(SITI, `STATUS ${ticket}`)
  const before = heard()
  expect(told(SITI)).toMatch(/menunggu verifikasi/)
  await desk.says(KORA, pin)
  expect(told(KORA)).toMatch(/ diblokir\./)
  await desk.says(SITI, `STATUS ${ticket}`)
  expect(heard()).toBe(before)
  await desk.says(SITI, 'DATA SAYA')
  expect(heard()).toBe(before + 1)
  const trail = await desk.store.auditTrail(3)
  expect(trail[0]).toMatchObject({ action: 'block', actor: 'Kora', ticket })
})

test('an officer removed between the question and the yes has done nothing', async () => {
  await enrolled(KORA, 'coordinator', 'Kora')
  await enrolled(BUDI, 'coordinator', 'Budi')
  await desk.says(BUDI, 'UNDANG - koordinator Palsu')
  const pin = /balas (\d{4})/.exec(told(BUDI))?.[1] ?? ''
  const staffId = (await desk.store.staff()).find(({ name }) => name === 'Budi')?.id ?? ''
  await desk.says(KORA, 'CABUT Budi')
  await desk.says(KORA, /balas (\d{4})/.exec(told(KORA))?.[1] ?? '')
  expect((await desk.store.staff()).map(({ id }) => id)).not.toContain(staffId)
  await desk.says(BUDI, pin)
  expect(told(BUDI)).not.toMatch(/DAFTAR [A-Z2-9]{8}/)
})

test('an extension is the coordinator’s to decide where a group is the only head', async () => {
  const group = chatChannel(GROUP)
  await desk.stop()
  desk = await openInProcess({}, {}, [group.channel(() => desk.now())])
  await enrolled(KORA, 'coordinator', 'Kora')
  await enrolled(BUDI, 'officer', 'Budi', 'DPUPR')
  await group.says(`DAFTAR ${await invited('head', 'Grup PU', 'DPUPR')}`, { group: true })
  await desk.assembly.drain()
  const ticket = await filed(SITI, 'lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(KORA, `DISPOSISI ${ticket} DPUPR`)
  await desk.says(BUDI, `TERIMA ${ticket}`)
  await desk.says(BUDI, `PERPANJANG ${ticket} 5 menunggu aspal`)
  expect(desk.sent.some(({ to, text }) => to === KORA && /minta 5 hari/.test(text))).toBe(true)
  await desk.says(KORA, `SETUJU ${ticket}`)
  expect((await desk.store.complaint(ticket))?.extensions).toBe(1)
})

test('after five wrong confirmations in an hour no new one is begun: digits are not guessed for ever', async () => {
  await enrolled(KORA, 'coordinator', 'Kora')
  for (let n = 1; n < 6; n++) {
    if (n === 1 || n === 4) await desk.says(KORA, 'UNDANG - koordinator Palsu')
    if (n === 1 || n === 4) expect(told(KORA)).toMatch(/balas \d{4}/)
    await desk.says(KORA, /balas 0000/.test(told(KORA)) ? '1111' : '0000')
  }
  await desk.says(KORA, 'UNDANG - koordinator Palsu')
  expect(told(KORA)).toMatch(WAIT)
  desk.push(HOUR)
  await desk.says(KORA, 'UNDANG - koordinator Palsu')
  expect(told(KORA)).toMatch(/balas \d{4}/)
})
