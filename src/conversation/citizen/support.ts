// DUKUNG, and the answer to its offer: this person joins a complaint of somebody else that the bot offered to them.
// What was not offered, is confidential or at rest is answered like a ticket that does not exist.

import type { Complaint } from '../../complaints/complaint.ts'
import { cannot } from '../case-words.ts'
import { picked, yesNo } from '../choices.ts'
import { digestOf } from '../digest.ts'
import type { Effect } from '../effect.ts'
import { type Line, line, words } from '../lines.ts'
import { findCase, isOpen, type Moment, moveEffect, type Outcome, tryMove } from '../moment.ts'
import { type Offer, standing } from '../nearby.ts'
import { openSlot, type Question, type State } from '../state.ts'
import type { Context } from '../turn.ts'

/** The offer that is asked about right now: by the draft, or after filing. */
export function openOffer({ draft, question }: State): string | null {
  if (draft !== null) return openSlot(draft) === 'support' ? draft.support : null
  return question?.type === 'support' ? question.into : null
}

export function support(moment: Moment): Outcome {
  const { state, context, reading } = moment
  const mistyped = reading.command?.mistyped ?? null
  if (mistyped !== null)
    return { state, lines: [line(context, 'ticket_mistyped', { id: mistyped })] }
  const ticket = reading.command?.ticket ?? openOffer(state)
  return ticket === null
    ? { state, lines: [line(context, 'support_usage', {})] }
    : joining(moment, ticket)
}

/** YA, TIDAK, their numbers, or the ticket alone; null: the message is no answer to the offer. */
export function supportAnswer(
  moment: Moment,
  question: Extract<Question, { type: 'support' }>,
): Outcome | null {
  const { context, state } = moment
  const { ticket, into } = question
  const choice = supportChoice(moment, into)
  if (choice === null) return null
  if (choice === 'yes') return joining(moment, into)
  return {
    state: notWanted({ ...state, question: null }, into),
    lines: [line(context, 'kept_apart', { id: ticket }, { ticket })],
    effects: [{ type: 'about', ticket }],
  }
}

export function supportChoice(moment: Moment, into: string): string | null {
  const { reading, message, context } = moment
  const choices = yesNo(context)
  if (message.choice === null && reading.tickets.includes(into)) return 'yes'
  if (message.choice === null && reading.number !== null)
    return choices[reading.number - 1]?.value ?? null
  return picked(moment, choices)
}

/** The offer is not made again with the next complaint; DUKUNG with its number still takes it. */
export function notWanted(state: State, ticket: string): State {
  const offers = state.offers.map((one) =>
    one.ticket === ticket ? { ...one, own: null, declined: true } : one,
  )
  return { ...state, offers }
}

export function joining(moment: Moment, ticket: string): Outcome {
  const { state, context } = moment
  const rested = withoutOffer(state, ticket)
  const own = findCase(context, ticket)
  if (own !== null)
    return { state: rested, lines: [line(context, 'link_already', { id: ticket }, { ticket })] }
  const end = joinable(context, ticket)
  const offer = standing(state.offers, context).find((one) => one.ticket === ticket)
  if (end === null || offer === undefined) {
    const lines = [line(context, 'ticket_unknown', { id: ticket }), ...stillOwn(context, offer)]
    return { state: rested, lines, ask: true }
  }
  return joined({ ...moment, state: rested }, end, offer)
}

/** What was filed with the offer is not lost with it. */
function stillOwn(context: Context, offer: Offer | undefined): readonly Line[] {
  const own = offer?.own == null ? null : findCase(context, offer.own)
  if (own === null || !isOpen(own)) return []
  const { ticket } = own.complaint
  return [line(context, 'kept_apart', { id: ticket }, { ticket })]
}

/** Nothing asks about it any more; its draft is not filed only where it is really joined. */
function withoutOffer(state: State, ticket: string): State {
  const { question, draft } = state
  const asked = question?.type === 'support' && question.into === ticket
  const open = draft?.support === ticket ? draft.open.filter((slot) => slot !== 'support') : null
  return {
    ...state,
    question: asked ? null : question,
    draft: draft !== null && open !== null ? { ...draft, open } : draft,
  }
}

/** Where the offered complaint is now, if it may be joined. */
function joinable(context: Context, ticket: string): Complaint | null {
  const end = context.offered.find((one) => one.ticket === ticket)?.end ?? null
  return end === null || end.confidential || !isOpen({ complaint: end }) ? null : end
}

function joined(moment: Moment, { ticket }: Complaint, offer: Offer): Outcome {
  const { state, context } = moment
  if (findCase(context, ticket) !== null)
    return { state, lines: [line(context, 'link_already', { id: ticket }, { ticket })] }
  const own = offer.own === null ? null : findCase(context, offer.own)
  const fromDraft = state.draft?.support === offer.ticket
  const after: State = {
    ...state,
    draft: fromDraft ? null : state.draft,
    recent: sameWords(state, offer, ticket, fromDraft, context),
    window: state.window?.ticket === offer.own ? null : state.window,
    offers: state.offers.map((one) => (one === offer ? { ...one, own: null } : one)),
  }
  const already = context.supported.some(({ complaint }) => complaint.ticket === ticket)
  const done = context.person.stopped ? 'support_done_stopped' : 'support_done'
  const told = already ? 'support_already' : done
  const lines: Line[] = [line(context, told, { id: ticket }, { ticket })]
  const effects: Effect[] = [{ type: 'link', ticket, support: true }]
  if (own !== null && isOpen(own)) {
    const note = words(context, 'support_note', { into: ticket })
    const request = { move: 'cancel', note } as const
    const moved = tryMove(context, own.complaint, request).outcome === 'moved'
    if (moved) effects.push(moveEffect(own.complaint.ticket, request))
    const id = own.complaint.ticket
    lines.push(moved ? line(context, 'cancelled', { id }) : cannot(context, own.complaint))
  }
  if (context.person.privacyTold === null) {
    lines.push(line(context, 'privacy', {}))
    effects.push({ type: 'privacy-told', version: context.city.privacyVersion })
  }
  return { state: after, lines, effects, ask: false }
}

/** The same words again within the day are about the complaint that was joined. */
function sameWords(
  { recent, draft }: State,
  { own }: Offer,
  ticket: string,
  fromDraft: boolean,
  { now }: Context,
): State['recent'] {
  const known = recent.map((one) => (one.ticket === own ? { ...one, ticket } : one))
  const said = fromDraft ? (draft?.words ?? []) : []
  return [
    ...known,
    ...said.map((text) => ({ ticket, digest: digestOf(text), atMs: now.getTime() })),
  ]
}
