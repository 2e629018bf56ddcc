// A draft read anew after one of its messages was edited: what its words say now, and what the citizen picked as it was.

import { digestOf } from './digest.ts'
import { draftFrom, fullWords } from './draft.ts'
import type { Moment } from './moment.ts'
import type { Draft, Slot } from './state.ts'
import { understand } from './understand/understand.ts'

/** What no words can open again once it is closed, nor close while it is open. */
const BESIDE_THE_WORDS: readonly Slot[] = ['position', 'support', 'photo', 'privacy']

/** `at`: which of its words the message takes the place of. */
export function reread(draft: Draft, at: number, moment: Moment): Draft {
  const { message, context } = moment
  const { words, from } = replaced(draft, at, fullWords(moment))
  const text = words.join('\n')
  const whole = { ...message, text, media: draft.media, position: pinOf(draft) }
  const reading = understand(text, context.city)
  const fresh = draftFrom({ ...moment, message: whole, reading }, draft.near)
  const keepsCategory = draft.picked.includes('category')
  const keepsPlace = draft.picked.includes('place') || draft.placeFrom !== null
  const next: Draft = {
    ...fresh,
    ...{ words, from, parts: [...draft.parts, message.providerId], picked: draft.picked },
    ...(keepsCategory ? { category: draft.category, agency: draft.agency } : {}),
    ...(keepsPlace ? { place: draft.place, villages: draft.villages, guessed: draft.guessed } : {}),
    ...{ placeFrom: draft.placeFrom, photoAt: draft.photoAt },
    ...{ lookedFor: draft.lookedFor, support: draft.support },
    anonymous: draft.anonymous || moment.reading.asksAnonymous,
    confidential: draft.confidential || fresh.confidential,
  }
  const kept = new Set<Slot>(BESIDE_THE_WORDS)
  if (keepsCategory || isLeftOut('category', draft)) kept.add('category')
  if (keepsPlace || isLeftOut('place', draft)) kept.add('place')
  const open = [...fresh.open.filter((slot) => !kept.has(slot))]
  return { ...next, open: [...open, ...draft.open.filter((slot) => kept.has(slot))] }
}

function replaced({ words, from }: Draft, at: number, text: string) {
  const twice = words.some((one, index) => index !== at && digestOf(one) === digestOf(text))
  if (text === '' || twice)
    return { words: words.filter((_, i) => i !== at), from: from.filter((_, i) => i !== at) }
  return { words: words.map((one, i) => (i === at ? text : one)), from: [...from] }
}

function pinOf({ place: { lat, lon } }: Draft) {
  return lat === null || lon === null ? null : { lat, lon }
}

/** It was asked for, and left out. */
function isLeftOut(slot: 'category' | 'place', { open, category, place }: Draft): boolean {
  if (open.includes(slot)) return false
  return slot === 'category'
    ? category === null
    : place.kelurahan === null && place.text === null && place.lat === null
}
