// What a poster's link says of the complaint to come: `kel-CODE` and `kat-ID`, either or both with `--` between.
// The complaint that follows within the hour takes from it only what its own words leave open.

import type { City } from '../../city/city.ts'
import { villageOf } from '../draft.ts'
import { categoryWords, type Line, line } from '../lines.ts'
import { HOUR_MS, type Moment, type Outcome } from '../moment.ts'
import type { Draft, Slot, State } from '../state.ts'
import type { Context } from '../turn.ts'
import { greeting } from './small-talk.ts'

/** Null: no deep link, or words behind a bare one. What it does not understand is a plain beginning. */
export function deepLink(moment: Moment): Outcome | null {
  const { state, context, message } = moment
  if (message.start === null || (message.start === '' && message.text !== '')) return null
  const effects = context.person.stopped ? [{ type: 'resume-notices' } as const] : []
  const named = namedBy(message.start, context.city)
  const untilMs = context.now.getTime() + HOUR_MS
  if (state.draft !== null) {
    const poster = named === null ? null : { ...named, untilMs }
    const draft = withPoster(state.draft, poster, context)
    return { state: { ...state, draft }, lines: [], effects, ask: true }
  }
  const resumed = context.person.stopped ? [line(context, 'start_ok', {})] : []
  if (named === null) {
    const { state: greeted, lines } = greeting(moment)
    return { state: greeted, lines: [...resumed, ...lines], effects }
  }
  return {
    state: { ...state, poster: { ...named, untilMs } },
    lines: [...resumed, welcome(context, named)],
    effects,
  }
}

type Named = Pick<NonNullable<State['poster']>, 'category' | 'village'>

function namedBy(payload: string, city: City): Named | null {
  let category: string | null = null
  let village: string | null = null
  for (const part of payload.split('--')) {
    const [, kind, id = ''] = /^(kel|kat)-(.+)$/.exec(part) ?? []
    if (kind === 'kat') category = city.categoryById.has(id) ? id : category
    if (kind === 'kel') village = villageCode(id, city) ?? village
  }
  return category === null && village === null ? null : { category, village }
}

/** A link carries letters, figures, `_` and `-` only: the dots of a code are left out in it. */
function villageCode(id: string, city: City): string | null {
  const bare = (code: string) => code.replace(/[^A-Za-z0-9]/g, '')
  const villages = city.places.districts.flatMap((district) => district.villages)
  return villages.find(({ code }) => bare(code) === bare(id))?.code ?? null
}

function welcome(context: Context, { category, village }: Named): Line {
  const place = village === null ? null : (villageOf(context.city, village)?.name ?? null)
  const matter = category === null ? null : categoryWords(context, category)
  if (place === null) return line(context, 'poster_category', { category: matter ?? '' })
  if (matter === null) return line(context, 'poster_place', { place })
  return line(context, 'poster_both', { category: matter, place })
}

/** The draft with what the poster says, where the words left it open. */
export function withPoster(draft: Draft, poster: State['poster'], context: Context): Draft {
  if (poster === null || context.now.getTime() >= poster.untilMs) return draft
  const open = new Set<Slot>(draft.open)
  let next = draft
  const unsure = draft.category === null || open.has('category')
  if (poster.category !== null && unsure && !draft.picked.includes('category')) {
    const agency = context.city.categoryById.get(poster.category)?.agency ?? null
    next = { ...next, category: poster.category, agency, picked: [...next.picked, 'category'] }
    open.delete('category')
  }
  const village = poster.village === null ? null : villageOf(context.city, poster.village)
  if (village !== null && saysNoPlace(draft)) {
    const place = { ...next.place, kelurahan: village.name, kecamatan: village.district }
    next = { ...next, place, picked: [...next.picked, 'place'] }
    open.delete('place')
  }
  return { ...next, open: draft.open.filter((slot) => open.has(slot)) }
}

function saysNoPlace({ place, villages, outside }: Draft): boolean {
  return place.kelurahan === null && place.lat === null && villages.length === 0 && outside === null
}
