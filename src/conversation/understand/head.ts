// The beginning of a text: a salam, whose government is meant, ANONIM or RAHASIA; what follows are the words to file.
// A flag followed by words marks a complaint; alone or with a ticket it is a command.

import type { City } from '../../city/city.ts'
import type { CityWords } from './city-words.ts'
import { readCommand } from './command.ts'
import { readPrefix } from './prefix.ts'
import { type Token, tokensOf } from './tokens.ts'
import type { Command, Understanding } from './understanding.ts'

export interface Head {
  readonly words: string
  readonly prefix: Understanding['prefix']
  readonly anonymous: boolean
  readonly confidential: boolean
  readonly salam: boolean
  /** ANONIM or RAHASIA alone or with a ticket. */
  readonly flagCommand: Command | null
}

const FLAGS = ['anonymous', 'confidential'] as const
const MOST_FLAGS = 2

export function readHead(text: string, city: City, words: CityWords): Head {
  const first = firstTokens(text, words)
  const salamEnd = salamEndOf(first, city)
  const knows = (word: string): boolean => words.lexicon.knows(word)
  let prefix = readPrefix(text, city, knows)
  let from = prefix.end
  if (prefix.prefix.whose === 'none' && salamEnd > 0) {
    prefix = readPrefix(text.slice(salamEnd).replace(/^[^\p{L}\p{N}]+/u, ''), city, knows)
    from =
      prefix.end === 0
        ? 0
        : text.length - text.slice(salamEnd).replace(/^[^\p{L}\p{N}]+/u, '').length + prefix.end
  }
  let rest = text.slice(from)
  const flags = new Set<(typeof FLAGS)[number]>()
  let flagCommand: Command | null = null
  for (let round = 0; round < MOST_FLAGS; round += 1) {
    const tokens = firstTokens(rest, words)
    const flag = FLAGS.find((name) => isFlag(name, tokens[0], city))
    if (flag === undefined) break
    if (round === 0)
      flagCommand = readCommand(rest, tokensOf(rest, words.tokenRules), city, words, false)
    if (flagCommand !== null) break
    flags.add(flag)
    rest = rest.slice(tokens[0]?.end).replace(/^[\s.,:;#-]+/, '')
    if (prefix.prefix.whose === 'none') {
      prefix = readPrefix(rest, city, knows)
      rest = rest.slice(prefix.end)
    }
  }
  return {
    words: rest,
    prefix: prefix.prefix,
    anonymous: flags.has('anonymous'),
    confidential: flags.has('confidential'),
    salam: salamEnd > 0,
    flagCommand,
  }
}

function firstTokens(text: string, words: CityWords): Token[] {
  return tokensOf(text.slice(0, 60), words.tokenRules)
}

function isFlag(name: (typeof FLAGS)[number], token: Token | undefined, city: City): boolean {
  if (token === undefined) return false
  const list = city.vocabulary.commands[name]?.words ?? []
  return list.includes(token.raw) || list.includes(token.word)
}

/** Where the salam at the beginning ends; 0 when there is none. */
function salamEndOf(tokens: readonly Token[], city: City): number {
  const { salam } = city.vocabulary
  let end = 0
  for (const token of tokens) {
    if (!salam.includes(token.raw) && !salam.includes(token.word)) break
    end = token.end
  }
  return end
}
