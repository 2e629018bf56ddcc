// Which complaint of somebody else is likely the same: by pins, by street, by kelurahan, and the first one filed.

import { expect, test } from '@jest/globals'
import { NOWHERE, type Place } from '../../src/complaints/complaint.ts'
import { likest, type NearCase } from '../../src/complaints/likeness.ts'

const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const near = (ticket: string, place: Partial<Place>, day = 20): NearCase => ({
  ticket,
  place: { ...NOWHERE, ...place },
  filedAt: at(day),
})
const sameText = (one: string, other: string) => one === other
const chosen = (place: Partial<Place>, ...cases: readonly NearCase[]) =>
  likest({ ...NOWHERE, ...place }, cases, sameText)?.ticket ?? null

const HULU = { kelurahan: 'Hulu' }
/** A ten-thousandth of a degree is eleven metres. */
const pin = (tenThousandths: number) => ({ lat: -3.3 + tenThousandths / 10_000, lon: 114.6 })

test.each([
  ['nothing is near nowhere', {}, HULU, null],
  ['the same kelurahan is near', HULU, HULU, '1'],
  ['another kelurahan is not', HULU, { kelurahan: 'Hilir' }, null],
  ['a pin 299 metres away is near, whatever the kelurahan', pin(0), pin(26.8), '1'],
  ['a pin 302 metres away is not', pin(0), pin(27.2), null],
  ['nor where the kelurahan is the same', { ...HULU, ...pin(0) }, { ...HULU, ...pin(27.2) }, null],
  ['one pin alone says nothing against the kelurahan', { ...HULU, ...pin(0) }, HULU, '1'],
  ['one pin alone says nothing for it', pin(0), { kelurahan: 'Hulu' }, null],
] as const)('%s', (_, place, other, ticket) => {
  expect(chosen(place, near('1', other))).toBe(ticket)
})

test('a pin nearby comes before a shared street, that before a kelurahan, and the older before the newer', () => {
  const place = { ...HULU, ...pin(0), text: 'gang 5' }
  const newer = near('newer', HULU, 22)
  const older = near('older', HULU, 21)
  const street = near('street', { ...HULU, text: 'gang 5' }, 23)
  const nearby = near('nearby', pin(1), 24)
  expect(chosen(place, newer, older)).toBe('older')
  expect(chosen(place, newer, older, street)).toBe('street')
  expect(chosen(place, newer, older, street, nearby)).toBe('nearby')
})
