// Reads one text by the city's vocabulary: a reading, never a decision, and the same text twice is the same reading.
// The order: prefix and flags, words, cues, place, matter, class, intent.

import type { City } from '../../city/city.ts'
import { type CityWords, wordsOf } from './city-words.ts'
import { classOf, has } from './class-of.ts'
import { readCommand, ticketsIn, withoutTicket } from './command.ts'
import { isCompany } from './company.ts'
import type { Hit } from './cues.ts'
import { readHead } from './head.ts'
import {
  type Evidence,
  hasClearMatter,
  intentOf,
  isSpam,
  naturalCommand,
  numberIn,
  toneOf,
  yesOrNo,
} from './intent.ts'
import { agencyFor, rankCategories } from './matter.ts'
import { readSpot, type SpotReading } from './spot.ts'
import { tokensOf } from './tokens.ts'
import type { Command, Intent, Understanding } from './understanding.ts'

/** How much of a text is read; whoever files it keeps the rest (`draft.ts`). */
const LONGEST = 1_600
const SURE_ENOUGH = 0.4

export function understand(text: string, city: City): Understanding {
  const words = wordsOf(city)
  const head = readHead(text.slice(0, LONGEST).trim(), city, words)
  const tokens = tokensOf(head.words, words.tokenRules)
  const hits = words.cues.find(tokens)
  const problemAt = wordsIn(hits, tokens.length)
  const spot = readSpot(head.words, tokens, words.places.find(tokens), problemAt, city)
  const matter = rankCategories(hits, spot.roles)
  const klass = classOf(hits, head.words)
  const evidence: Evidence = {
    words: head.words,
    tokens,
    hits,
    matter,
    roles: spot.roles,
    hasPlace: hasPlace(spot),
    says: klass.says,
  }
  const found = ticketsIn(head.words)
  const { intent, command } = decide(evidence, head.flagCommand, city, words)
  const category = matter.categories[0]?.id ?? null
  const tone = toneOf(evidence)
  const sensitive =
    has(hits, 'sensitive') ||
    (category !== null && city.categoryById.get(category)?.confidential === true)
  return {
    words: head.words,
    prefix: head.prefix,
    intent,
    command,
    class: klass.class,
    categories: matter.categories,
    confidence: matter.confidence,
    place: spot.place,
    urgent: isUrgent(evidence),
    sensitive,
    asksAnonymous: head.anonymous || has(hits, 'anonymous'),
    asksConfidential: head.confidential || has(hits, 'confidential'),
    number: intent === 'number' ? numberIn(head.words, city.vocabulary.number_leads) : null,
    tickets: found.tickets,
    mistyped: found.mistyped,
    salam: head.salam,
    tone,
    machine: has(hits, 'auto'),
    agency: agencyFor(city, category, hits, spot, head.prefix),
    asks: asksOf(evidence, spot, klass.class, city),
    why: hits.map(({ cue }) => cue.label),
  }
}

/** True for each word that belongs to a cue of trouble. */
function wordsIn(hits: readonly Hit[], length: number): boolean[] {
  const inside = new Array<boolean>(length).fill(false)
  for (const { cue, first, last } of hits)
    if (cue.group === 'problem') inside.fill(true, first, last + 1)
  return inside
}

function hasPlace(spot: SpotReading): boolean {
  const { villages, text, outside } = spot.place
  return villages.length > 0 || text !== null || outside !== null
}

function decide(
  evidence: Evidence,
  flagCommand: Command | null,
  city: City,
  words: CityWords,
): { readonly intent: Intent; readonly command: Command | null } {
  const { words: text, tokens } = evidence
  if (flagCommand !== null) return { intent: 'command', command: flagCommand }
  if (text === '') return { intent: 'empty', command: null }
  if (numberIn(text, city.vocabulary.number_leads) !== null)
    return { intent: 'number', command: null }
  const command = readCommand(text, tokens, city, words, hasClearMatter(evidence))
  if (command !== null) return { intent: 'command', command }
  const natural = isSpam(evidence) ? null : naturalCommand(evidence, city, words)
  const answer = yesOrNo(evidence, city, words)
  // "tidak jadi lapor" begins like a mere TIDAK.
  const givesUp = answer === 'no' && natural === 'cancel'
  if (answer !== null && !givesUp) return { intent: answer, command: null }
  const bare = bareTicket(text, city, words)
  if (bare !== null) return { intent: 'command', command: bare }
  if (natural !== null)
    return {
      intent: 'command',
      command: { name: natural, ...oneTicket(text), rest: text, rating: null, natural: true },
    }
  return { intent: intentOf(evidence, toneOf(evidence), city, words), command: null }
}

/** Nothing but a ticket number: its status is meant. */
function bareTicket(text: string, city: City, words: CityWords): Command | null {
  const given = oneTicket(text)
  if (given.ticket === null && given.mistyped === null) return null
  const others = withoutTicket(text)
  if (/\d/.test(others) || !isCompany(others, null, city, words)) return null
  return { name: 'status', ...given, rest: '', rating: null, natural: true }
}

function oneTicket(text: string): { ticket: string | null; mistyped: string | null } {
  const { tickets, mistyped } = ticketsIn(text)
  const ticket = tickets.length === 1 ? (tickets[0] ?? null) : null
  return { ticket, mistyped: tickets.length === 0 ? (mistyped[0] ?? null) : null }
}

function isUrgent({ hits }: Evidence): boolean {
  if (!has(hits, 'urgent', 'event')) return false
  return has(hits, 'urgent', 'now') || !has(hits, 'urgent', 'calm')
}

function asksOf(
  { matter, says }: Evidence,
  spot: SpotReading,
  klass: Understanding['class'],
  city: City,
): Understanding['asks'] {
  const best = matter.categories[0]
  const asks: ('place' | 'category' | 'problem')[] = []
  const placeless =
    klass === 'information' ||
    (best !== undefined && city.vocabulary.categories[best.id]?.placeless === true)
  const clear = spot.place.villages.length === 1 || spot.precise || spot.place.outside !== null
  const vague = spot.place.villages.length === 0 && spot.place.text !== null
  if (!placeless && !clear && !vague) asks.push('place')
  if (best === undefined || matter.confidence < SURE_ENOUGH) asks.push('category')
  if (!says) asks.push('problem')
  return asks
}
