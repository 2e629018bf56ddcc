// Stored states of the first release are still read: what was added since has its value from before it existed.

import { expect, test } from '@jest/globals'
import { initialState, readState } from '../../src/conversation/state.ts'

test('a state of the first release is read whole', () => {
  const { offers, languageAskedMs, eraseUntilMs, eraseAsked, ...first } = initialState
  const window = { ticket: '12345674', untilMs: 5, told: true }
  const stored = JSON.stringify({ ...first, window, question: { type: 'prove' } })
  expect(readState(stored)).toEqual({ ...initialState, window, question: { type: 'prove' } })
})
