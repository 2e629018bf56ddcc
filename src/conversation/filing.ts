// Turns a draft into a filed complaint: the effect, what stays in mind of it, and what is still to be asked.

import { localDate } from '../complaints/clocks.ts'
import { acknowledged, type Filed, hasRoom } from './acknowledgement.ts'
import { digestOf } from './digest.ts'
import { wordsToFile } from './draft.ts'
import { forDesk, type Line } from './lines.ts'
import { DAY_MS, type Facts, type Outcome } from './moment.ts'
import { offered, offerFor } from './nearby.ts'
import type { Draft, Question, State } from './state.ts'
import type { Context, Effect } from './turn.ts'

const WINDOW_MS = 3 * 60_000

/** Files the draft. `before`: what is said ahead of the ticket. */
export function filed(facts: Facts, draft: Draft, before: readonly Line[] = []): Outcome {
  const { state, context } = facts
  const [ticket] = context.newTickets
  if (ticket === undefined) throw new Error('filing needs a fresh ticket number in newTickets')
  const { person, city } = context
  const overLimit = !draft.urgent && person.filedToday >= city.limits.complaintsPerDay
  const today = localDate(context.now, city.zone)
  const tellLimit = overLimit && state.told.overLimitOn !== today
  const plain: State = {
    ...remembered(state, draft, ticket, context),
    question: questionAfter(draft, ticket, person.style),
    told: tellLimit ? { ...state.told, overLimitOn: today } : state.told,
  }
  const telling = { ticket, tellLimit, before }
  const after = withOffer({ state: plain, context }, draft, telling)
  const told = acknowledged({ state: after, context }, draft, telling)
  const tellsPrivacy = person.privacyTold === null
  return {
    state: after,
    ...told,
    effects: [
      fileEffect(context, draft, ticket, overLimit),
      ...(overLimit ? [{ type: 'alert', alert: 'over-limit', ticket } as const] : []),
      ...(tellsPrivacy ? [{ type: 'privacy-told', version: city.privacyVersion } as const] : []),
    ],
  }
}

/** The offer to join somebody else's instead: where nothing else is asked, and the reply has room for it. */
function withOffer({ state, context }: Facts, draft: Draft, telling: Filed): State {
  if (state.question !== null) return state
  const left = draft.open.includes('support') ? draft.support : null
  const into = left ?? (context.person.style === 'sms' ? offerFor(draft, state, context) : null)
  if (into === null) return state
  const { ticket } = telling
  const asking: State = { ...state, question: { type: 'support', ticket, into } }
  const fits = hasRoom({ state: asking, context }, draft, telling)
  return fits ? offered(asking, into, ticket, context) : state
}

function fileEffect(context: Context, draft: Draft, ticket: string, overLimit: boolean): Effect {
  const { category, agency, place, anonymous, confidential, urgent, media } = draft
  return {
    type: 'file',
    ticket,
    words: wordsToFile(draft, forDesk(context)),
    class: draft.class,
    category,
    proposedAgency: agency,
    place,
    anonymous,
    confidential,
    urgent,
    overLimit,
    media,
  }
}

/** What stays in mind: the words against repetition, the minutes in which more of them belong to it. */
function remembered(state: State, draft: Draft, ticket: string, { now }: Context): State {
  const atMs = now.getTime()
  const said = draft.words.length > 1 ? [...draft.words, draft.words.join('\n')] : draft.words
  const digests = [...new Set(said.map(digestOf))]
  return {
    ...state,
    draft: null,
    window: { ticket, untilMs: atMs + WINDOW_MS, told: false },
    recent: [
      ...state.recent.filter((one) => atMs - one.atMs < DAY_MS),
      ...digests.map((digest) => ({ ticket, digest, atMs })),
    ],
  }
}

/** At most one question about what was just filed. */
function questionAfter(draft: Draft, ticket: string, style: 'sms' | 'chat'): Question | null {
  const { near, villages, categories, open } = draft
  const lacksPlace = open.includes('place')
  if (near !== null) return { type: 'join', ticket, into: near, thenPlace: lacksPlace }
  // On SMS a list of kelurahan has no room beside what must be said of emergencies and secrecy.
  const room = style === 'chat' || !(draft.urgent || draft.anonymous || draft.confidential)
  if (lacksPlace && villages.length > 1 && room)
    return { type: 'village', ticket, villages, words: draft.place.text ?? '' }
  if (lacksPlace) return { type: 'place', ticket }
  // Only a draft of the chat channels can be filed with this still open, after two hours alone.
  if (style === 'chat' && open.includes('category') && categories.length > 0)
    return { type: 'category', ticket, categories }
  return null
}
