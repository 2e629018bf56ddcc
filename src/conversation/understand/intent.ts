// What the text wants: the tests in their order, from the surest (a bare number) to the last resort (unclear).
// A complaint swallowed is worse than a ticket too many, so in doubt it is a complaint.

import type { City } from '../../city/city.ts'
import type { CityWords } from './city-words.ts'
import { has, weightOf } from './class-of.ts'
import { withoutTicket } from './command.ts'
import { isCompany } from './company.ts'
import type { Hit } from './cues.ts'
import type { Matter } from './matter.ts'
import type { PlaceRole } from './spot.ts'
import type { Token } from './tokens.ts'
import type { CommandName, Intent } from './understanding.ts'

const CLEAR_SCORE = 3
const SPAM_SCORE = 5
const LINK_SCORE = 3
const ENOUGH_WORDS = 4
const MOST_THANKS = 8
const LINK =
  /https?:\/\/|www\.|\b(?:bit\.ly|wa\.me|t\.me)\/|\.(?:com|net|xyz|id|info|site|online)\b/i

/** Signs of thanks, alone: they are the same in every language. */
const THUMB =
  /^[\s\p{P}\p{M}\p{Emoji_Modifier}\u200d]*(?:[👍🙏👌👏🤝❤💙💚😊🙂😁😀🥰☺][\s\p{P}\p{M}\p{Emoji_Modifier}\u200d]*)+$/u

export interface Evidence {
  readonly words: string
  readonly tokens: readonly Token[]
  readonly hits: readonly Hit[]
  readonly matter: Matter
  readonly roles: readonly PlaceRole[]
  readonly hasPlace: boolean
  readonly says: boolean
}

export type Tone = 'content' | 'discontent' | null

const BARE_NUMBER = /^[\s(#]*(\d{1,7})[\s.)]*$/
const LED_NUMBER = /^\s*((?:\p{L}+[\s.]+){1,2})(\d{1,2})[\s.)!]*$/u

export function numberIn(text: string, leads: readonly string[]): number | null {
  const bare = BARE_NUMBER.exec(text)?.[1]
  if (bare !== undefined) return Number(bare)
  const [, words = '', digits] = LED_NUMBER.exec(text) ?? []
  const led = words
    .toLowerCase()
    .match(/\p{L}+/gu)
    ?.every((word) => leads.includes(word))
  return digits !== undefined && led === true ? Number(digits) : null
}

/** YA or TIDAK with nothing but politeness beside it. */
export function yesOrNo(
  { words: text, tokens }: Evidence,
  city: City,
  words: CityWords,
): 'yes' | 'no' | null {
  const first = tokens[0]
  if (first === undefined) return null
  if (!isCompany(withoutTicket(text.slice(first.end)), null, city, words)) return null
  const isOneOf = (list: readonly string[]): boolean =>
    list.includes(first.raw) || list.includes(first.word)
  if (isOneOf(city.vocabulary.no)) return 'no'
  return isOneOf(city.vocabulary.yes) ? 'yes' : null
}

export function isSpam({ words, hits, matter }: Evidence): boolean {
  const score = weightOf(hits, 'spam', '') + (LINK.test(words) ? LINK_SCORE : 0)
  return score >= SPAM_SCORE && score > (matter.categories[0]?.score ?? 0)
}

/** Content or discontent with something done about an earlier complaint. */
export function toneOf({ hits }: Evidence): Tone {
  if (has(hits, 'discontent')) return 'discontent'
  if (has(hits, 'content') && !has(hits, 'but-still')) return 'content'
  return null
}

export function hasClearMatter({ matter, hasPlace }: Evidence): boolean {
  const best = matter.categories[0]?.score ?? 0
  return best >= CLEAR_SCORE || (best > 0 && hasPlace)
}

/** A wish that stands beside what happened is no command of its own: these need a message about nothing else. */
const ALONE: readonly CommandName[] = ['anonymous', 'confidential']

/** A command said in other words; never one that hides a complaint. */
export function naturalCommand(
  evidence: Evidence,
  city: City,
  words: CityWords,
): CommandName | null {
  const hit = evidence.hits.find(({ cue }) => cue.group === 'command')
  if (hit === undefined) return null
  const name = hit.cue.key as CommandName
  if (ALONE.includes(name) && !isCompany(withoutTicket(evidence.words), name, city, words))
    return null
  const bare = name === 'status' && !evidence.hasPlace
  if (hasClearMatter(evidence) && !bare) return null
  return name === 'satisfied' && has(evidence.hits, 'but-still') ? null : name
}

/** The intent of a text that is no command, number, yes or no. */
export function intentOf(evidence: Evidence, tone: Tone, city: City, words: CityWords): Intent {
  const { tokens, hits } = evidence
  if (tokens.length === 0) return THUMB.test(evidence.words) ? 'thanks' : 'unclear'
  const polite = politeOnly(tokens, city, words)
  if (tone !== 'content' && isThanks(evidence, polite)) return 'thanks'
  if (polite) return 'greeting'
  if (isSpam(evidence)) return 'spam'
  if (has(hits, 'urgent', 'event')) return 'complaint'
  if (has(hits, 'auto')) return 'unclear'
  if (tone === 'content' && !hasTrouble(evidence)) return 'content'
  if (tone === 'discontent' && !hasClearMatter(evidence)) return 'discontent'
  return lastly(evidence, city, words)
}

function isThanks({ hits, tokens, hasPlace }: Evidence, polite: boolean): boolean {
  if (!has(hits, 'thanks')) return false
  const asks = has(hits, 'problem') || has(hits, 'class') || has(hits, 'request')
  return polite || (tokens.length <= MOST_THANKS && !hasPlace && !asks)
}

function hasTrouble({ hits }: Evidence): boolean {
  return has(hits, 'but-still') || (has(hits, 'problem') && has(hits, 'request'))
}

function politeOnly(tokens: readonly Token[], city: City, words: CityWords): boolean {
  const { greetings, empty_words: empty } = city.vocabulary
  const greeting = words.set(greetings)
  const nothing = words.set(empty)
  return tokens.every(
    ({ raw, word, filler, digits }) =>
      filler ||
      digits ||
      greeting.has(raw) ||
      greeting.has(word) ||
      nothing.has(raw) ||
      nothing.has(word),
  )
}

function lastly(evidence: Evidence, city: City, words: CityWords): Intent {
  const { matter, says, hasPlace, tokens, roles } = evidence
  const best = matter.categories[0]?.score ?? 0
  if (best >= CLEAR_SCORE || (says && (best > 0 || hasPlace))) return 'complaint'
  const nothing = words.set(city.vocabulary.empty_words)
  const content = tokens.filter(
    (token, at) =>
      !token.filler && !token.digits && !nothing.has(token.word) && roles[at] === 'none',
  )
  const trouble = weightOf(evidence.hits, 'problem', '')
  if (hasPlace && content.length <= 2 && trouble === 0) return 'place'
  if (trouble >= CLEAR_SCORE && content.length >= 2) return 'complaint'
  const known = content.filter((token) => words.lexicon.knows(token.word)).length
  return content.length >= ENOUGH_WORDS && known > 0 ? 'complaint' : 'unclear'
}
