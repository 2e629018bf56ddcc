// What somebody enrolled reads of a case: by their role, whole on chat, page by page by SMS, and never more than theirs.

import { describe, expect, test } from '@jest/globals'
import { SegmentedMessage } from 'sms-segments-calculator'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import type { StaffMember, StaffRole } from '../../src/complaints/staff.ts'
import type { Address } from '../../src/message.ts'
import { referenceCity } from '../support/city.ts'
import { createWorld, type Happened } from './world.ts'

const SITI: Address = 'sms:+628115000001'
const NUMBER = '081234567890'
const WORDS = `lampu jalan mati di gang 5 pekapuran raya, hubungi ${NUMBER}`

function person(role: StaffRole, agency: string | null): StaffMember {
  return { id: `${role} ${agency}`, number: 1, name: 'Budi', role, agency }
}

function given(words: string, ...moves: readonly MoveRequest[]) {
  const { city } = referenceCity()
  const world = createWorld(city, instantOf('2026-11-25', 10, city.zone))
  world.say(SITI, { text: `LAPOR ${words}` })
  const [ticket = ''] = world.tickets
  world.official(ticket, { move: 'assign', agency: 'DPUPR' })
  for (const move of moves) world.official(ticket, move)
  const as = (staff: StaffMember, text: string, channel: 'telegram' | 'sms' = 'telegram') => {
    const me: Address = `${channel}:+62811990000${staff.role.length}`
    world.enrol(me, staff)
    return world.say(me, { text: text.replaceAll('{t}', ticket) })
  }
  return { world, ticket, as }
}

const text = ({ replies }: Happened) => replies.map((reply) => reply.text).join('\n')
const auditsOf = ({ turn }: Happened) => turn.effects.filter(({ type }) => type === 'audit')

describe('the number a citizen wrote stands in the case', () => {
  test.each([
    ['the agency that acts', person('officer', 'DPUPR'), WORDS, true],
    [
      'the agency that acts, not of somebody anonymous',
      person('head', 'DPUPR'),
      `ANONIM ${WORDS}`,
      false,
    ],
    ['the agency copied in', person('officer', 'DLH'), WORDS, false],
    ['the coordinator', person('coordinator', null), WORDS, false],
    ['the overseer', person('overseer', null), WORDS, false],
  ])('for %s', (_, staff, words, whole) => {
    const { as } = given(words, { move: 'copy', agency: 'DLH' })
    expect(text(as(staff, 'LIHAT {t}')).includes(NUMBER)).toBe(whole)
  })
})

describe('a confidential case', () => {
  const SECRET = ['gang 5', 'lampu jalan mati', 'petugas datang']
  const secret = () =>
    given(
      `RAHASIA ${WORDS}`,
      { move: 'update', note: 'petugas datang' },
      { move: 'copy', agency: 'DLH' },
    )

  test.each([
    ['its agency', person('officer', 'DPUPR'), true],
    ['the coordinator', person('coordinator', null), true],
    ['an agency copied in', person('officer', 'DLH'), false],
    ['the overseer', person('overseer', null), false],
  ])('shows words and notes to %s: %p', (_, staff, reads) => {
    const told = text(secret().as(staff, 'LIHAT {t}'))
    for (const words of SECRET) expect([words, told.includes(words)]).toEqual([words, reads])
    expect(told).toContain('Riwayat')
  })

  test('leaves a line in the audit trail for each time it is opened, not for each page', () => {
    const { as } = secret()
    const officer = person('officer', 'DPUPR')
    expect(auditsOf(as(officer, 'LIHAT {t}', 'sms'))).toHaveLength(1)
    expect(auditsOf(as(officer, 'LANJUT', 'sms'))).toHaveLength(0)
    expect(auditsOf(as(officer, 'LIHAT {t}', 'sms'))).toHaveLength(1)
  })
})

test('a case of another agency is answered like one that does not exist', () => {
  const { as, ticket } = given(WORDS)
  const other = person('officer', 'DLH')
  for (const word of ['LIHAT', 'TERIMA', 'KABAR', 'JAWAB', 'TANGANI']) {
    const [there, nowhere] = [text(as(other, `${word} {t}`)), text(as(other, `${word} 10000004`))]
    expect(there.replaceAll(ticket, '-')).toBe(nowhere.replaceAll('10000004', '-'))
  }
})

test('by SMS the pages of a case are all of it, each in two segments', () => {
  const long = `${WORDS} ${'sudah berkali kali dilaporkan ke kantor dan tidak ada yang datang '.repeat(9)}`
  const { as } = given(long, { move: 'update', note: 'Tiang sudah dicek.' })
  const officer = person('officer', 'DPUPR')
  const pages = [text(as(officer, 'LIHAT {t}', 'sms'))]
  while (pages.at(-1)?.endsWith('... LANJUT') && pages.length < 20)
    pages.push(text(as(officer, 'LANJUT', 'sms')))
  expect(pages.length).toBeGreaterThan(2)
  for (const page of pages)
    expect(new SegmentedMessage(page).segments.length).toBeLessThanOrEqual(2)
  const whole = pages.join(' ').replaceAll('... LANJUT', '').replaceAll(/\s+/g, ' ')
  expect(whole).toContain(long.trim())
  expect(whole).toContain('Tiang sudah dicek.')
  expect(pages.at(-1)).toMatch(/Berikutnya: KABAR .*alasan\.$/)
})

test('a case that went on while it was read is read from its beginning', () => {
  const { as, world, ticket } = given(`${WORDS} ${'dan tidak ada yang datang '.repeat(20)}`)
  const officer = person('officer', 'DPUPR')
  const first = text(as(officer, 'LIHAT {t}', 'sms'))
  world.official(ticket, { move: 'update', note: 'Tiang sudah dicek.' })
  expect(text(as(officer, 'LANJUT', 'sms')).slice(0, 40)).toBe(first.slice(0, 40))
})

test('an agency that is copied in adds a note, and moves nothing', () => {
  const { as, world, ticket } = given(WORDS, { move: 'copy', agency: 'DLH' })
  const { turn } = as(person('officer', 'DLH'), 'KABAR {t} Kami ikut memantau.')
  expect(turn.effects).toContainEqual(
    expect.objectContaining({
      type: 'move',
      request: { move: 'note', note: 'Kami ikut memantau.' },
    }),
  )
  expect(world.complaint(ticket)).toMatchObject({
    state: 'assigned',
    agency: 'DPUPR',
    holder: null,
  })
  expect(text(as(person('officer', 'DLH'), 'TERIMA {t}'))).toContain('tembusan')
})
