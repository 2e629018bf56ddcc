// BAHASA: the language of the answers. Asked beside whatever else is open, so no draft and no question is lost to it;
// what was open is asked again in the new language.

import type { Language } from '../../message.ts'
import { languageChoices, languageOf, picked } from '../choices.ts'
import { line } from '../lines.ts'
import type { Moment, Outcome } from '../moment.ts'
import { isChoosingLanguage } from '../state.ts'
import { languageNamed } from '../understand/languages.ts'

export function language(moment: Moment): Outcome {
  const { reading, context } = moment
  const named = languageNamed(reading.words, context.city)
  return named === null || !isSpoken(moment, named) ? asked(moment) : spokenIn(moment, named)
}

/** The answer to "which language?", or a button of it, however late; null: the message is to be taken for itself. */
export function chosenLanguage(moment: Moment): Outcome | null {
  const { state, context, message, reading } = moment
  const choices = languageChoices(context)
  const pressed = choices.some(({ value }) => value === message.choice)
  if (!pressed && !isChoosingLanguage(state, context.now.getTime())) return null
  const value = picked(moment, choices) ?? namedAlone(moment)
  const chosen = value === null ? null : languageOf(value)
  if (chosen !== null && isSpoken(moment, chosen)) return spokenIn(moment, chosen)
  if (reading.intent !== 'number') return null
  return { ...asked(moment), lines: [line(context, 'choose_number', {})], heard: 'unclear' }
}

/** The city has phrases in it. */
function isSpoken({ context }: Moment, language: Language): boolean {
  return context.city.phrases[language] !== undefined
}

/** A name alone, which without the question might be that of a government. */
function namedAlone({ message, context }: Moment): Language | null {
  const words = message.text.trim().split(/\s+/)
  return words.length > 1 ? null : languageNamed(message.text, context.city)
}

function asked({ state, context }: Moment): Outcome {
  return { state: { ...state, languageAskedMs: context.now.getTime() }, lines: [], ask: true }
}

function spokenIn(moment: Moment, chosen: Language): Outcome {
  return {
    state: withoutChoosing(moment).state,
    lines: [line(moment.context, 'language_set', {})],
    effects: [{ type: 'language', language: chosen }],
    ask: true,
  }
}

/** Whatever else is said leaves the question which language is wanted. */
export function withoutChoosing(moment: Moment): Moment {
  const { state } = moment
  return state.languageAskedMs === null
    ? moment
    : { ...moment, state: { ...state, languageAskedMs: null } }
}
