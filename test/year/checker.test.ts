// The checker of the simulated year finds what it looks for: each promise is broken once in a log made by hand.

import { expect, test } from '@jest/globals'
import { checked } from './checker.ts'
import type { EventRow, FiledRow, SentRow, YearLog } from './log.ts'
import { runsOf } from './runs.ts'

const TICKET = '12345674'
const at = (local: string) => Date.parse(`${local.replace(' ', 'T')}:00+08:00`)

function event(id: number, local: string, move: string, to: string, more: Partial<EventRow> = {}) {
  return {
    ...{ id, ticket: TICKET, at: at(local), move, from: null, to },
    ...{ role: 'coordinator', detail: {} },
    ...more,
  }
}

function ping(local: string, address: string): SentRow {
  return {
    seq: 0,
    address,
    kind: 'ping',
    ticket: null,
    text: `Perlu tindakan: ID ${TICKET}`,
    at: at(local),
  }
}

/** Assigned on a Tuesday, first update late on the Thursday after the date, answered in time. */
function good(): YearLog {
  const work = { role: 'officer' }
  return {
    events: [
      event(1, '2026-07-06 09:00', 'file', 'received', { role: 'citizen' }),
      event(2, '2026-07-07 10:00', 'assign', 'assigned', { detail: { agency: 'PU' } }),
      event(3, '2026-07-17 10:00', 'update', 'in_progress', work),
      event(4, '2026-07-21 10:00', 'answer', 'answered', work),
      event(5, '2026-07-22 10:00', 'satisfied', 'closed', { role: 'citizen' }),
    ],
    sent: [
      ping('2026-07-10 08:00', 'officer'),
      ping('2026-07-13 08:00', 'officer'),
      ping('2026-07-13 08:00', 'head'),
      ping('2026-07-14 08:00', 'officer'),
      ping('2026-07-15 08:00', 'head'),
      ping('2026-07-15 08:00', 'coordinator'),
      ping('2026-07-16 08:00', 'coordinator'),
      ping('2026-07-16 08:00', 'officer'),
      ping('2026-07-17 08:00', 'coordinator'),
      { ...ping('2026-07-15 08:00', 'citizen'), kind: 'overdue', ticket: TICKET },
    ],
    filed: new Map([
      [TICKET, { ticket: TICKET, class: 'complaint', category: 'jalan', anonymous: false }],
    ]),
    enrolled: ['officer', 'head', 'coordinator', 'overseer'].map((role) => {
      const agency = role === 'officer' || role === 'head' ? 'PU' : null
      return { address: role, role, agency, from: 0, to: null, unreachableFrom: null }
    }),
    clocks: [],
    states: new Map([[TICKET, 'closed']]),
    end: at('2026-08-30 10:00'),
  }
}

test.each([
  ['2026-07-24 10:00', 2, '2026-07-29'],
  ['2026-07-30 10:00', 4, '2026-07-31'],
  ['2026-07-30 10:00', 2, '2026-08-03'],
])('agreed at %s, %i days more end on %s: never on a day that has passed', (when, days, end) => {
  const { events, filed } = good()
  const agreed = event(3, when, 'extend', 'in_progress', { role: 'head', detail: { days } })
  const runs = runsOf(filed.get(TICKET) as FiledRow, [...events.slice(0, 2), agreed])
  expect(runs.at(-1)?.due).toBe(Date.parse(end) / 86_400_000)
})

const without = (local: string, address: string): YearLog => {
  const log = good()
  const left = log.sent.filter((row) => !(row.at === at(local) && row.address === address))
  if (left.length === log.sent.length) throw new Error('there is no such ping')
  return { ...log, sent: left }
}

test('a case as it should be has no problem', () => {
  expect(checked(good()).problems).toEqual([])
  expect(checked(good()).steps).toBe(5)
})

test.each([
  [
    'a step without its ping',
    without('2026-07-10 08:00', 'officer'),
    'step 1 of follow_up at 2026-07-10 08:00 has no ping',
  ],
  [
    'a ping an hour late',
    {
      ...without('2026-07-10 08:00', 'officer'),
      sent: [...without('2026-07-10 08:00', 'officer').sent, ping('2026-07-10 09:00', 'officer')],
    },
    'step 1 of follow_up at 2026-07-10 08:00 has no ping',
  ],
  ['a step whose head was left out', without('2026-07-13 08:00', 'head'), 'no head heard of it'],
  [
    'a late case that no coordinator heard of',
    without('2026-07-15 08:00', 'coordinator'),
    'no coordinator heard of it',
  ],
  [
    'a citizen who was told nothing',
    without('2026-07-15 08:00', 'citizen'),
    'the citizen was not told',
  ],
  [
    'a morning without its repetition',
    without('2026-07-14 08:00', 'officer'),
    'follow_up was not pinged again at 2026-07-14 08:00',
  ],
  [
    'a ping that came twice',
    { ...good(), sent: [...good().sent, ping('2026-07-13 08:00', 'head')] },
    'pinged twice in the hour of 2026-07-13 08:00',
  ],
  [
    'a case nobody ends',
    { ...good(), events: good().events.slice(0, 4), states: new Map([[TICKET, 'answered']]) },
    'answered since 2026-07-21 10:00, and nothing will end it',
  ],
  [
    'a clock that stands at another date',
    {
      ...good(),
      events: good().events.slice(0, 1),
      end: at('2026-07-07 07:00'),
      clocks: [{ ticket: TICKET, name: 'verify', status: 'running', due: at('2026-07-10 16:00') }],
    },
    'verify runs to 2026-07-09 16:00, stored: running 2026-07-10 16:00',
  ],
])('%s is named', (_what, log: YearLog, problem) => {
  expect(checked(log).problems.join('\n')).toContain(problem)
})
