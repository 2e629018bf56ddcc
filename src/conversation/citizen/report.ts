// A new matter: filed at once on SMS, a draft with open questions on the chat channels.
// The same words again within 24 hours name the ticket that exists; what is another government's is not filed.

import type { Complaint } from '../../complaints/complaint.ts'
import { moveOr } from '../case-words.ts'
import { digestOf } from '../digest.ts'
import { draftFrom, fullWords, isReady } from '../draft.ts'
import { filed } from '../filing.ts'
import { cityWords, type Line, line } from '../lines.ts'
import { DAY_MS, findCase, type Moment, type Outcome } from '../moment.ts'
import { withPoster } from './deep-links.ts'

/** `near`: the complaint it may be an addition to. */
export function report(moment: Moment, near: string | null): Outcome {
  const again = saidBefore(moment)
  if (again !== null) return again
  const { state, context } = moment
  const draft = withPoster(draftFrom(moment, near), state.poster, context)
  if (isReady(draft, context)) return filed(moment, draft)
  const outside = draft.open.includes('outside')
  return {
    state: { ...state, draft, question: null, poster: null },
    lines: outside ? [line(context, 'outside', {})] : [],
  }
}

/** The ticket that these words already have. */
export function saidBefore(moment: Moment): Outcome | null {
  const { state, context, mine } = moment
  const text = fullWords(moment)
  if (text === '' || (state.recent.length === 0 && mine.length === 0)) return null
  const digest = digestOf(text)
  const joined = joinedBefore(moment, digest)
  if (joined !== null) return joined
  const complaint = recentCase(moment, digest)
  if (complaint === null) return null
  const { ticket } = complaint
  const again: Outcome = {
    state,
    lines: [line(context, 'same_again', { id: ticket }, { ticket })],
    effects: [{ type: 'about', ticket }],
    heard: 'chatter',
  }
  return wishedSecret(moment, complaint) ?? again
}

/** These words led to a complaint of somebody else, which this person joined instead. */
function joinedBefore({ state, context }: Moment, digest: string): Outcome | null {
  const said = state.recent.find((one) => one.digest === digest && isToday(one, context))
  const joined = context.supported.find(({ complaint }) => complaint.ticket === said?.ticket)
  if (joined === undefined) return null
  const { ticket } = joined.complaint
  return {
    state,
    lines: [line(context, 'support_already', { id: ticket }, { ticket })],
    heard: 'chatter',
  }
}

const isToday = ({ atMs }: { readonly atMs: number }, { now }: Moment['context']): boolean =>
  atMs > now.getTime() - DAY_MS

/** The same words with ANONIM or RAHASIA before them this time: that is what is new. */
export function wishedSecret(moment: Moment, complaint: Complaint): Outcome | null {
  const { context, reading, state } = moment
  const { ticket } = complaint
  const anonymous = reading.asksAnonymous && !complaint.anonymous
  if (!anonymous && !(reading.asksConfidential && !complaint.confidential)) return null
  const [wish, key] = anonymous
    ? [{ anonymous }, 'made_anonymous' as const]
    : [{ confidential: true }, 'made_confidential' as const]
  const told = () => line(context, key, { id: ticket }, { ticket })
  return moveOr(moment, complaint, { move: 'correct', ...wish }, told, state.question)
}

function recentCase({ state, context, mine }: Moment, digest: string): Complaint | null {
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
  const complaint = findCase(context, ticket)?.complaint ?? null
  return complaint?.state === 'cancelled' ? null : complaint
}

export function otherGovernment({ state, context, reading }: Moment): Outcome | null {
  const { prefix } = reading
  if (prefix.whose !== 'other') return null
  const lines: Line[] = reading.urgent ? [line(context, 'ack_emergency', {})] : []
  const params = { name: prefix.name, turn: cityWords(context, prefix.turnTo) }
  return { state, lines: [...lines, line(context, 'other_government', params)] }
}
