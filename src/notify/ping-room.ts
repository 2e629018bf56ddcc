// Which cases go at this hour: each person gets one message an hour, and a message holds so many cases.
// A case goes when all who must hear of it have room, the most urgent first; else it comes up again an hour later.

import { type DueCase, howManyFit, mostUrgentFirst } from './due-list.ts'
import { type Actor, personKey } from './roster.ts'
import type { Wording } from './wording.ts'

/** A due case with those who hear of it. */
export interface Heard extends DueCase {
  readonly to: readonly Actor[]
}

export interface Message {
  readonly reader: Actor
  /** The most urgent first, each complaint once. */
  readonly cases: readonly DueCase[]
}

export interface Going {
  readonly tickets: ReadonlySet<string>
  readonly messages: readonly Message[]
}

/** `taken`: who had their message of this hour. Nobody to hear of a case: it goes all the same. */
export function goingAt(
  heard: readonly Heard[],
  taken: ReadonlySet<string>,
  wording: Wording,
): Going {
  const sorted = mostUrgentFirst(heard)
  const wanted = messagesOf(sorted)
  const room = new Map(
    wanted.map(({ reader, cases }) => [
      personKey(reader),
      taken.has(personKey(reader)) ? 0 : howManyFit(reader, cases, wording),
    ]),
  )
  const tickets = new Set<string>()
  for (const [ticket, people] of peopleByTicket(sorted)) {
    const fits = [...people].every((key) => (room.get(key) ?? 0) > 0)
    if (!fits) continue
    tickets.add(ticket)
    for (const key of people) room.set(key, (room.get(key) ?? 0) - 1)
  }
  const going = sorted.filter(({ complaint }) => tickets.has(complaint.ticket))
  return { tickets, messages: messagesOf(going).flatMap((one) => whole(one, taken, wording)) }
}

/** Groups read along: they hold nothing up, and get what fits. */
function whole(
  { reader, cases }: Message,
  taken: ReadonlySet<string>,
  wording: Wording,
): readonly Message[] {
  if (!reader.group) return [{ reader, cases }]
  const fitting = cases.slice(0, howManyFit(reader, cases, wording))
  return taken.has(personKey(reader)) || fitting.length === 0 ? [] : [{ reader, cases: fitting }]
}

/** By ticket, in the order of the cases: two clocks of one complaint go together or not at all. */
function peopleByTicket(heard: readonly Heard[]): ReadonlyMap<string, ReadonlySet<string>> {
  const people = new Map<string, Set<string>>()
  for (const { complaint, to } of heard) {
    const keys = people.get(complaint.ticket) ?? new Set<string>()
    for (const reader of to) if (!reader.group) keys.add(personKey(reader))
    people.set(complaint.ticket, keys)
  }
  return people
}

function messagesOf(heard: readonly Heard[]): readonly Message[] {
  const messages = new Map<string, { reader: Actor; cases: Map<string, DueCase> }>()
  for (const one of heard)
    for (const reader of one.to) {
      const key = personKey(reader)
      const message = messages.get(key) ?? { reader, cases: new Map<string, DueCase>() }
      if (!message.cases.has(one.complaint.ticket)) message.cases.set(one.complaint.ticket, one)
      messages.set(key, message)
    }
  return [...messages.values()].map(({ reader, cases }) => ({ reader, cases: [...cases.values()] }))
}
