// A ping comes again every working day until somebody in charge acts or takes the case.

import { describe, expect, test } from '@jest/globals'
import type { MoveName } from '../../src/complaints/complaint.ts'
import { takeStep } from '../../src/complaints/steps.ts'
import { afterMoves, at, CALENDAR, clockOf, filed, REQUESTS, START } from './example.ts'

const CITIZEN = { role: 'citizen', actor: 'citizen' } as const

describe('repeated pings', () => {
  const now = at('2026-11-27 08.00')
  const pinging = (() => {
    const complaint = filed({}, START)
    const { clock } = takeStep(clockOf(complaint, 'verify'), now, CALENDAR)
    return { ...complaint, clocks: [clock] }
  })()
  test('are on after a step', () => {
    expect(clockOf(pinging, 'verify')).toMatchObject({
      pinging: true,
      nextAt: at('2026-11-30 08.00'),
    })
  })
  test.each<MoveName>(['take', 'note', 'copy', 'number', 'correct'])(
    'stop when somebody in charge makes the move %s',
    (move) => {
      const quiet = clockOf(afterMoves(pinging, [REQUESTS[move]], now), 'verify')
      expect(quiet).toMatchObject({ pinging: false, nextAt: at('2026-12-01 08.00') })
    },
  )
  test.each<MoveName>(['note', 'correct'])('go on after the citizen’s %s', (move) => {
    expect(clockOf(afterMoves(pinging, [move], now, CITIZEN), 'verify').pinging).toBe(true)
  })
})
