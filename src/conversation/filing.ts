// Turns a draft into a filed complaint: the effect, what stays in mind of it, and what is still to be asked.

import { localDate } from '../complaints/clocks.ts'
import { acknowledged, type Filed, hasRoom } from './acknowledgement.ts'
import { digestOf } from './digest.ts'
import { wordsToFile } from './draft.ts'
import { restored } from './draft-choices.ts'
import type { Effect } from './effect.ts'
import { forDesk, type Line } from './lines.ts'
import { DAY_MS, type Facts, type Outcome } from './moment.ts'
import { offered, offerFor } from './nearby.ts'
import type { Draft, Question, State } from './state.ts'
import type { Context } from './turn.ts'

const WINDOW_MS = 3 * 60_000
/** How long a message can be edited. [core.telegram.org/bots/api#editmessagetext, of business messages; people: the same] */
const EDITED_WITHIN_MS = 2 * DAY_MS
const MOST_SOURCES = 5

/** Files the draft. `before`: what is said ahead of the ticket. */
export function filed(facts: Facts, written: Draft, before: readonly Line[] = []): Outcome {
  const draft = restored(written)
  const { state, context } = facts
  const [ticket] = context.newTickets
  if (ticket === undefined) throw new Error('filing needs a fresh ticket number in newTickets')
  const { person, city } = context
  const overLimit = !draft.urgent && person.filedToday >= city.limits.complaintsPerDay
  const today = localDate(context.now, city.zone)
  const tellLimit = overLimit && state.told.overLimitOn !== today
  const plain: State = {
    ...remembered(state, draft, ticket, context),
    ...questionsAfter(draft, ticket, person.style),
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

export function fileEffect(
  context: Context,
  draft: Draft,
  ticket: string,
  overLimit: boolean,
): Extract<Effect, { type: 'file' }> {
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
function remembered(state: State, draft: Draft, ticket: string, context: Context): State {
  const { now } = context
  const atMs = now.getTime()
  const said = draft.words.length > 1 ? [...draft.words, draft.words.join('\n')] : draft.words
  const digests = [...new Set(said.map(digestOf))]
  return {
    ...state,
    draft: null,
    window: { ticket, untilMs: atMs + WINDOW_MS, told: false },
    poster: null,
    album: state.album === null ? null : { ...state.album, ticket: state.album.ticket ?? ticket },
    sources: sourcesWith(state, draft, ticket, context),
    recent: [
      ...state.recent.filter((one) => atMs - one.atMs < DAY_MS),
      ...digests.map((digest) => ({ ticket, digest, atMs })),
    ],
  }
}

/** Nobody edits on SMS; elsewhere an edit names the message it changes. */
export function sourcesWith({ sources }: State, draft: Draft, ticket: string, context: Context) {
  if (context.person.style === 'sms') return sources
  const atMs = context.now.getTime()
  const recent = sources.filter((one) => atMs - one.atMs < EDITED_WITHIN_MS)
  return [...recent, { ticket, ids: draft.parts, atMs }].slice(-MOST_SOURCES)
}

/** At most one question about what was just filed; on a chat the others follow its answer. */
function questionsAfter(draft: Draft, ticket: string, style: 'sms' | 'chat') {
  const { near, categories, open, photoAt } = draft
  const place = placeQuestion(draft, ticket, style)
  const asked: Question[] = []
  if (near !== null) asked.push({ type: 'join', ticket, into: near, thenPlace: place !== null })
  if (style === 'chat' && photoAt !== null) asked.push({ type: 'position', ticket, ...photoAt })
  if (near === null && place !== null) asked.push(place)
  // Only a draft of the chat channels can be filed with this still open, after two hours alone.
  if (open.includes('category') && categories.length > 0)
    asked.push({ type: 'category', ticket, categories, leafed: 0 })
  const [question = null, ...later] = asked
  return { question, later: style === 'chat' ? later : [] }
}

function placeQuestion(draft: Draft, ticket: string, style: 'sms' | 'chat'): Question | null {
  const { villages, guessed } = draft
  if (!draft.open.includes('place')) return null
  // On SMS a list of kelurahan has no room beside what must be said of emergencies and secrecy.
  const room = style === 'chat' || !(draft.urgent || draft.anonymous || draft.confidential)
  if ((villages.length > 1 || guessed) && room)
    return { type: 'village', ticket, villages, words: draft.place.text ?? '', guessed }
  return { type: 'place', ticket }
}
