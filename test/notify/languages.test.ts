// Each listener hears in the language they chose, coordinators always in Indonesian.

import { afterEach, describe, expect, test } from '@jest/globals'
import type { Address } from '../../src/message.ts'
import { at, filed, listener, moveOf } from './support/cases.ts'
import { type Desk, makes, openDesk, writes } from './support/desk.ts'
import { answered, assigned, id, MONDAY, received, textOf, told } from './support/told.ts'

const ANA: Address = 'sms:+628111111111'
const DESK: Address = 'sms:+628999999999'
const open: Desk[] = []

afterEach(async () => {
  for (const desk of open.splice(0)) await desk.store.close()
})

const english = listener('1', { language: 'en' })

describe('a listener who chose English', () => {
  test('hears of a move in English, beside one who hears it in Indonesian', () => {
    const listeners = [english, listener('2')]
    const move = moveOf(received, { move: 'assign', agency: 'jalan' }, MONDAY)
    expect(told(move, { listeners }).map(({ text }) => text)).toEqual([
      `ID ${id} was passed on to Dinas Jalan. Next step by 01/12/2026 at the latest. Follow it: STATUS ${id}.`,
      `ID ${id} diteruskan ke Dinas Jalan. Tindak lanjut paling lambat 01/12/2026. Cek: STATUS ${id}.`,
    ])
  })

  test("reads the agency's own words as they were written", () => {
    const move = moveOf(assigned, { move: 'answer', note: 'Sudah ditambal.' }, MONDAY)
    expect(textOf(move, { listeners: [english] })).toMatch(
      /^ID \d+ was answered by Dinas Jalan: Sudah ditambal\. Solved\? Reply SOLVED /,
    )
  })

  test('is told where cut words go on, by a command they know', () => {
    const move = moveOf(assigned, { move: 'answer', note: 'kata '.repeat(200) }, MONDAY)
    expect(textOf(move, { listeners: [english] })).toContain(`... SHOW ${id}. Solved?`)
  })

  test("is told the city's next door in English", () => {
    const move = moveOf(received, { move: 'archive', reason: 'not_public_service' }, MONDAY)
    expect(textOf(move, { listeners: [english] })).toMatch(/not about a public service\. Police: /)
  })

  test('is told a correction in English words', () => {
    const move = moveOf(received, { move: 'correct', class: 'aspiration' }, MONDAY)
    expect(textOf(move, { listeners: [english] })).toContain('changed: kind suggestion.')
  })

  test('is told an estimated date as one', () => {
    const later = at('2027-01-04 10.00')
    const move = moveOf(received, { move: 'assign', agency: 'jalan' }, later)
    const reader = { ...english, lastHeardAt: later }
    expect(textOf(move, { listeners: [reader] })).toMatch(/by \d\d\/01\/2027 \(estimate\) at/)
  })

  test('hears ticket and state in English after a long silence', () => {
    const silent = { ...english, lastHeardAt: at('2026-01-05 09.00') }
    const move = moveOf(answered, { move: 'transfer', agency: 'air' }, MONDAY)
    expect(textOf(move, { listeners: [silent] })).toBe(`ID ${id}: passed on to Air Contoh.`)
  })
})

test('a listener whose language has no phrases hears Indonesian', () => {
  const move = moveOf(received, { move: 'assign', agency: 'jalan' }, MONDAY)
  const listeners = [listener('1', { language: 'bjn' })]
  expect(textOf(move, { listeners })).toMatch(/^ID \d+ diteruskan ke Dinas Jalan\./)
})

test('the language is the one of the day the notice is written, not of the filing', async () => {
  const desk = await openDesk({ now: MONDAY, channels: [] })
  open.push(desk)
  const complaint = filed(MONDAY)
  await writes(desk, ANA, { files: [complaint] })
  await writes(desk, ANA, { language: 'en' })
  const before = await desk.store.complaint(complaint.ticket)
  if (before === null) throw new Error('the complaint is gone')
  const move = moveOf(before, { move: 'assign', agency: 'jalan' }, MONDAY)
  const rows = await desk.herald.moved(move, MONDAY)
  expect(rows.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^ID \d+ was passed on to Dinas Jalan\./),
  ])
  expect(before.language).toBe('id')
})

test('a coordinator who chose English for what they file is pinged in Indonesian', async () => {
  const first = await openDesk({ now: MONDAY, channels: [], coordinators: [DESK] })
  open.push(first)
  await writes(first, DESK, { language: 'en' })
  const desk = await first.restart()
  const complaint = filed(MONDAY)
  await writes(desk, ANA, { files: [complaint] })
  await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
  const [coordinator] = await desk.herald.coordinators()
  expect(coordinator).toMatchObject({ address: DESK, language: 'id' })
})
