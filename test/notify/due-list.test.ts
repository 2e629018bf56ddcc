// All that is due at one hour, as one message to each coordinator.

import { describe, expect, test } from '@jest/globals'
import { at, filed } from './support/cases.ts'
import { makes, writes } from './support/desk.ts'
import { DESK, offices } from './support/office.ts'
import { ANA, MORNING } from './support/send-desk.ts'

const office = offices()

/** 160 GSM characters, then 153 each. */
const segments = (text: string) => (text.length <= 160 ? 1 : Math.ceil(text.length / 153))

describe('one message per coordinator and hour', () => {
  test('all cases of an hour stand in one message, emergencies first, then by date', async () => {
    const { desk, file, tickAt, sentTo } = await office([DESK, 'sms:+628999999998'])
    const early = filed(MORNING)
    await file(early)
    const late = filed(at('2026-11-24 09.00'), { category: null })
    const urgent = filed(at('2026-11-24 09.00'), { urgent: true, category: 'keran' })
    desk.setClock(at('2026-11-24 09.00'))
    await file(late, urgent)
    await tickAt('2026-11-27 08.00')
    expect(sentTo('sms:+628999999998')).toEqual(sentTo(DESK))
    expect(sentTo(DESK)).toEqual([
      [
        `Perlu tindakan, 3 laporan: ID ${urgent.ticket} Air, Sungai Biru, batas 30/11/2026`,
        `ID ${early.ticket} Jalan, Sungai Biru, batas 27/11/2026`,
        `ID ${late.ticket} kategori belum jelas, Sungai Biru, batas 30/11/2026`,
      ].join('\n'),
    ])
  })

  test('what is late is marked', async () => {
    const { file, tickAt, sentTo } = await office()
    const complaint = filed(MORNING)
    await file(complaint)
    await tickAt('2026-11-30 08.00')
    expect(sentTo(DESK)[0]).toContain(`ID ${complaint.ticket} TERLAMBAT Jalan`)
  })

  test('two clocks of one complaint make one line', async () => {
    const { desk, file, tickAt, sentTo } = await office()
    const complaint = filed(MORNING)
    await file(complaint)
    await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    await tickAt('2027-01-20 08.00')
    expect(sentTo(DESK)[0]?.split(complaint.ticket)).toHaveLength(2)
  })

  test('more cases than details fit are named by their ticket', async () => {
    const { file, tickAt, sentTo } = await office()
    const cases = Array.from({ length: 100 }, () => filed(MORNING))
    await file(...cases)
    await tickAt('2026-11-25 08.00')
    const [text] = sentTo(DESK)
    expect(sentTo(DESK)).toHaveLength(1)
    expect(segments(text ?? '')).toBeLessThanOrEqual(10)
    expect(cases.filter(({ ticket }) => !text?.includes(ticket))).toEqual([])
  })

  test('what cannot be named at all comes in the next hour, and every case comes', async () => {
    const { file, hourly, sentTo } = await office()
    const cases = Array.from({ length: 400 }, () => filed(MORNING))
    await file(...cases)
    const heard = await hourly(DESK, '2026-11-25 12.00')
    expect(heard).toEqual(['11-25 08', '11-25 09', '11-25 10'])
    const all = sentTo(DESK).join(' ')
    expect(cases.filter(({ ticket }) => all.split(ticket).length !== 2)).toEqual([])
  })

  test('a clock that comes up later in an hour already used waits for the next', async () => {
    const { desk, file, tickAt, sentTo } = await office()
    await file(filed(MORNING))
    await tickAt('2026-11-25 08.00')
    const restored = filed(at('2026-11-20 10.00'))
    await writes(desk, ANA, { files: [restored] })
    await tickAt('2026-11-25 08.30')
    expect(sentTo(DESK)).toHaveLength(1)
    await tickAt('2026-11-25 09.00')
    expect(sentTo(DESK)).toHaveLength(2)
    expect(sentTo(DESK)[1]).toContain(restored.ticket)
  })

  test('no ping holds a word of the citizen, not of a confidential case either', async () => {
    const { file, tickAt, sentTo } = await office()
    await file(filed(MORNING, { confidential: true, anonymous: true }))
    await tickAt('2026-11-25 08.00')
    expect(sentTo(DESK)[0]).not.toMatch(/lubang|Kasim|8111111111/)
  })

  test('without coordinators the steps are taken all the same, and the citizen hears', async () => {
    const { file, hourly } = await office([])
    await file(filed(MORNING))
    expect(await hourly(ANA, '2026-12-01 12.00')).toEqual(['11-30 08'])
  })
})
