// The choices of the question that is open, and which one an answer picks.
// Asking and reading the answer use the same list, so a number can never mean two things.

import type { Choice, Language } from '../message.ts'
import { villageOf } from './draft.ts'
import { categoryWords, words } from './lines.ts'
import { findCase, type Moment } from './moment.ts'
import type { Draft, Question, Slot } from './state.ts'
import type { Context } from './turn.ts'

const YES = 'yes'
const NO = 'no'
const SKIP = 'skip'
const NONE = 'none'
export const NEW = 'new'
/** Before the code of a language: `language:en`. */
const LANGUAGE = 'language:'
/** Before the answers to HAPUS DATA. */
const ERASING = 'erase:'
export const ERASE = `${ERASING}yes`
export const KEEP = `${ERASING}no`
/** Leafs on in the city's categories. */
export const MORE = 'more'

/** Asked beside whatever else is open, and each for its own time: no step makes them late. */
export function holdsBesides(value: string): boolean {
  return value.startsWith(LANGUAGE) || value.startsWith(ERASING)
}

/** What the message picks from the open choices; null when it picks none of them. */
export function picked(moment: Moment, choices: readonly Choice[]): string | null {
  const { message, reading } = moment
  if (message.choice !== null)
    return choices.find(({ value }) => value === message.choice)?.value ?? null
  if (reading.number !== null) {
    const numbered = isYesNo(choices) ? [] : choices
    return numbered[reading.number - 1]?.value ?? null
  }
  const meant = reading.intent === 'yes' ? YES : reading.intent === 'no' ? NO : null
  if (meant !== null) return choices.find(({ value }) => value === meant)?.value ?? null
  const said = message.text.trim().toLowerCase()
  return choices.find(({ label }) => label.toLowerCase() === said)?.value ?? null
}

/** A category that is on another leaf than the one shown last is picked all the same. */
export function pickedCategory(moment: Moment, choices: readonly Choice[]): string | null {
  const { choice } = moment.message
  const known = choice !== null && moment.context.city.categoryById.has(choice)
  return known ? choice : picked(moment, choices)
}

export function isYesNo(choices: readonly Choice[]): boolean {
  return choices.some(({ value }) => value === YES)
}

export const FIXES = ['words', 'category', 'place', 'media', 'privacy'] as const

export function slotChoices(context: Context, draft: Draft, slot: Slot): readonly Choice[] {
  switch (slot) {
    case 'government':
      return governments(context)
    case 'problem':
      return []
    case 'outside':
    case 'position':
    case 'support':
      return yesNo(context)
    case 'category':
      return categoryChoices(context, draft.categories, draft.leafed)
    case 'place':
      if (draft.villages.length > 1 || draft.guessed) return villageChoices(context, draft.villages)
      return [{ value: SKIP, label: words(context, 'choice_skip', {}) }]
    case 'photo':
      return [{ value: SKIP, label: words(context, 'choice_skip', {}) }]
    case 'privacy':
      return [
        { value: 'open', label: words(context, 'choice_open', {}) },
        { value: 'anonymous', label: words(context, 'choice_anonymous', {}) },
        { value: 'confidential', label: words(context, 'choice_confidential', {}) },
      ]
    case 'summary':
      return [
        { value: 'send', label: words(context, 'choice_send', {}) },
        ...FIXES.map((fix) => ({ value: fix, label: words(context, `choice_fix_${fix}`, {}) })),
        { value: 'drop', label: words(context, 'choice_drop', {}) },
      ]
  }
}

function governments({ city }: Context): readonly Choice[] {
  return [
    { value: 'ours', label: city.shortName },
    ...city.prefixes.others.map(({ name }, at) => ({ value: `other:${at}`, label: name })),
  ]
}

const MOST_CATEGORIES = 3
/** A list of a chat holds ten rows: these, the way on and the way out. */
const LEAF = 7

/** The likely ones, filled up with the city's first ones; behind "something else" all the others, leaf by leaf. */
function categoryChoices(
  context: Context,
  ids: readonly string[],
  leafed: number,
): readonly Choice[] {
  const other = context.city.otherCategory
  const all = [...new Set([...ids, ...context.city.categories.map(({ id }) => id)])]
  const rest = all.filter((id) => id !== other).slice(leafed)
  const shown = rest.slice(0, leafed === 0 ? MOST_CATEGORIES : LEAF)
  const more = rest.length > shown.length
  const further = leafed === 0 ? 'choice_other' : 'choice_more'
  return [
    ...shown.map((id) => ({ value: id, label: categoryWords(context, id) })),
    ...(more ? [{ value: MORE, label: words(context, further, {}) }] : []),
    ...(leafed === 0 && more ? [] : [{ value: other, label: words(context, 'choice_other', {}) }]),
  ]
}

/** How many are leafed past at "more". */
export function leafedOn(leafed: number): number {
  return leafed + (leafed === 0 ? MOST_CATEGORIES : LEAF)
}

/** More than this does not fit an SMS together with its ticket. */
const MOST_VILLAGES = 5

function villageChoices(context: Context, codes: readonly string[]): readonly Choice[] {
  return [
    ...codes.slice(0, MOST_VILLAGES).map((code) => ({
      value: code,
      label: villageOf(context.city, code)?.name ?? code,
    })),
    { value: NONE, label: words(context, 'choice_none', {}) },
  ]
}

export function yesNo(context: Context): readonly Choice[] {
  return [
    { value: YES, label: words(context, 'choice_yes', {}) },
    { value: NO, label: words(context, 'choice_no', {}) },
  ]
}

/** Those the city has phrases in, each called as its speakers call it. */
export function languageChoices(context: Context): readonly Choice[] {
  const spoken = Object.keys(context.city.phrases) as Language[]
  return spoken.map((language) => ({
    value: `${LANGUAGE}${language}`,
    label: words(context, `choice_language_${language}`, {}),
  }))
}

/** Of a choice's value, or of the code alone. */
export function languageOf(value: string): Language {
  return value.replace(LANGUAGE, '') as Language
}

export function choicesOf(context: Context, question: Question): readonly Choice[] {
  switch (question.type) {
    case 'village':
      return villageChoices(context, question.villages)
    case 'category':
      return categoryChoices(context, question.categories, question.leafed)
    case 'position':
    case 'join':
    case 'support':
    case 'solved':
    case 'cancel':
      return yesNo(context)
    case 'which':
      return [
        ...question.tickets.map((id) => ({ value: id, label: caseLabel(context, id) })),
        ...(question.orNew ? [{ value: NEW, label: words(context, 'choice_new', {}) }] : []),
      ]
    case 'place':
    case 'rate':
    case 'words':
    case 'prove':
      return []
  }
}

function caseLabel(context: Context, ticket: string): string {
  const found = findCase(context, ticket)
  const category = categoryWords(context, found?.complaint.category ?? null)
  return words(context, 'which_item', { id: ticket, category })
}
