// What a picked choice does to a draft: fills one item, reopens one, or ends it.
// One item at a time; all others stay as they are.

import { NOWHERE } from '../complaints/complaint.ts'
import { FIXES } from './choices.ts'
import { villageOf } from './draft.ts'
import { cityWords, type Line, line } from './lines.ts'
import type { Draft, Slot } from './state.ts'
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
      const agency = context.city.categoryById.get(choice)?.agency ?? null
      return without({ ...draft, category: choice, agency }, slot)
    }
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

function placed({ city }: Context, draft: Draft, choice: string): Draft {
  const village = villageOf(city, choice)
  if (village !== null) {
    const place = { ...draft.place, kelurahan: village.name, kecamatan: village.district }
    return without({ ...draft, place, villages: [] }, 'place')
  }
  return choice === 'none' ? { ...draft, villages: [] } : without(draft, 'place')
}

function secret(draft: Draft, choice: string): Draft {
  return {
    ...draft,
    anonymous: choice === 'anonymous',
    confidential: choice === 'confidential' || draft.sensitive,
  }
}

/** One item of the summary emptied, to be asked again. */
function reopened(draft: Draft, choice: string): Draft {
  const fix = FIXES.find((one) => one === choice)
  switch (fix) {
    case 'words':
      return { ...draft, words: [], open: ['problem', ...draft.open] }
    case 'category':
      return { ...draft, category: null, open: ['category', ...draft.open] }
    case 'place':
      return { ...draft, place: NOWHERE, villages: [], open: ['place', ...draft.open] }
    case 'media':
      return { ...draft, media: [], open: ['photo', ...draft.open] }
    case 'privacy':
      return { ...draft, anonymous: false, open: ['privacy', ...draft.open] }
    case undefined:
      return draft
  }
}
