// Who is offered to say yes or no to more time: the head, and a coordinator only where they decide in the head's stead.

import { expect, test } from '@jest/globals'
import { cardActions } from '../../src/complaints/card-actions.ts'
import { at, inState } from './example.ts'

const asked = { days: 5, until: at('2026-11-26 16.00'), by: 'somebody' }
const waiting = { ...inState('in_progress'), asked }
const agency = waiting.agency

test.each([
  ['head', agency, false, true],
  ['officer', agency, false, false],
  ['coordinator', null, false, false],
  ['coordinator', null, true, true],
  ['overseer', null, true, false],
] as const)('%s of %s, decides %s: %s', (role, theirs, decides, offered) => {
  const actions = cardActions(
    waiting,
    { id: 's', role, agency: theirs },
    { repeats: true, decides },
  )
  expect([actions.includes('agree'), actions.includes('refuse')]).toEqual([offered, offered])
})
