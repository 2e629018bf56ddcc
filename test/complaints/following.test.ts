// Who follows a complaint because of a merge, and until when.

import { expect, test } from '@jest/globals'
import { followsOf } from '../../src/complaints/following.ts'
import { afterMoves, filed, inState, OTHER } from './example.ts'

const { ticket } = filed()

test('those of a merged complaint follow the one it went into', () => {
  expect(followsOf(filed(), inState('merged'))).toEqual([{ ticket: OTHER.ticket, from: ticket }])
})
test('undoing the merge brings them back', () => {
  const restored = afterMoves(inState('merged'), ['restore'])
  expect(followsOf(inState('merged'), restored)).toEqual([
    { ticket: OTHER.ticket, from: ticket, off: true },
  ])
})
test('any other move changes nothing of it', () => {
  expect(followsOf(filed(), inState('assigned'))).toEqual([])
})
