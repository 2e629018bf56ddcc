// Reads an officer's command by its first word, and what it is about: a ticket, then words.
// Only a reading: whether it fits who writes, and the case, is decided in dispatch.ts.

import type { City } from '../../city/city.ts'
import { readTickets } from '../../complaints/ticket.ts'
import { errorsBetween } from '../understand/spelling.ts'

export type OfficerCommandName = keyof City['vocabulary']['officer_commands']

export interface OfficerCommand {
  readonly name: OfficerCommandName
  /** Fitting ticket given with it. */
  readonly ticket: string | null
  /** Eight digits where a ticket was expected, with a wrong check digit. */
  readonly mistyped: string | null
  /** What stands behind the command and its ticket, as it was written. */
  readonly rest: string
}

const FIRST = /^[\s/]*(\p{L}+)(?:\s+(\p{L}+))?/u
const TICKET = /^[\s.:#,-]*(?:(?:no|id)\b[\s.:#]*)?(\d(?:[ .#-]?\d){7})(?!\d)/i
const BEFORE_WORDS = /^[\s.:#,-]+/
/** Also with -kan: "disposisikan", "alihkan". */
const ENDING = 'kan'
const TYPO_FROM = 5

export function readOfficerCommand(text: string, city: City): OfficerCommand | null {
  const match = FIRST.exec(text)
  if (match === null) return null
  const [whole, first = '', second] = match
  const words = wordsOf(city)
  const pair = second === undefined ? undefined : words.get(`${first} ${second}`.toLowerCase())
  if (pair !== undefined) return given(pair, text.slice(whole.length))
  const tail = text.slice(text.indexOf(first) + first.length)
  const one = plain(first, words)
  if (one !== null) return given(one, tail)
  if (!TICKET.test(tail)) return null
  const nearly = misspelt(first, words)
  const command = nearly === null ? null : given(nearly, tail)
  return command?.ticket == null ? null : command
}

const known = new WeakMap<City, ReadonlyMap<string, OfficerCommandName>>()

function wordsOf(city: City): ReadonlyMap<string, OfficerCommandName> {
  const ready = known.get(city)
  if (ready !== undefined) return ready
  const made = new Map(
    Object.entries(city.vocabulary.officer_commands).flatMap(([name, words]) =>
      words.map((word) => [word, name as OfficerCommandName] as const),
    ),
  )
  known.set(city, made)
  return made
}

function plain(first: string, words: ReadonlyMap<string, OfficerCommandName>) {
  const word = first.toLowerCase()
  const bare = word.endsWith(ENDING) ? word.slice(0, -ENDING.length) : word
  return words.get(word) ?? words.get(bare) ?? null
}

/** One letter wrong, and only where a ticket follows: a word of a complaint must not become a command. */
function misspelt(first: string, words: ReadonlyMap<string, OfficerCommandName>) {
  const word = first.toLowerCase()
  for (const [one, name] of words)
    if (one.length >= TYPO_FROM && errorsBetween(one, word) === 1) return name
  return null
}

function given(name: OfficerCommandName, tail: string): OfficerCommand {
  const match = TICKET.exec(tail)
  const group = match?.[1]
  if (match === null || group === undefined)
    return { name, ticket: null, mistyped: null, rest: tidy(tail) }
  const read = readTickets(group)
  const ticket = read.tickets[0] ?? null
  return {
    name,
    ticket,
    mistyped: ticket === null ? group.replaceAll(/\D/g, '') : null,
    rest: tidy(tail.slice(match[0].length)),
  }
}

function tidy(text: string): string {
  return text.replace(BEFORE_WORDS, '').trim()
}
