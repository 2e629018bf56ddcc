// What must be looked up before a message can be decided: read from its text and the stored state alone.

import type { City } from '../city/city.ts'
import type { StaffMember } from '../complaints/staff.ts'
import { readTickets } from '../complaints/ticket.ts'
import type { InboundMessage } from '../message.ts'
import { sixDigits } from './citizen/linking.ts'
import { openOffer } from './citizen/support.ts'
import { deskNeeds } from './officer/desk-needs.ts'
import type { State } from './state.ts'
import type { Event, Needs } from './turn.ts'

/** What must be looked up: the tickets in the text and in the open question; the person's recent ones are known anyway. */
export function needs(
  state: State,
  event: Event,
  city: City,
  staff: StaffMember | null = null,
): Needs {
  const asked = state.question === null ? [] : ticketsOf(state.question)
  const said = saidIn(event)
  const offer = openOffer(state)
  const offered = offer === null ? [] : [offer]
  const tickets = new Set([...said, ...asked, ...offered, ...codedFor(state, event)])
  const offers = new Set(state.offers.map((one) => one.ticket))
  return {
    tickets: [...tickets],
    offered: [...tickets].filter((one) => offers.has(one)),
    quotedId: event.type === 'message' ? aboutId(event.message) : null,
    desk: event.type === 'message' ? deskNeeds(state, event.message, city, staff) : null,
  }
}

/** The message this one is about; a button is about the question it was offered with, not about a message. */
function aboutId({ choice, edits, quotedId }: InboundMessage): string | null {
  return choice === null ? (edits ?? quotedId) : null
}

function ticketsOf(question: NonNullable<State['question']>): readonly string[] {
  switch (question.type) {
    case 'which':
      return question.tickets
    case 'join':
    case 'support':
      return [question.ticket, question.into]
    case 'prove':
      return []
    default:
      return [question.ticket]
  }
}

/** What a code that was typed would open: it may have lost its reporter since the code was sent. */
function codedFor({ linking }: State, event: Event): readonly string[] {
  const typed = event.type === 'message' && sixDigits(event.message.text) !== null
  return typed && linking !== null ? [linking.ticket] : []
}

function saidIn(event: Event): readonly string[] {
  switch (event.type) {
    case 'message':
      return readTickets(event.message.text).tickets
    case 'attachment':
      return event.attachment.ticket === null ? [] : [event.attachment.ticket]
    case 'timeout':
      return []
  }
}
