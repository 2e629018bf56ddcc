// An example city's calendar of 2026, and complaints brought into any state by the moves themselves.

import { type Calendar, instantOf, localDate, localTime } from '../../src/complaints/clocks.ts'
import type {
  ClockRules,
  Complaint,
  ComplaintClock,
  MoveName,
  Role,
  State,
} from '../../src/complaints/complaint.ts'
import { type Filing, fileComplaint } from '../../src/complaints/filing.ts'
import {
  applyMove,
  type MoveFacts,
  type MoveRequest,
  type Mover,
} from '../../src/complaints/moves.ts'
import { nextStep, takeStep } from '../../src/complaints/steps.ts'

export const ZONE = 'Asia/Makassar'

export const CALENDAR: Calendar = {
  zone: ZONE,
  closesAt: 16,
  opensAt: 8,
  officialYears: new Set([2026]),
  holidays: new Set(
    `2026-01-01 2026-01-16 2026-02-16 2026-02-17 2026-03-18 2026-03-19 2026-03-20 2026-03-21
    2026-03-22 2026-03-23 2026-03-24 2026-04-03 2026-04-05 2026-05-01 2026-05-14 2026-05-15
    2026-05-27 2026-05-28 2026-05-31 2026-06-01 2026-06-16 2026-08-17 2026-08-25 2026-12-24
    2026-12-25`.split(/\s+/),
  ),
}

export const RULES: ClockRules = {
  verify: 3,
  follow_up: 5,
  finish: { information: 5, complaint: 14, aspiration: 14 },
  finish_inspection: 60,
  reply: 10,
  facts: 10,
  reopen: 10,
}

/** `2026-11-25 16.30` on the city's clocks. */
export function at(local: string): Date {
  const [date = '', time = '00.00'] = local.split(' ')
  const [hours = 0, minutes = 0] = time.split('.').map(Number)
  return new Date(instantOf(date, hours, ZONE).getTime() + minutes * 60_000)
}

export const START = at('2026-11-25 10.00')

export const FACTS: MoveFacts = {
  now: START,
  calendar: CALENDAR,
  agencies: new Set(['roads', 'water', 'parks']),
  districts: [{ name: 'Hills', villages: [{ name: 'North' }, { name: 'South' }] }],
  categories: new Map([
    ['lamp', { inspection: false, agency: 'roads' }],
    ['pipe', { inspection: false, agency: 'water' }],
    ['bridge', { inspection: true, agency: 'roads' }],
  ]),
}

const FILING: Filing = {
  ticket: '12345671',
  class: 'complaint',
  category: 'lamp',
  proposedAgency: 'roads',
  place: { kelurahan: 'North', kecamatan: 'Hills', text: 'Lane 5', lat: null, lon: null },
  text: 'the lamp is out',
  channel: 'sms',
  language: 'id',
  anonymous: false,
  confidential: false,
  urgent: false,
  overLimit: false,
}

export function filed(filing: Partial<Filing> = {}, now: Date = START): Complaint {
  return fileComplaint({ ...FILING, ...filing }, { now, calendar: CALENDAR, rules: RULES })
    .complaint
}

export const OTHER = filed({ ticket: '20000006' })

/** A request that carries all its move may need. */
export const REQUESTS: Readonly<Record<MoveName, MoveRequest>> = {
  file: { move: 'file' },
  assign: { move: 'assign', agency: 'roads' },
  hold: { move: 'hold', note: 'Which pole?' },
  complete: { move: 'complete', note: 'the one by the mosque' },
  accept: { move: 'accept' },
  update: { move: 'update', note: 'the crew is on its way' },
  note: { move: 'note', note: 'it still flickers' },
  answer: { move: 'answer', note: 'the lamp was replaced' },
  return: { move: 'return', reason: 'a private lamp' },
  transfer: { move: 'transfer', agency: 'water' },
  extend: { move: 'extend', days: 5, reason: 'the part must be ordered' },
  merge: { move: 'merge', into: OTHER.ticket },
  archive: { move: 'archive', reason: 'incomplete' },
  restore: { move: 'restore' },
  close: { move: 'close', reason: 'auto' },
  reopen: { move: 'reopen' },
  satisfied: { move: 'satisfied' },
  dissatisfied: { move: 'dissatisfied', reason: 'still dark' },
  cancel: { move: 'cancel' },
  correct: { move: 'correct', confidential: true },
  copy: { move: 'copy', agency: 'parks' },
  number: { move: 'number', externalId: '9876543' },
  rate: { move: 'rate', rating: 4 },
  take: { move: 'take' },
}

const API: Mover = { role: 'any', actor: 'desk' }

/** Somebody of that role; officers and heads are of the agency that `REQUESTS.assign` names. */
export function moverOf(role: Role | 'any', agency: string = 'roads'): Mover {
  if (role !== 'officer' && role !== 'head') return { role, actor: 'Ani' }
  return { role, actor: 'Ani', staff: { id: `${role}-of-${agency}`, agency } }
}

/** Makes moves one after another, each given by name or whole, and throws when one is not made. */
export function afterMoves(
  complaint: Complaint,
  moves: readonly (MoveName | MoveRequest)[],
  now: Date = START,
  mover: Mover = API,
): Complaint {
  return moves.reduce((current, move) => {
    const request = typeof move === 'string' ? REQUESTS[move] : move
    const result = applyMove(current, request, mover, { ...FACTS, now, into: OTHER })
    if (result.outcome !== 'moved') throw new Error(result.reason)
    return result.complaint
  }, complaint)
}

const WAY_TO: Readonly<Record<State, readonly MoveName[]>> = {
  received: [],
  held: ['hold'],
  assigned: ['assign'],
  in_progress: ['assign', 'accept'],
  answered: ['assign', 'accept', 'answer'],
  closed: ['assign', 'accept', 'answer', 'satisfied'],
  archived: ['archive'],
  merged: ['merge'],
  cancelled: ['cancel'],
}

export function inState(state: State, now: Date = START): Complaint {
  return afterMoves(filed({}, now), WAY_TO[state], now)
}

export function clockOf(complaint: Complaint, name: string) {
  const clock = complaint.clocks.find((c) => c.name === name)
  if (clock === undefined) throw new Error(`no ${name} clock`)
  return clock
}

/** Lets the schedule look only at `nextAt`, as often as it is set, until `until`. */
export function runClock(
  clock: ComplaintClock,
  until: Date,
  acted: (step: number) => boolean = () => false,
) {
  const told: [number, string, string][] = []
  let current = clock
  while (current.nextAt !== null && current.nextAt.getTime() <= until.getTime()) {
    const now = current.nextAt
    const taken = takeStep(current, now, CALENDAR)
    current = taken.clock
    told.push([taken.step, localDate(now, ZONE), taken.repeat ? 'again' : localTime(now, ZONE)])
    if (acted(taken.step)) {
      const next = nextStep(current, CALENDAR)
      current = { ...current, pinging: false, nextAt: next?.at ?? null }
    }
  }
  return { told, clock: current }
}
