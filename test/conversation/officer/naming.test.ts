// What a coordinator types for an agency, a category or a reason, and which one is meant by it.

import { describe, expect, test } from '@jest/globals'
import { agencyNames } from '../../../src/conversation/officer/agency-naming.ts'
import { namedIn } from '../../../src/conversation/officer/naming.ts'
import { madeUpCity, referenceCity } from '../../support/city.ts'

const { city } = referenceCity()
const agencies = agencyNames(city)
const named = (text: string) => namedIn(text, agencies)

describe.each([
  ['the reference city', city],
  ['a made-up one', madeUpCity().city],
])('in %s', (_, { agencyById }) => {
  const things = agencyNames({ agencyById })
  const names = [...agencyById.values()].flatMap(({ id, name, short, aliases }) =>
    [id, name, short, ...aliases].map((one) => [one, id] as const),
  )
  test.each(names)('"%s" is %s, whatever the case', (name, id) => {
    for (const said of [name, name.toLowerCase(), name.toUpperCase()])
      expect(namedIn(said, things)).toEqual({ type: 'meant', id, rest: '' })
  })
})

describe('an agency', () => {
  test.each([
    ['pupr, tolong segera', 'DPUPR', 'tolong segera'],
    ['Dinas-Perhubungan rambu hilang', 'DISHUB', 'rambu hilang'],
    ['dinaskesehatan', 'DINKES', ''],
    ['pu', 'DPUPR', ''],
  ])('is meant by "%s"', (text, id, rest) => {
    expect(named(text)).toEqual({ type: 'meant', id, rest })
  })
  test.each([
    ['dinas perhubngan', 'DISHUB'],
    ['dishup', 'DISHUB'],
    ['dinas kesehatn kota', 'DINKES'],
    ['diskominfotk', 'DISKOMINFOTIK'],
    ['lingkungan', 'DLH'],
    ['perhubungan kota', 'DISHUB'],
  ])('is offered first, not taken, for "%s"', (text, id) => {
    const result = named(text)
    expect(result.type).toBe('near')
    expect(result.type === 'near' && result.ids[0]).toBe(id)
  })
  test.each(['', '...', 'entahlah', 'yg biasa aja', 'dinas', '12345674'])(
    'is not guessed from "%s"',
    (text) => {
      expect(named(text)).toEqual({ type: 'unknown' })
    },
  )
  test('of two letters is nobody’s typo', () => {
    expect(named('po')).toEqual({ type: 'unknown' })
  })
})

test('the longest name wins over one it begins with', () => {
  const things = [
    { id: 'info', names: ['info'] },
    { id: 'desk', names: ['info desk'] },
  ]
  expect(namedIn('info desk now', things)).toEqual({ type: 'meant', id: 'desk', rest: 'now' })
})
