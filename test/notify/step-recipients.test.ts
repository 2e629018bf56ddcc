// Who is pinged at which step of a clock: the table of escalation, with roles that are missing or out of reach.

import { describe, expect, test } from '@jest/globals'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { recipientsOf } from '../../src/notify/step-recipients.ts'
import type { StaffListener } from '../../src/store/staff-port.ts'
import { at, filed, moved } from './support/cases.ts'
import { CREW, EVERYBODY, person, roster } from './support/people.ts'

const MONDAY = at('2026-11-23 10.00')
const received = filed(MONDAY)
const assigned = moved(received, MONDAY, { move: 'assign', agency: 'jalan' })
const held = { ...assigned, holder: CREW.beni.staff.id }

function heard(step: number, complaint: Complaint, enrolled: readonly StaffListener[]) {
  return recipientsOf([step], complaint, roster(enrolled))
    .map(({ addressId }) => addressId.replace('address-', ''))
    .join(' ')
}

const without = (...names: readonly string[]) =>
  EVERYBODY.filter(({ staff }) => !names.includes(staff.name))
const closed = (...names: readonly string[]) =>
  EVERYBODY.map((one) => ({ ...one, closed: names.includes(one.staff.name) }))
const GROUP = person('Grup', 'officer', 'jalan', { group: true })
const DESK_GROUP = person('Meja', 'coordinator', null, { group: true })

describe('each step of an agency’s clock', () => {
  test.each([
    [1, 'Ari Beni'],
    [2, 'Ari Beni Hana'],
    [3, 'Hana Rini'],
    [4, 'Rini'],
    [5, 'Oki'],
  ])('%i goes to %s', (step, who) => {
    expect(heard(step, assigned, EVERYBODY)).toBe(who)
  })

  test.each([
    [1, 'Rini'],
    [2, 'Rini'],
    [3, 'Rini'],
    [4, 'Rini'],
    [5, 'Oki'],
  ])('%i of a case that nobody has goes to %s', (step, who) => {
    expect(heard(step, received, EVERYBODY)).toBe(who)
  })

  test('the people of another agency hear nothing', () => {
    const others = [person('Lain', 'officer', 'air'), person('Bos', 'head', 'air')]
    expect(heard(2, assigned, [...EVERYBODY, ...others])).toBe('Ari Beni Hana')
  })
})

describe('whoever has it hears alone', () => {
  test.each([
    ['while they are there', held, EVERYBODY, 'Beni'],
    ['all officers once they are removed', held, without('Beni'), 'Ari'],
    ['all officers while they cannot be reached', held, closed('Beni'), 'Ari'],
    ['a head who has it', { ...assigned, holder: CREW.hana.staff.id }, EVERYBODY, 'Hana'],
  ])('%s', (_, complaint, enrolled, who) => {
    expect(heard(1, complaint, enrolled)).toBe(who)
  })
})

describe('a missing role falls upward', () => {
  test.each([
    ['no officer: the head', 1, without('Ari', 'Beni'), 'Hana'],
    ['no head: the coordinator beside the officers', 2, without('Hana'), 'Ari Beni Rini'],
    ['no head: the coordinator alone at the third', 3, without('Hana'), 'Rini'],
    ['nobody of the agency: the coordinator', 1, [CREW.rini, CREW.oki], 'Rini'],
    ['nobody of the agency: the coordinator, once', 2, [CREW.rini, CREW.oki], 'Rini'],
    ['no overseer: the coordinator', 5, without('Oki'), 'Rini'],
    ['no coordinator: the address of the settings', 4, without('Rini'), 'setting'],
    ['nobody at all: the address of the settings', 5, [], 'setting'],
  ])('%s', (_, step, enrolled, who) => {
    expect(heard(step, assigned, enrolled)).toBe(who)
  })

  test('officers whom nothing reaches: the head and the coordinator hold it', () => {
    expect(heard(1, assigned, closed('Ari', 'Beni'))).toBe('Hana Rini')
  })

  test('a coordinator whom nothing reaches: the address of the settings', () => {
    expect(heard(4, assigned, closed('Rini'))).toBe('setting')
  })

  test('nobody to be told anywhere, and nobody is named', () => {
    expect(recipientsOf([4], assigned, roster([], []))).toEqual([])
  })
})

describe('a person with two addresses', () => {
  const second = (more: Partial<StaffListener>) => ({
    ...CREW.oki,
    ...{ addressId: 'address-Oki2', ...more },
  })

  test('is written to where they were last heard', () => {
    const later = second({ lastHeardAt: at('2026-11-23 09.30') })
    expect(heard(5, assigned, [...EVERYBODY, later])).toBe('Oki2')
  })

  test('is written to at the other while one is closed', () => {
    const later = second({ lastHeardAt: at('2026-11-23 09.30'), closed: true })
    expect(heard(5, assigned, [...EVERYBODY, later])).toBe('Oki')
  })

  test('is written to though they said STOP as a citizen', () => {
    expect(heard(5, assigned, [...without('Oki'), { ...CREW.oki, stopped: true }])).toBe('Oki')
  })
})

describe('groups', () => {
  const all = [...EVERYBODY, GROUP, DESK_GROUP]

  test('read along where their people are told', () => {
    expect(heard(1, assigned, all)).toBe('Ari Beni Grup')
    expect(heard(3, assigned, all)).toBe('Hana Rini Grup Meja')
    expect(heard(5, assigned, all)).toBe('Oki')
  })

  test('never of a confidential case', () => {
    expect(heard(3, { ...assigned, confidential: true }, all)).toBe('Hana Rini')
  })

  test('stand in for nobody', () => {
    expect(heard(1, assigned, [GROUP, CREW.rini])).toBe('Rini')
  })
})
