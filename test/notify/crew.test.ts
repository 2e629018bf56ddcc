// An agency's people over a real store, day by day: each hears of each step once, in one message, whatever happens.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, makes, writes } from './support/desk.ts'
import { ARI, enrols, enrolsCrew, HANA, heardOf, mover, RINI } from './support/enrolling.ts'
import { type Office, offices } from './support/office.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const office = offices()
const LIST = /^Perlu tindakan/

/** With everybody enrolled, and these cases filed and assigned to `jalan` on Monday morning. */
async function crew(...cases: readonly Complaint[]) {
  const it = await office([])
  const staff = await enrolsCrew(it.desk)
  await it.file(...cases)
  for (const { ticket } of cases) await makes(it.desk, ticket, { move: 'assign', agency: 'jalan' })
  return { ...it, staff }
}

/** Who got a list at eight o'clock of this day. */
async function at8(it: Office, day: string): Promise<string> {
  const before = it.line.sent.length
  await it.tickAt(`2026-${day} 08.00`)
  return heardOf(it.line, LIST, before)
}

/** Its follow-up speaks up now, as after a restored copy. */
async function due({ desk }: Office, ticket: string): Promise<void> {
  const complaint = await caseOf(desk, ticket)
  const clocks = complaint.clocks.map((clock) =>
    clock.name === 'follow_up'
      ? { ...clock, dayZero: '2026-11-23', dueAt: at('2026-12-01 16.00'), nextAt: desk.now() }
      : clock,
  )
  const follow = complaint.clocks.find(({ name }) => name === 'follow_up')
  await desk.store.commitClocks(
    [
      {
        ...{ ticket, expectVersion: complaint.version, clock: 'follow_up' },
        ...{ expectNextAt: follow?.nextAt ?? null, complaint: { ...complaint, clocks } },
      },
    ],
    [],
  )
}

const CICI = 'sms:+628510000006'
const WEEKDAYS = ['11-24', '11-25', '11-27', '11-30', '12-01', '12-02', '12-03', '12-04', '12-08']

describe('the steps of a case that nobody touches', () => {
  test('go to officers, head, coordinator and overseer in turn, and come again every working day', async () => {
    const it = await crew(filed(MORNING))
    const heard: string[] = []
    for (const day of WEEKDAYS) heard.push(`${day} ${await at8(it, day)}`)
    expect(heard).toEqual([
      '11-24 ',
      '11-25 ',
      '11-27 Ari Beni',
      '11-30 Ari Beni Hana',
      '12-01 Ari Beni Hana',
      '12-02 Hana Rini',
      // The first step of the final date, which is the officers', beside the fourth of the follow-up.
      '12-03 Ari Beni Rini',
      '12-04 Ari Beni Rini',
      '12-08 Ari Beni Oki',
    ])
  })

  test('after three weeks without the process: one message to the people of each step, then the last step’s alone', async () => {
    const complaint = filed(MORNING)
    const it = await crew(complaint)
    expect(await at8(it, '12-17')).toBe('Ari Beni Hana Oki Rini')
    expect(it.sentTo(ANA).at(-1)).toContain('Koordinator sudah kami ingatkan')
    const [told] = it.sentTo(RINI).filter((text) => LIST.test(text))
    expect(told).toContain('23/11/2026')
    expect(await at8(it, '12-18')).toBe('Oki Rini')
  })

  test('the coordinator reads how it came so far, without a word of anybody', async () => {
    const complaint = filed(MORNING)
    const it = await crew(complaint)
    await makes(it.desk, complaint.ticket, { move: 'note', note: 'rahasia dapur' })
    for (const day of WEEKDAYS.slice(0, 7)) await at8(it, day)
    expect(it.sentTo(RINI).at(-2)).toContain(
      'batas 01/12/2026: 23/11/2026 dilaporkan oleh pelapor, 23/11/2026 diteruskan oleh Bu Rini, 23/11/2026 diberi catatan oleh Bu Rini',
    )
    expect(it.sentTo(RINI).join(' ')).not.toMatch(/dapur|lubang|Kasim/)
  })

  test('the citizen is told once that it is late', async () => {
    const it = await crew(filed(MORNING))
    for (const day of WEEKDAYS) await at8(it, day)
    expect(it.sentTo(ANA).filter((text) => text.includes('melewati batas'))).toHaveLength(1)
  })
})

describe('whoever has it', () => {
  test('hears alone, and not while they have it in hand, until the next step', async () => {
    const complaint = filed(MORNING)
    const it = await crew(complaint)
    await makes(it.desk, complaint.ticket, { move: 'accept' }, mover(it.staff.ari))
    await at8(it, '11-25')
    expect(await at8(it, '11-27')).toBe('Ari')
    await makes(it.desk, complaint.ticket, { move: 'take' }, mover(it.staff.ari))
    expect(await at8(it, '11-30')).toBe('Ari Hana')
    expect(await at8(it, '12-01')).toBe('Ari Hana')
  })

  test('is nobody once they are removed: the next ping goes to the others', async () => {
    const complaint = filed(MORNING)
    const it = await crew(complaint)
    await makes(it.desk, complaint.ticket, { move: 'accept' }, mover(it.staff.ari))
    expect(await at8(it, '11-27')).toBe('Ari')
    const remove = { type: 'remove', staffId: it.staff.ari, by: 'Rini' } as const
    await writes(it.desk, RINI, { staff: [remove] })
    expect((await caseOf(it.desk, complaint.ticket)).holder).toBeNull()
    expect(await at8(it, '11-30')).toBe('Beni Hana')
  })

  test('cannot be reached anywhere: the others hear in their stead', async () => {
    const complaint = filed(MORNING)
    const it = await crew(complaint)
    await makes(it.desk, complaint.ticket, { move: 'accept' }, mover(it.staff.ari))
    await it.desk.store.setOptOut(ARI, 'line', true, it.desk.now())
    expect(await at8(it, '11-27')).toBe('Beni')
  })
})

