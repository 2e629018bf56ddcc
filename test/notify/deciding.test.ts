// The ping of a late case for which more time was asked: who is offered to say yes or no to it.

import { expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import { escalate } from '../../src/notify/escalation.ts'
import { at, countingIds } from './support/cases.ts'
import { CREW, EVERYBODY, roster } from './support/people.ts'
import { working } from './support/told.ts'
import { town } from './support/town.ts'

const LATE = at('2026-12-17 08.00')
const waiting = {
  ...working,
  asked: { days: 5, until: at('2026-12-17 16.00'), by: CREW.ari.staff.id },
}

function offeredTo(name: string, enrolled: typeof EVERYBODY): string | undefined {
  const { outbound } = escalate([{ complaint: waiting, clock: 'finish' }], {
    ...{ roster: roster(enrolled), listeners: new Map(), histories: new Map(), taken: new Set() },
    ...{ city: town, measure, now: LATE, newId: countingIds() },
  })
  const row = outbound.find(({ addressId }) => addressId === `address-${name}`)
  return row?.choices.map(({ value }) => value.split(':')[1]).join(' ')
}

test('the head is; the coordinator only where no head is there to be asked', () => {
  expect(offeredTo('Hana', EVERYBODY)).toBe('show agree refuse take')
  expect(offeredTo('Rini', EVERYBODY)).toBe('show transfer take')
  const headless = EVERYBODY.filter(({ staff }) => staff.role !== 'head')
  expect(offeredTo('Rini', headless)).toBe('show agree refuse transfer take')
})
