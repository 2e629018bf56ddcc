// Whatever is tried in whatever order, a complaint stays consistent and its clocks fit its state.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { startReply } from '../../src/complaints/clocks.ts'
import type {
  ClockName,
  Complaint,
  HistoryEvent,
  MoveName,
  State,
} from '../../src/complaints/complaint.ts'
import { MOVES, ROLES } from '../../src/complaints/complaint.ts'
import { applyMove, type MoveRequest } from '../../src/complaints/moves.ts'
import { takeStep } from '../../src/complaints/steps.ts'
import { CALENDAR, FACTS, filed, moverOf, OTHER, REQUESTS, START } from './example.ts'

const HOUR_MS = 3_600_000

const TAKES_UP: readonly MoveName[] = ['reopen', 'dissatisfied']

const MAY_RUN: Readonly<Record<State, readonly ClockName[]>> = {
  received: ['verify', 'finish'],
  held: ['facts'],
  assigned: ['follow_up', 'finish'],
  in_progress: ['follow_up', 'finish'],
  answered: ['reply'],
  closed: ['reopen'],
  archived: [],
  merged: [],
  cancelled: [],
}

function checkConsistent(complaint: Complaint, history: readonly HistoryEvent[]) {
  const { state, clocks } = complaint
  const running = clocks.filter((c) => c.status === 'running')
  expect(MAY_RUN[state]).toEqual(expect.arrayContaining(running.map((c) => c.name)))
  expect(new Set(clocks.map((c) => c.name)).size).toBe(clocks.length)
  for (const clock of clocks) {
    if (clock.status === 'paused') expect(state).toBe('held')
    if (clock.status !== 'running') expect([clock.nextAt, clock.pinging]).toEqual([null, false])
    if (clock.status === 'running') expect(clock.left).toBeNull()
  }
  if (state === 'received') expect(running.map((c) => c.name)).toContain('verify')
  if (state === 'assigned' || state === 'in_progress') {
    expect(running.map((c) => c.name)).toContain('finish')
    expect(complaint.agency).not.toBeNull()
  }
  if (state === 'received') expect(complaint.agency).toBeNull()
  expect(complaint.closedAt === null).toBe(
    !['closed', 'archived', 'merged', 'cancelled'].includes(state),
  )
  expect(complaint.archiveReason !== null).toBe(state === 'archived')
  expect(complaint.mergedInto !== null).toBe(state === 'merged')
  if (complaint.asked !== null) expect(state).toBe('in_progress')
  if (complaint.agency === null) expect(complaint.holder).toBeNull()
  expect(complaint.firstAnsweredAt !== null).toBe(history.some(({ move }) => move === 'answer'))
  expect(complaint.reopens).toBe(history.filter(({ move }) => TAKES_UP.includes(move)).length)
  expect(complaint.handOffs).toBeLessThanOrEqual(3)
  expect(complaint.extensions).toBeLessThanOrEqual(2)
  expect(complaint.version).toBe(1 + history.length)
  history.reduce<State>((from, event) => {
    expect(event.from).toBe(from)
    return event.to
  }, 'received')
  expect(history.at(-1)?.to ?? 'received').toBe(state)
}

const requests = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MOVES).map((move): MoveRequest => REQUESTS[move]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<MoveRequest>(
      { move: 'assign', agency: 'parks' },
      { move: 'correct', class: 'information' },
      { move: 'correct', category: 'bridge' },
      { move: 'archive', reason: 'spam' },
      { move: 'answer' },
      { move: 'rate', rating: 9 },
      { move: 'extend', refuse: true },
      { move: 'take', holder: 'somebody' },
    ),
  },
)
const tries = fc.array(
  fc.record({
    request: requests,
    role: fc.constantFrom('any' as const, 'any' as const, ...ROLES),
    agency: fc.constantFrom('roads', 'roads', 'water'),
    hours: fc.integer({ min: 0, max: 120 }),
    ticks: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

/** What the schedule does between two moves: steps are taken, an accepted answer starts the reply clock. */
function tick(complaint: Complaint, now: Date): Complaint {
  const begun = complaint.clocks.some((c) => c.name === 'reply')
  const ticked = begun ? complaint : startReply(complaint, now, CALENDAR)
  return { ...ticked, clocks: ticked.clocks.map((c) => takeStep(c, now, CALENDAR).clock) }
}

test('after any moves by anybody at any time the complaint is consistent', () => {
  fc.assert(
    fc.property(tries, (steps) => {
      let complaint = filed()
      let now = START
      const history: HistoryEvent[] = []
      for (const { request, role, agency, hours, ticks } of steps) {
        now = new Date(now.getTime() + hours * HOUR_MS)
        if (ticks) complaint = tick(complaint, now)
        const facts = { ...FACTS, now, into: OTHER }
        const before = structuredClone(complaint)
        const result = applyMove(complaint, request, moverOf(role, agency), facts)
        expect(complaint).toEqual(before)
        if (result.outcome === 'moved') {
          complaint = result.complaint
          history.push(result.event)
        } else expect(result.reason).toContain(complaint.ticket)
        checkConsistent(complaint, history)
      }
    }),
    { numRuns: 500 },
  )
})
