// Turns a phrase key and its parameters into the words of a language and a channel.
// Every word the bot says stands in config/phrases; this file only fills the gaps.

import type { City, Phrase } from '../city/city.ts'
import type { Language } from '../message.ts'

/** A key of config/phrases with a value for each of its placeholders. */
export interface PhraseParams {
  readonly key: string
  readonly params: Readonly<Record<string, string>>
}

/** `sms` takes the short variant where one exists. */
export type Style = 'sms' | 'chat'

export function render(city: City, language: Language, style: Style, phrase: PhraseParams): string {
  const entry: Phrase | undefined =
    city.phrases[language]?.[phrase.key] ?? city.phrases.id[phrase.key]
  if (entry === undefined)
    throw new Error(`phrase "${phrase.key}" is missing in config/phrases/id.yaml; add it there`)
  const text = style === 'sms' && entry.sms !== null ? entry.sms : entry.text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => phrase.params[name] ?? whole)
}
