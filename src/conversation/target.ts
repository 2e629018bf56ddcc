// Which complaint a command is about: the ticket it names, the message it quotes, the question that is open,
// the only one it fits; else it is asked. Somebody else's ticket is answered like one that does not exist.

import { keptMedia } from './draft.ts'
import { line } from './lines.ts'
import { findCase, isOpen, type Moment, type Outcome } from './moment.ts'
import type { MyComplaint } from './turn.ts'

export type Target =
  | { readonly found: MyComplaint; readonly outcome?: never }
  | { readonly found?: never; readonly outcome: Outcome }

const MOST_CHOICES = 8

export function targetOf(moment: Moment, fits: (one: MyComplaint) => boolean): Target {
  const { state, context, reading, settled, mine } = moment
  const { command } = reading
  const mistyped = command?.mistyped ?? null
  if (mistyped !== null && settled === null)
    return { outcome: said(moment, line(context, 'ticket_mistyped', { id: mistyped })) }
  const named = settled !== null && settled !== 'new' ? settled.ticket : command?.ticket
  if (named !== undefined && named !== null) return byTicket(moment, named)
  if (context.quoted !== null) return byTicket(moment, context.quoted)
  const asked = state.question !== null && 'ticket' in state.question ? state.question.ticket : null
  const askedCase = asked === null ? null : findCase(context, asked)
  if (askedCase !== null && fits(askedCase)) return { found: askedCase }
  if (state.unproven)
    return { outcome: { state: { ...state, question: { type: 'prove' } }, lines: [] } }
  return among(moment, mine.filter(fits), mine.filter(isOpen))
}

function among(
  moment: Moment,
  fitting: readonly MyComplaint[],
  open: readonly MyComplaint[],
): Target {
  const { state, context, message } = moment
  const candidates = fitting.length > 0 ? fitting : open
  const [only, ...others] = candidates
  if (only === undefined) return { outcome: said(moment, line(context, 'no_case_for', {})) }
  if (others.length === 0) return { found: only }
  const tickets = candidates.slice(0, MOST_CHOICES).map(({ complaint }) => complaint.ticket)
  const media = [...keptMedia(message)]
  const question = { type: 'which', tickets, text: message.text, media, orNew: false } as const
  return { outcome: { state: { ...state, question }, lines: [] } }
}

function byTicket(moment: Moment, ticket: string): Target {
  const { context } = moment
  const found = findCase(context, ticket)
  if (found !== null) return { found }
  return { outcome: said(moment, line(context, 'ticket_unknown', { id: ticket })) }
}

function said({ state }: Moment, what: Outcome['lines'][number]): Outcome {
  return { state, lines: [what] }
}
