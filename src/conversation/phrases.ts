// Turns a phrase key and its parameters into the words of a language and a channel.
// Every word the bot says stands in config/phrases; this file only fills the gaps.

import type { City, Phrase, Told } from '../city/city.ts'
import { localDate } from '../complaints/clocks.ts'
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
  return text.replace(
    /\{(\w+)\}/g,
    (whole, name: string) => phrase.params[name] ?? ofCity(city, language, name) ?? whole,
  )
}

/** The city's own words in this language, else in Indonesian. */
export function toldIn(language: Language, told: Told): string {
  return told[language] ?? told.id
}

/** What the city itself fills in everywhere. */
function ofCity(city: City, language: Language, name: string): string | undefined {
  switch (name) {
    case 'inst':
      return city.name
    case 'city':
      return city.shortName
    case 'zone':
      return city.zoneLabel
    case 'emergency':
      return city.emergency.general
    case 'police':
      return city.emergency.police
    case 'ombudsman':
      return city.ombudsman
    case 'example':
      return toldIn(language, city.example)
    default:
      return undefined
  }
}

/** `25/12/2026`, the calendar date in the city's zone. */
export function formatDate(at: Date, city: City): string {
  return localDate(at, city.zone).split('-').reverse().join('/')
}
