// Whether somebody else has filed the same: what is to be looked up for it, and what of it is offered.
// Looked up only for a complaint that is being put together or filed; never for what is urgent or confidential.

import type { City } from '../city/city.ts'
import type { ComplaintClass, Place } from '../complaints/complaint.ts'
import { likest, type NearCase, type NearQuery } from '../complaints/likeness.ts'
import type { Turn } from './effect.ts'
import { DAY_MS } from './moment.ts'
import type { State } from './state.ts'
import type { Context } from './turn.ts'
import { wordsOf } from './understand/city-words.ts'
import { tokensOf } from './understand/tokens.ts'

/** How long ago the other may have been filed, and how long an offer stands. */
const OFFER_LIFE_MS = 14 * DAY_MS
const MOST_OFFERS = 10

/** What of a draft or a complaint says what it may be like. */
interface Matter {
  readonly category: string | null
  readonly class: ComplaintClass
  readonly place: Place
  readonly confidential: boolean
  readonly urgent: boolean
}

export type Offer = State['offers'][number]

/** Null: nothing can tell what this would be a duplicate of, or nobody is to be sent elsewhere with it. */
function nearQueryOf(matter: Matter, { city, now }: Context): NearQuery | null {
  const { category, place, confidential, urgent } = matter
  const { kelurahan, lat, lon } = place
  if (urgent || confidential || category === null || category === city.otherCategory) return null
  if (kelurahan === null && (lat === null || lon === null)) return null
  const since = new Date(now.getTime() - OFFER_LIFE_MS)
  return { category, class: matter.class, kelurahan, lat, lon, since }
}

export function keyOf({ category, class: kind, kelurahan, lat, lon }: NearQuery): string {
  return JSON.stringify([category, kind, kelurahan, lat, lon])
}

/**
 * What must be looked up before this turn can stand; null on nearly every turn. With the answer in `Context.near` the
 * same event is decided again.
 */
export function nearWanted(before: State, { state, effects }: Turn, context: Context) {
  if (context.near !== null) return null
  const { draft } = state
  if (context.person.style === 'chat') {
    const looked = draft === null || draft.lookedFor === null
    return looked || draft.lookedFor === before.draft?.lookedFor
      ? null
      : nearQueryOf(draft, context)
  }
  const filed = effects.findLast((effect) => effect.type === 'file')
  // For somebody who came in person nobody can be asked.
  if (filed === undefined || filed.walkIn !== undefined) return null
  return state.question !== null ? null : nearQueryOf(filed, context)
}

/** The ticket to be offered with this matter; null when there is none, or it was not looked for. */
export function offerFor(matter: Matter, state: State, context: Context): string | null {
  const query = nearQueryOf(matter, context)
  const { near, city } = context
  if (query === null || near === null || near.key !== keyOf(query)) return null
  const declined = new Set(
    standing(state.offers, context)
      .filter((offer) => offer.declined)
      .map(({ ticket }) => ticket),
  )
  const cases = near.cases.filter(({ ticket }) => !declined.has(ticket))
  const best = likest(matter.place, cases, (one, other) => sharesStreet(city, one, other))
  return best?.ticket ?? null
}

/** Those of `cases` that are most likely about the same as this one, the likeliest first. */
export function likely<C extends NearCase>(
  { place }: Pick<NearCase, 'place'>,
  cases: readonly C[],
  city: City,
  most: number,
): readonly C[] {
  const best = likest(place, cases, (one, other) => sharesStreet(city, one, other))
  const found = cases.find(({ ticket }) => ticket === best?.ticket)
  if (found === undefined || most === 0) return []
  return [
    found,
    ...likely(
      { place },
      cases.filter((one) => one !== found),
      city,
      most - 1,
    ),
  ]
}

/** Offers that still stand. */
export function standing(offers: readonly Offer[], { now }: Pick<Context, 'now'>): Offer[] {
  return offers.filter(({ atMs }) => now.getTime() - atMs < OFFER_LIFE_MS)
}

/** Keeps the offer in mind; `own`: the complaint that was filed with it. */
export function offered(state: State, ticket: string, own: string | null, context: Context): State {
  const others = standing(state.offers, context).filter((one) => one.ticket !== ticket)
  const offer = { ticket, own, declined: false, atMs: context.now.getTime() }
  return { ...state, offers: [...others, offer].slice(-MOST_OFFERS) }
}

/**
 * Once a draft says what and where, whether somebody else has filed the same is looked up, once: and again when one of
 * the two was corrected.
 */
export function lookedAround(state: State, context: Context): State {
  const { draft } = state
  if (draft === null || context.person.style !== 'chat') return state
  const query = nearQueryOf(draft, context)
  const lookedFor = query === null ? null : keyOf(query)
  if (lookedFor === draft.lookedFor) return state
  const support = offerFor(draft, state, context)
  const open = draft.open.filter((slot) => slot !== 'support')
  if (support === null) return { ...state, draft: { ...draft, lookedFor, support, open } }
  const asking = { ...state, draft: { ...draft, lookedFor, support, open: [...open, 'support'] } }
  return offered(asking as State, support, null, context)
}

/** Both name the same street, lane or house number: "gg 5", "Gang 5 no. 2". */
function sharesStreet(city: City, one: string, other: string): boolean {
  const others = streetsIn(city, other)
  return [...streetsIn(city, one)].some((street) => others.has(street))
}

function streetsIn(city: City, text: string): ReadonlySet<string> {
  const { streets, numbered } = city.vocabulary.places
  const marks = new Set([...streets, ...numbered])
  const tokens = tokensOf(text, wordsOf(city).tokenRules)
  return new Set(
    tokens.flatMap(({ word }, at) => {
      const next = tokens[at + 1]
      return marks.has(word) && next !== undefined ? [`${word} ${next.word}`] : []
    }),
  )
}