describe('one message', () => {
  test('holds all that one person must look at, and each person gets their own', async () => {
    const [one, other, mine] = [filed(MORNING), filed(MORNING), filed(MORNING)]
    const it = await crew(one, other)
    await it.file(mine)
    const last = it.line.sent.length
    await it.tickAt('2026-11-27 08.00')
    expect(heardOf(it.line, LIST, last)).toBe('Ari Beni Rini')
    const [ari] = it.sentTo(ARI).filter((text) => LIST.test(text))
    expect([one, other, mine].map(({ ticket }) => ari?.includes(ticket))).toEqual([
      true,
      true,
      false,
    ])
    expect(ari).toMatch(/Balas: LIHAT ID, TERIMA ID, TANGANI ID atau TUGAS$/)
    const [rini] = it.sentTo(RINI).filter((text) => LIST.test(text))
    expect(rini).toContain(mine.ticket)
    expect(rini).not.toContain(one.ticket)
  })

  test('about one case ends with the moves open on it', async () => {
    const complaint = filed(MORNING)
    const it = await crew(complaint)
    await at8(it, '11-27')
    const { ticket } = complaint
    expect(it.sentTo(ARI).filter((text) => LIST.test(text))).toEqual([
      `Perlu tindakan, 1 laporan: ID ${ticket} Jalan, Sungai Biru, batas 01/12/2026. Balas: LIHAT ${ticket}, TERIMA ${ticket}, BW ${ticket} alasan atau TANGANI ${ticket}`,
    ])
    const { choices } = it.line.sent.find(({ to, text }) => to === ARI && LIST.test(text)) ?? {}
    expect(choices?.map(({ value }) => value.split(':')[1])).toEqual([
      ...['show', 'accept', 'return', 'take'],
    ])
  })

  test('is the only one of its hour, though two processes keep the schedule', async () => {
    const it = await crew(filed(MORNING), filed(MORNING))
    const other = await it.desk.restart()
    for (const day of ['11-27', '11-30']) {
      for (const desk of [it.desk, other]) desk.setClock(at(`2026-${day} 08.00`))
      await Promise.all([it.desk.schedule.tick(), other.schedule.tick()])
      await Promise.all([it.desk.outbox.drain(), other.outbox.drain()])
    }
    expect(it.sentTo(ARI).filter((text) => LIST.test(text))).toHaveLength(2)
    expect(it.sentTo(HANA).filter((text) => LIST.test(text))).toHaveLength(1)
  })

  test('of this hour holds up nobody else: only their own cases wait for the next', async () => {
    const it = await crew(filed(MORNING))
    await enrols(it.desk, CICI, { name: 'Cici', role: 'officer', agency: 'air' })
    await at8(it, '11-27')
    const [ours, others] = [filed(MORNING), filed(MORNING)]
    await it.file(ours, others)
    await makes(it.desk, ours.ticket, { move: 'assign', agency: 'jalan' })
    await makes(it.desk, others.ticket, { move: 'assign', agency: 'air' })
    for (const { ticket } of [ours, others]) await due(it, ticket)
    const before = it.line.sent.length
    await it.tickAt('2026-11-27 08.30')
    expect(heardOf(it.line, LIST, before)).toBe(CICI)
    await it.tickAt('2026-11-27 09.00')
    expect(heardOf(it.line, LIST, before)).toBe(`Ari Beni ${CICI}`)
  })

  test('a person without room holds up their own cases alone', async () => {
    const many = Array.from({ length: 300 }, () => filed(MORNING))
    const it = await crew()
    await it.file(...many)
    const theirs = filed(MORNING)
    await it.file(theirs)
    await makes(it.desk, theirs.ticket, { move: 'assign', agency: 'jalan' })
    // The desk's 300 and the agency's one come due at the same hour.
    await it.tickAt('2026-11-27 08.00')
    expect(it.sentTo(ARI).filter((text) => LIST.test(text))).toHaveLength(1)
    await it.tickAt('2026-11-27 09.00')
    const all = it.sentTo(RINI).filter((text) => LIST.test(text))
    expect(all).toHaveLength(2)
    const words = all.join(' ')
    expect(many.filter(({ ticket }) => words.split(ticket).length !== 2)).toEqual([])
  })
})

test('a group reads ticket, category and date, and nothing of a confidential case', async () => {
  const [open, secret] = [filed(MORNING), filed(MORNING, { confidential: true })]
  const it = await crew()
  const group = 'sms:+628510000009'
  await enrols(it.desk, group, { name: 'Grup', role: 'officer', agency: 'jalan', group: true })
  await it.file(open, secret)
  for (const { ticket } of [open, secret])
    await makes(it.desk, ticket, { move: 'assign', agency: 'jalan' })
  await it.tickAt('2026-11-23 10.05')
  await it.tickAt('2026-11-27 08.00')
  expect(it.sentTo(group).filter((text) => !text.startsWith('Ringkasan'))).toEqual([
    `ID ${open.ticket} BARU: Jalan. Batas 01/12/2026.`,
    `Perlu tindakan, 1 laporan: ID ${open.ticket} Jalan, batas 01/12/2026`,
  ])
  expect(it.sentTo(ARI).join(' ')).toContain(secret.ticket)
})
