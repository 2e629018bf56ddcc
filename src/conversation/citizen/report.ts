// A new matter: filed at once on SMS, a draft with open questions on the chat channels.
// The same words again within 24 hours name the ticket that exists; what is another government's is not filed.

import { digestOf } from '../digest.ts'
import { draftFrom, fullWords, isReady } from '../draft.ts'
import { filed } from '../filing.ts'
import { type Line, line } from '../lines.ts'
import { DAY_MS, findCase, type Moment, type Outcome } from '../moment.ts'

/** `near`: the complaint it may be an addition to. */
export function report(moment: Moment, near: string | null): Outcome {
  const again = saidBefore(moment)
  if (again !== null) return again
  const { state, context } = moment
  const draft = draftFrom(moment, near)
  if (isReady(draft, context)) return filed(moment, draft)
  const outside = draft.open.includes('outside')
  return {
    state: { ...state, draft, question: null },
    lines: outside ? [line(context, 'outside', {})] : [],
  }
}

/** The ticket that these words already have. */
export function saidBefore(moment: Moment): Outcome | null {
  const { state, context } = moment
  const text = fullWords(moment)
  if (text === '') return null
  const ticket = recentTicket(moment, digestOf(text))
  if (ticket === null) return null
  return {
    state,
    lines: [line(context, 'same_again', { id: ticket }, { ticket })],
    effects: [{ type: 'about', ticket }],
  }
}

function recentTicket({ state, context, mine }: Moment, digest: string): string | null {
  const sinceMs = context.now.getTime() - DAY_MS
  const remembered = state.recent.find((one) => one.digest === digest && one.atMs > sinceMs)
  const stored = mine.find(
    ({ complaint }) =>
      complaint.filedAt.getTime() > sinceMs &&
      complaint.text !== null &&
      digestOf(complaint.text) === digest,
  )
  const ticket = remembered?.ticket ?? stored?.complaint.ticket ?? null
  if (ticket === null) return null
  return findCase(context, ticket)?.complaint.state === 'cancelled' ? null : ticket
}

export function otherGovernment({ state, context, reading }: Moment): Outcome | null {
  const { prefix } = reading
  if (prefix.whose !== 'other') return null
  const lines: Line[] = reading.urgent ? [line(context, 'ack_emergency', {})] : []
  const params = { name: prefix.name, turn: prefix.turnTo }
  return { state, lines: [...lines, line(context, 'other_government', params)] }
}
