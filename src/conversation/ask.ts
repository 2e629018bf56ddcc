// The words and choices of the question that is open, and which choice an answer picks.
// Asking and reading the answer use the same list, so a number can never mean two things.

import type { Choice } from '../message.ts'
import { villageOf, wordsToFile } from './draft.ts'
import { categoryWords, type Line, line, words } from './lines.ts'
import { type Facts, findCase, type Moment } from './moment.ts'
import { type Draft, openSlot, type Question, type Slot } from './state.ts'
import type { Context } from './turn.ts'

export const YES = 'yes'
export const NO = 'no'
export const SKIP = 'skip'
export const NONE = 'none'
export const NEW = 'new'

/** The open question as lines: the words, then the numbered choices. Empty when nothing is open. */
export function questionLines({ state, context }: Facts): readonly Line[] {
  const slot = openSlot(state.draft)
  if (state.draft !== null && slot !== null) {
    const said = slotLine(context, state.draft, slot)
    return withChoices(context, said, slotChoices(context, state.draft, slot))
  }
  if (state.question === null) return []
  const said = questionLine(context, state.question)
  return withChoices(context, said, choicesOf(context, state.question))
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

function isYesNo(choices: readonly Choice[]): boolean {
  return choices.some(({ value }) => value === YES)
}

/** Where the channel has no buttons, choices are numbered in the text; YA and TIDAK stand in the question itself. */
function withChoices(context: Context, said: Line, choices: readonly Choice[]): readonly Line[] {
  if (choices.length === 0) return [said]
  const asked = { ...said, choices }
  if (context.person.buttons || isYesNo(choices)) return [asked]
  if (choices.length === 1) return [asked, line(context, 'or_skip', {})]
  const items = choices.map(({ label }, at) =>
    words(context, 'choice', { n: String(at + 1), label }),
  )
  const list = items.reduce((first, second) => words(context, 'list_join', { first, second }))
  return [asked, line(context, 'choices', { list })]
}

function slotLine(context: Context, draft: Draft, slot: Slot): Line {
  switch (slot) {
    case 'government':
      return line(context, 'ask_government', {})
    case 'problem':
      return line(context, 'ask_problem', {})
    case 'outside':
      return line(context, 'ask_outside', {})
    case 'category':
      return line(context, 'ask_category', {})
    case 'place':
      return draft.villages.length > 1
        ? line(context, 'ask_village', {})
        : line(context, placeQuestion(context), {})
    case 'photo':
      return line(context, 'ask_photo', {})
    case 'privacy':
      return line(context, 'ask_privacy', {})
    case 'summary':
      return summaryLine(context, draft)
  }
}

/** A city without kelurahan is not asked for one. */
function placeQuestion({ city }: Context): 'ask_place' | 'ask_place_plain' {
  return city.places.districts.length === 0 ? 'ask_place_plain' : 'ask_place'
}

function summaryLine(context: Context, draft: Draft): Line {
  const none = words(context, 'summary_none', {})
  const { kelurahan, text, lat } = draft.place
  const places = [text, kelurahan, lat === null ? null : words(context, 'words_pin', {})]
  const secrecy = (['anonymous', 'confidential'] as const).filter((kind) => draft[kind])
  return line(context, 'summary', {
    category: categoryWords(context, draft.category),
    place: [...new Set(places.filter((part) => part !== null))].join(', ') || none,
    media: draft.media.length === 0 ? none : String(draft.media.length),
    privacy:
      secrecy.map((kind) => words(context, `choice_${kind}`, {})).join(', ') ||
      words(context, 'choice_open', {}),
    words: wordsToFile(draft, context),
  })
}

export const FIXES = ['words', 'category', 'place', 'media', 'privacy'] as const

export function slotChoices(context: Context, draft: Draft, slot: Slot): readonly Choice[] {
  switch (slot) {
    case 'government':
      return governments(context)
    case 'problem':
      return []
    case 'outside':
      return yesNo(context)
    case 'category':
      return categoryChoices(context, draft.categories)
    case 'place':
      if (draft.villages.length > 1) return villageChoices(context, draft.villages)
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

/** The likely ones, filled up with the city's first ones, and "something else". */
function categoryChoices(context: Context, ids: readonly string[]): readonly Choice[] {
  const other = context.city.otherCategory
  const all = new Set([...ids, ...context.city.categories.map(({ id }) => id)])
  all.delete(other)
  return [
    ...[...all]
      .slice(0, MOST_CATEGORIES)
      .map((id) => ({ value: id, label: categoryWords(context, id) })),
    { value: other, label: words(context, 'choice_other', {}) },
  ]
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

function yesNo(context: Context): readonly Choice[] {
  return [
    { value: YES, label: words(context, 'choice_yes', {}) },
    { value: NO, label: words(context, 'choice_no', {}) },
  ]
}

function questionLine(context: Context, question: Question): Line {
  switch (question.type) {
    case 'place':
      return line(context, placeQuestion(context), {}, { ticket: question.ticket })
    case 'village':
      return line(context, 'ask_village', {}, { ticket: question.ticket })
    case 'category':
      return line(context, 'ask_category', {}, { ticket: question.ticket })
    case 'join':
      return line(context, 'ask_join', { into: question.into }, { ticket: question.ticket })
    case 'which':
      return line(context, 'ask_which', {})
    case 'rate':
      return line(context, 'ask_rate', { id: question.ticket }, { ticket: question.ticket })
    case 'solved':
      return line(context, 'ask_solved', { id: question.ticket }, { ticket: question.ticket })
    case 'words':
      return line(context, 'ask_words', { id: question.ticket }, { ticket: question.ticket })
    case 'cancel':
      return line(context, 'ask_cancel', { id: question.ticket }, { ticket: question.ticket })
    case 'prove':
      return line(context, 'ask_prove', {})
  }
}

export function choicesOf(context: Context, question: Question): readonly Choice[] {
  switch (question.type) {
    case 'village':
      return villageChoices(context, question.villages)
    case 'category':
      return categoryChoices(context, question.categories)
    case 'join':
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
