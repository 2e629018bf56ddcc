// What a picked choice does to a draft: fills one item, reopens one, or ends it.
// One item at a time; all others stay as they are.

import { NOWHERE } from '../complaints/complaint.ts'
import { FIXES, leafedOn, MORE } from './choices.ts'
import { villageOf } from './draft.ts'
import { cityWords, type Line, line } from './lines.ts'
import { type Draft, openSlot, type Slot } from './state.ts'
import type { Context } from './turn.ts'

/** The draft afterwards; or, when it is not to be filed, what is said of that. */
export function chosen(context: Context, draft: Draft, slot: Slot, choice: string): Draft | Line {
  switch (slot) {
    case 'government':
      return government(context, draft, choice)
    case 'outside':
      if (choice === 'yes') return without(inside(draft, context), slot)
      return line(context, 'outside_dropped', {})
    case 'category': {
      if (choice === MORE) return { ...draft, leafed: leafedOn(draft.leafed) }
      const agency = context.city.categoryById.get(choice)?.agency ?? null
      return without({ ...byHand(draft, 'category'), category: choice, agency, leafed: 0 }, slot)
    }
    case 'position':
      return positioned(draft, choice === 'yes')
    case 'place':
      return placed(context, draft, choice)
    case 'privacy':
      return without(secret(draft, choice), slot)
    case 'summary':
      if (choice === 'drop') return line(context, 'draft_dropped', {})
      return choice === 'send' ? without(draft, slot) : reopened(draft, choice)
    case 'problem':
    case 'support':
    case 'photo':
      return without(draft, slot)
  }
}

export function without(draft: Draft, slot: Slot): Draft {
  return { ...draft, open: draft.open.filter((one) => one !== slot) }
}

function government(context: Context, draft: Draft, choice: string): Draft | Line {
  if (choice === 'ours') return without(draft, 'government')
  const other = context.city.prefixes.others[Number(choice.slice('other:'.length))]
  if (other === undefined) return draft
  return line(context, 'other_government', {
    name: other.name,
    turn: cityWords(context, other.turnTo),
  })
}

/** It lies in the city after all: then its usual agency is meant. */
function inside(draft: Draft, { city }: Context): Draft {
  const agency = city.categoryById.get(draft.category ?? '')?.agency ?? null
  return { ...draft, outside: null, agency }
}

/** Picked by the citizen: later words do not change it. */
function byHand(draft: Draft, item: Draft['picked'][number]): Draft {
  return { ...draft, picked: [...draft.picked.filter((one) => one !== item), item] }
}

/** Where the picture was taken is the place, or is not. */
function positioned(draft: Draft, wanted: boolean): Draft {
  const { photoAt } = draft
  const asked = without({ ...draft, photoAt: null }, 'position')
  if (!wanted || photoAt === null) return asked
  return without({ ...byHand(asked, 'place'), place: { ...draft.place, ...photoAt } }, 'place')
}

function placed({ city }: Context, draft: Draft, choice: string): Draft {
  const village = villageOf(city, choice)
  const settled = { ...draft, villages: [], guessed: false }
  if (village !== null) {
    const place = { ...draft.place, kelurahan: village.name, kecamatan: village.district }
    return without({ ...byHand(settled, 'place'), place }, 'place')
  }
  // A guess that was wrong leaves the place as it was typed.
  return choice === 'none' && !draft.guessed ? settled : without(settled, 'place')
}

function secret(draft: Draft, choice: string): Draft {
  return {
    ...draft,
    anonymous: choice === 'anonymous',
    confidential: choice === 'confidential' || draft.sensitive,
  }
}

/** One item of the summary emptied, to be asked again. What it held is not forgotten before something takes its place. */
function reopened(draft: Draft, choice: string): Draft {
  const fix = FIXES.find((one) => one === choice)
  const { words, from, category, agency, place, media, open } = draft
  const kept = { ...draft, before: { words, from, category, agency, place, media } }
  switch (fix) {
    case 'words':
      return { ...kept, words: [], from: [], open: ['problem', ...open] }
    case 'category':
      return { ...kept, category: null, leafed: 0, open: ['category', ...open] }
    case 'place':
      return {
        ...kept,
        place: NOWHERE,
        placeFrom: null,
        villages: [],
        guessed: false,
        open: ['place', ...open],
      }
    case 'media':
      return { ...kept, media: [], open: ['photo', ...open] }
    case 'privacy':
      return { ...draft, anonymous: false, open: ['privacy', ...open] }
    case undefined:
      return draft
  }
}

/** The draft with what its item held that was being corrected, if nothing has taken its place. */
export function restored(draft: Draft): Draft {
  const { before, open } = draft
  if (before === null) return draft
  switch (openSlot(draft)) {
    case 'problem':
      if (draft.words.length > 0 || before.words.length === 0) return draft
      return without({ ...draft, words: before.words, from: before.from }, 'problem')
    case 'category':
      return without({ ...draft, category: before.category, agency: before.agency }, 'category')
    case 'place':
      return draft.place.text === null ? without({ ...draft, place: before.place }, 'place') : draft
    case 'photo':
      return { ...draft, media: before.media, open }
    default:
      return draft
  }
}
