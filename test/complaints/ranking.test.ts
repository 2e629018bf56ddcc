// Who answers best, by the formula of docs/figures.md.

import { expect, test } from '@jest/globals'
import { type AgencyRow, ranked } from '../../src/complaints/ranking.ts'

function row(agency: string, change: Partial<AgencyRow> & { readonly days?: number }): AgencyRow {
  const { days = 0, ...rest } = change
  return {
    ...{ agency, assigned: 10, met: 0, missed: 0, returned: 0, cameBack: 0, open: 0, late: 0 },
    response: { n: 10, median: days, p90: days },
    rating: { n: 0, mean: null },
    ...rest,
  }
}

function places(...rows: readonly AgencyRow[]): readonly string[] {
  return ranked(rows).map(({ agency, rank, score }) => `${rank ?? '-'} ${agency} ${score ?? '-'}`)
}

test('70 points for dates kept, 30 for a first response on the same day', () => {
  expect(
    places(
      row('late but quick', { missed: 10, days: 0 }),
      row('half', { met: 5, missed: 5, days: 5 }),
      row('in time but slow', { met: 10, days: 10 }),
      row('best', { met: 10, days: 0 }),
      row('as the page reckons', { met: 18, missed: 1, late: 1, days: 2 }),
    ),
  ).toEqual([
    '1 best 100',
    '2 as the page reckons 87',
    '3 in time but slow 70',
    '4 half 50',
    '5 late but quick 30',
  ])
})

test('a case beyond its date now is a date not kept, though nobody has answered it', () => {
  expect(places(row('silent', { met: 5, late: 5 }), row('slow', { met: 6, missed: 4 }))).toEqual([
    '1 slow 72',
    '2 silent 65',
  ])
})

test('without any response there is nothing for speed', () => {
  const response = { n: 0, median: null, p90: null }
  expect(places(row('mute', { late: 6, response }))).toEqual(['1 mute 0'])
})

test('fewer than five dates are no rank; equal scores share one, the busier agency first', () => {
  expect(
    places(
      row('few', { met: 4 }),
      row('twin', { met: 5 }),
      row('busy twin', { met: 5, assigned: 20 }),
      row('third', { met: 4, missed: 1 }),
    ),
  ).toEqual(['1 busy twin 100', '1 twin 100', '3 third 86', '- few -'])
})

test('a first response after ten working days earns no less than nothing', () => {
  expect(places(row('slow', { met: 5, days: 40 }))).toEqual(['1 slow 70'])
})
