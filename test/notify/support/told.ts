// What the listeners of a made-up complaint are told of a move, and that complaint at every stage.

import { measure } from '../../../src/channels/measure.ts'
import { type NoticeFacts, noticesFor } from '../../../src/notify/notices.ts'
import type { NewOutbound } from '../../../src/store/outbox-port.ts'
import { at, countingIds, filed, listener, type Made, moved } from './cases.ts'
import { town } from './town.ts'

export const MONDAY = at('2026-11-23 10.00')

export function told(move: Made, more: Partial<NoticeFacts> = {}): readonly NewOutbound[] {
  const facts = { listeners: [listener('1')], city: town, measure, now: move.event.at }
  return noticesFor(move, { ...facts, newId: countingIds(), ...more })
}

/** The words of the first notice; throws when nobody was told. */
export function textOf(move: Made, more: Partial<NoticeFacts> = {}): string {
  const [notice] = told(move, more)
  if (notice === undefined) throw new Error('nobody was told')
  return notice.text
}

export const received = filed(MONDAY)
export const assigned = moved(received, MONDAY, { move: 'assign', agency: 'jalan' })
export const working = moved(assigned, MONDAY, { move: 'accept' })
export const answered = moved(working, MONDAY, { move: 'answer', note: 'Sudah ditambal' })
export const closed = moved(answered, MONDAY, { move: 'satisfied' })
export const held = moved(received, MONDAY, { move: 'hold', note: 'Di RT berapa?' })
export const id = received.ticket
