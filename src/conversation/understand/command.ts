// Reads a command by its first word, only when what follows fits: a ticket, nothing, or words of politeness.
// "stop dulu perbaikan jalan ini" has words that do not fit, so it is no command.

import type { City } from '../../city/city.ts'
import { readTickets } from '../../complaints/ticket.ts'
import type { CityWords } from './city-words.ts'
import { isCompany } from './company.ts'
import { namesOneLanguage } from './languages.ts'
import { errorsBetween } from './spelling.ts'
import type { Token } from './tokens.ts'
import type { Command, CommandName } from './understanding.ts'

/** What may follow: a ticket or nothing; also free words; also a figure; a ticket is a must; one language; anything at all. */
type Arguments =
  | 'ticket'
  | 'ticket-then-words'
  | 'words'
  | 'rating'
  | 'ticket-only'
  | 'language'
  | 'anything'

const ARGUMENTS: Readonly<Record<CommandName, Arguments>> = {
  status: 'ticket',
  add: 'words',
  reply: 'words',
  satisfied: 'ticket-then-words',
  dissatisfied: 'ticket-then-words',
  rate: 'rating',
  reopen: 'ticket-then-words',
  cancel: 'ticket-then-words',
  show: 'ticket',
  link: 'ticket-only',
  support: 'ticket-only',
  anonymous: 'ticket',
  confidential: 'ticket',
  help: 'ticket',
  stop: 'ticket',
  start: 'ticket',
  language: 'language',
  data: 'ticket',
  erase: 'ticket',
  erase_yes: 'ticket',
  file: 'anything',
}

const TYPO_FROM = 5
const TICKET = /(?:^|[^\d])(\d(?:[ .#-]?\d){7})(?!\d)/
/** A digit short, or one or two too many, and nothing else. */
const NEARLY_TICKET = /^[\s.:#,-]*(?:no\.?\s*)?(\d{7}|\d{9,10})[\s.!?]*$/i
const BEFORE_TICKET = /^[\s.:#,-]*$/

export interface TextTickets {
  readonly tickets: readonly string[]
  readonly mistyped: readonly string[]
}

export function ticketsIn(text: string): TextTickets {
  return /\d/.test(text) ? readTickets(text) : { tickets: [], mistyped: [] }
}

/** A command by its first word; null when there is none or its arguments do not fit. */
export function readCommand(
  text: string,
  tokens: readonly Token[],
  city: City,
  words: CityWords,
  hasMatter: boolean,
): Command | null {
  const named = nameOf(tokens, words)
  if (named === null) return null
  const tail = text.slice(tokens[named.length - 1]?.end ?? 0)
  const given = nearlyGiven(tail, named.name) ?? ticketGiven(tail, city, words)
  const fits = argumentsFit(named.name, tail, given, city, words, hasMatter)
  if (!fits) return null
  return {
    name: named.name,
    ticket: given.ticket,
    mistyped: given.mistyped,
    rest: given.rest,
    rating: named.name === 'rate' ? ratingIn(given.rest) : null,
    natural:
      given.ticket === null &&
      given.mistyped === null &&
      given.rest !== '' &&
      named.name !== 'file',
  }
}

interface Given {
  readonly ticket: string | null
  readonly mistyped: string | null
  readonly rest: string
}

function nameOf(
  tokens: readonly Token[],
  words: CityWords,
): { readonly name: CommandName; readonly length: number } | null {
  const [first, second] = tokens
  if (first === undefined) return null
  if (second !== undefined) {
    const pair =
      words.commands.get(`${first.raw} ${second.raw}`) ??
      words.commands.get(`${first.word} ${second.word}`)
    if (pair !== undefined) return { name: pair, length: 2 }
  }
  const name =
    words.commands.get(first.raw) ?? words.commands.get(first.word) ?? misspelt(first.raw, words)
  return name === null ? null : { name, length: 1 }
}

/** One letter wrong, in a word that is no other known word. */
function misspelt(word: string, words: CityWords): CommandName | null {
  if (word.length < TYPO_FROM - 1 || words.lexicon.knows(word)) return null
  for (const [known, name] of words.commands)
    if (known.length >= TYPO_FROM && errorsBetween(known, word) === 1) return name
  return null
}

function nearlyGiven(tail: string, name: CommandName): Given | null {
  const mistyped = ARGUMENTS[name] === 'words' ? undefined : NEARLY_TICKET.exec(tail)?.[1]
  return mistyped === undefined ? null : { ticket: null, mistyped, rest: '' }
}

function ticketGiven(tail: string, city: City, words: CityWords): Given {
  const match = TICKET.exec(tail)
  const group = match?.[1]
  if (match === null || group === undefined)
    return { ticket: null, mistyped: null, rest: tidy(tail) }
  const start = match.index + match[0].length - group.length
  const before = tail.slice(0, start)
  if (!BEFORE_TICKET.test(before) && !isCompany(before, null, city, words))
    return { ticket: null, mistyped: null, rest: tidy(tail) }
  const read = readTickets(group)
  return {
    ticket: read.tickets[0] ?? null,
    mistyped: read.tickets.length > 0 ? null : (read.mistyped[0] ?? null),
    rest: tidy(tail.slice(start + group.length)),
  }
}

/** The text with its first eight digits taken out. */
export function withoutTicket(text: string): string {
  return text.replace(/\d(?:[ .#-]?\d){7}(?!\d)/, '')
}

function tidy(text: string): string {
  return text.replace(/^[\s.,:;#?!-]+/, '').trim()
}

function argumentsFit(
  name: CommandName,
  tail: string,
  given: Given,
  city: City,
  words: CityWords,
  hasMatter: boolean,
): boolean {
  const hasTicket = given.ticket !== null || given.mistyped !== null
  const polite = (text: string): boolean => isCompany(text, name, city, words)
  switch (ARGUMENTS[name]) {
    case 'ticket':
      return hasTicket ? polite(given.rest) : polite(tail)
    case 'ticket-then-words':
      return hasTicket || polite(tail)
    case 'words':
      return hasTicket || (!hasMatter && given.rest !== '' && !polite(tail)) || given.rest === ''
    case 'rating':
      return hasTicket || given.rest === '' || ratingIn(given.rest) !== null
    case 'ticket-only':
      return hasTicket || given.rest === ''
    case 'language':
      return !hasTicket && namesOneLanguage(given.rest, city, words, polite)
    case 'anything':
      return given.rest !== '' && !polite(given.rest)
  }
}

function ratingIn(rest: string): number | null {
  const match = /^\D{0,12}([1-5])(?!\d)\D{0,40}$/.exec(rest)
  return match?.[1] === undefined ? null : Number(match[1])
}
