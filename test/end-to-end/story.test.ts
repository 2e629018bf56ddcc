// The main story, through the real process: a text becomes a case, and the citizen hears what became of it.

import { expect, test } from '@jest/globals'
import { eventually } from '../support/gateway-process.ts'
import { sharedGateway } from '../support/shared-world.ts'
import { expectNoTrace, expectShort, sizeOf, ticketIn } from '../support/sms.ts'
import { COORDINATOR } from '../support/world.ts'

const [CITIZEN, TOLD, READER] = ['+6281210000001', '+6281210000002', '+6281210000003']
const WORDS = 'BANJARMASIN lampu jalan padam di depan mesjid jl kuin selatan sdh 3 malam'

const shared = sharedGateway()

test('a text becomes a case, every move is told, and the citizen has the last word', async () => {
  const { world, gateway } = shared
  let heard = 0
  /** The next message to the citizen, which says this. */
  const hears = async (...says: readonly RegExp[]) => {
    heard += 1
    const bodies = await world.replies(CITIZEN, heard)
    const body = bodies[heard - 1] ?? ''
    for (const say of says) expect(body).toMatch(say)
    return body
  }

  expect(await gateway.sms(CITIZEN, WORDS)).toBe(200)
  const ticket = ticketIn(await hears(/diterima/i, /30\/11\/2026/, /STATUS/))
  await hears(/data|pribadi|nomor/i)
  const filed = await gateway.complaint(ticket)
  expect(filed).toMatchObject({ state: 'received', class: 'complaint', category: 'pju' })
  expect(filed).toMatchObject({ channel: 'sms', proposed_agency: 'DPUPR', agency: null })
  expect(filed).toMatchObject({ place: { kelurahan: 'Kuin Selatan' } })
  expect(filed.due).toEqual([
    { clock: 'verify', at: '2026-11-30T16:00:00.000+08:00', status: 'running' },
  ])
  const [ping] = await world.replies(COORDINATOR, 1)
  expect(ping).toMatch(new RegExp(`${ticket}.*BARU.*Lampu jalan.*Kuin Selatan.*30/11/2026`))
  expect(ping).not.toMatch(/mesjid|padam/)

  const moved = async (move: string, more: Record<string, unknown>, state: string) => {
    const { status, body, text } = await gateway.move(ticket, move, more)
    expect({ status, text }).toMatchObject({ status: 200 })
    expect(body.state).toBe(state)
  }
  await moved('assign', { agency: 'DPUPR' }, 'assigned')
  await hears(new RegExp(`${ticket}.*diteruskan.*PUPR.*02/12/2026`))
  await moved('accept', {}, 'in_progress')
  await hears(/sedang ditindaklanjuti/, /15\/12\/2026/)
  await moved('update', { note: 'Tim survei besok pagi' }, 'in_progress')
  await hears(/Tim survei besok pagi/)
  await moved('answer', { note: 'Lampu sudah kami ganti' }, 'answered')
  await hears(/dijawab/, /Lampu sudah kami ganti/, /PUAS/, /BELUM/)
  const clocks = await eventually(
    async () => (await gateway.complaint(ticket)).due,
    (due) => due.some(({ clock }) => clock === 'reply'),
  )
  expect(clocks).toContainEqual(
    expect.objectContaining({ clock: 'reply', at: '2026-12-09T16:00:00.000+08:00' }),
  )
  expect(clocks).toContainEqual(expect.objectContaining({ clock: 'finish', status: 'met' }))

  expect(await gateway.sms(CITIZEN, `BELUM ${ticket} malamnya padam lagi`)).toBe(200)
  await hears(new RegExp(ticket))
  expect(await gateway.complaint(ticket)).toMatchObject({ state: 'in_progress', agency: 'DPUPR' })
  const pings = await world.replies(COORDINATOR, 3)
  // Nobody is enrolled there yet.
  expect(pings[1]).toMatch(new RegExp(`${ticket}: .* BELUM PUNYA PETUGAS`))
  expect(pings[2]).toMatch(new RegExp(`${ticket}.*BELUM BERES`))
  await moved('answer', { note: 'Kabelnya kami sambung ulang' }, 'answered')
  await hears(/Kabelnya kami sambung ulang/)
  expect(await gateway.sms(CITIZEN, `PUAS ${ticket}`)).toBe(200)
  await hears(/NILAI/)
  expect((await gateway.complaint(ticket)).state).toBe('closed')
  expect(await gateway.sms(CITIZEN, `NILAI ${ticket} 4`)).toBe(200)
  await hears(/4/)
  expect((await gateway.complaint(ticket)).rating).toBe(4)
  expect(await gateway.sms(CITIZEN, `BUKA ${ticket} mati lagi sejak kemarin`)).toBe(200)
  await hears(/dibuka/i)

  const last = await gateway.complaint(ticket)
  expect(last.state).toBe('in_progress')
  expect(last.history.map(({ move, to }) => `${move} ${to}`)).toEqual([
    'file received',
    'assign assigned',
    'accept in_progress',
    'update in_progress',
    'answer answered',
    'dissatisfied in_progress',
    'answer answered',
    'satisfied closed',
    'rate closed',
    'reopen in_progress',
  ])
  expect(last.messages.filter(({ direction }) => direction === 'in')).toHaveLength(5)
  expectShort(last.messages)
  expectNoTrace(world, JSON.stringify([last, await gateway.complaints()]), CITIZEN, ['mesjid'])
})

test('a receipt of the provider shows in the case, and never moves a status back', async () => {
  const { world, gateway } = shared
  await gateway.sms(TOLD, WORDS)
  const [ack] = await world.replies(TOLD, 1)
  const ticket = ticketIn(ack)
  const send = await world.sending(({ body }) => body === ack)
  const status = async () =>
    (await gateway.complaint(ticket)).messages.find(({ text }) => text === ack)?.status
  expect(await eventually(status, (now) => now !== 'pending')).toBe('sent')
  expect(await gateway.receipt(send, 'delivered')).toBe(200)
  expect(await status()).toBe('delivered')
  expect(await gateway.receipt(send, 'sent')).toBe(200)
  expect(await status()).toBe('delivered')
})

test('long words of an agency, with curly quotes and dashes, arrive short, plain and with how to read on', async () => {
  const { world, gateway } = shared
  await gateway.sms(READER, WORDS)
  const ticket = ticketIn((await world.replies(READER, 2))[0])
  await gateway.move(ticket, 'assign', { agency: 'DPUPR' })
  const note = `“Tim kami” sudah ke lokasi – ${'kabel tanah diganti seluruhnya … '.repeat(40)}`
  await gateway.move(ticket, 'answer', { note })
  const notice = (await world.replies(READER, 4))[3] ?? ''
  expect(notice).toMatch(/dijawab/)
  expect(notice).toContain(`LIHAT ${ticket}`)
  for (const ask of [`LIHAT ${ticket}`, `STATUS ${ticket}`]) await gateway.sms(READER, ask)
  await world.replies(READER, 6)
  expectShort((await gateway.complaint(ticket)).messages)
  for (const { body } of world.sentTo(READER))
    expect({ body, ...sizeOf(body) }).toMatchObject({ encoding: 'GSM-7' })
})
