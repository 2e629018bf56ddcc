// The words of the question that is open, with its choices: tapped, or numbered in the text.
// One question at most: the draft's first open item, else the one about what is filed.

import type { Choice } from '../message.ts'
import { choicesOf, isYesNo, languageChoices, slotChoices } from './choices.ts'
import { wordsToFile } from './draft.ts'
import { categoryWords, type Line, line, words } from './lines.ts'
import type { Facts } from './moment.ts'
import { stamped } from './press.ts'
import {
  type Draft,
  isChoosingLanguage,
  openSlot,
  type Question,
  type Slot,
  type State,
} from './state.ts'
import type { Context } from './turn.ts'

/** The open question as lines: the words, then the numbered choices. Empty when nothing is open. */
export function questionLines({ state, context }: Facts): readonly Line[] {
  if (isChoosingLanguage(state, context.now.getTime()))
    return withChoices(line(context, 'ask_language', {}), languageChoices(context), state, context)
  const slot = openSlot(state.draft)
  if (state.draft !== null && slot !== null) {
    const said = slotLine(context, state.draft, slot)
    return withChoices(said, slotChoices(context, state.draft, slot), state, context)
  }
  if (state.question === null) return []
  const said = questionLine(context, state.question)
  return withChoices(said, choicesOf(context, state.question), state, context)
}

/** Where the channel has no buttons, choices are numbered in the text; YA and TIDAK stand in the question itself. */
function withChoices(
  said: Line,
  choices: readonly Choice[],
  state: State,
  context: Context,
): readonly Line[] {
  if (choices.length === 0) return [said]
  const asked = { ...said, choices: stamped(choices, state) }
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
      if (draft.guessed) return line(context, 'ask_village_like', {})
      return draft.villages.length > 1
        ? line(context, 'ask_village', {})
        : line(context, placeQuestion(context), {})
    case 'position':
      return line(context, 'ask_position', {})
    case 'support':
      return line(context, 'ask_support_instead', { into: draft.support ?? '' })
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
    words: excerpt(wordsToFile(draft, context)),
  })
}

/** Its writer knows the whole: a summary must go with its choices into one message of a chat. */
const LONGEST_WORDS = 600

function excerpt(words: string): string {
  if (words.length <= LONGEST_WORDS) return words
  const characters = [...words.slice(0, LONGEST_WORDS)]
  // Half a character may stand at the cut.
  return `${characters.slice(0, -1).join('').trimEnd()} ...`
}

function questionLine(context: Context, question: Question): Line {
  switch (question.type) {
    case 'place':
      return line(context, placeQuestion(context), {}, { ticket: question.ticket })
    case 'village':
      return line(
        context,
        question.guessed ? 'ask_village_like' : 'ask_village',
        {},
        { ticket: question.ticket },
      )
    case 'position':
      return line(context, 'ask_position_of', { id: question.ticket }, { ticket: question.ticket })
    case 'category':
      return line(context, 'ask_category', {}, { ticket: question.ticket })
    case 'join':
      return line(context, 'ask_join', { into: question.into }, { ticket: question.ticket })
    case 'support':
      return line(context, 'ask_support', { into: question.into }, { ticket: question.ticket })
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
