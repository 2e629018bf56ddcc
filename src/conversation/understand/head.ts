// The beginning of a text: a salam, whose government is meant, ANONIM or RAHASIA; what follows are the words to file.
// A flag followed by words marks a complaint; alone or with a ticket it is a command.

import type { City } from '../../city/city.ts'
import type { CityWords } from './city-words.ts'
import { readCommand } from './command.ts'
import type { PrefixReading } from './prefix.ts'
import { tokensOf } from './tokens.ts'
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
  const salamEnd = salamEndOf(text, city, words)
  let { prefix, end } = words.prefixes.read(text)
  if (prefix.whose === 'none' && salamEnd > 0) ({ prefix, end } = afterSalam(text, salamEnd, words))
  let rest = text.slice(end)
  const flags = new Set<(typeof FLAGS)[number]>()
  let flagCommand: Command | null = null
  for (let round = 0; round < MOST_FLAGS; round += 1) {
    const first = firstWord(rest)
    const flag = FLAGS.find((name) => words.commands.get(first) === name)
    if (flag === undefined) break
    if (round === 0) {
      const tokens = tokensOf(rest, words.tokenRules)
      flagCommand = readCommand(rest, tokens, city, words, false)
      if (flagCommand !== null) break
    }
    flags.add(flag)
    rest = rest.slice(rest.toLowerCase().indexOf(first) + first.length).replace(/^[\s.,:;#-]+/, '')
    if (prefix.whose !== 'none') continue
    const later = words.prefixes.read(rest)
    prefix = later.prefix
    rest = rest.slice(later.end)
  }
  return {
    words: rest,
    prefix,
    anonymous: flags.has('anonymous'),
    confidential: flags.has('confidential'),
    salam: salamEnd > 0,
    flagCommand,
  }
}

/** A prefix behind a salam counts; without one the salam stays with the words. */
function afterSalam(text: string, salamEnd: number, words: CityWords): PrefixReading {
  const start = salamEnd + (/^[^\p{L}\p{N}]*/u.exec(text.slice(salamEnd))?.[0].length ?? 0)
  const { prefix, end } = words.prefixes.read(text.slice(start))
  return prefix.whose === 'none' ? { prefix, end: 0 } : { prefix, end: start + end }
}

function firstWord(text: string): string {
  return /\p{L}+/u.exec(text.slice(0, 40))?.[0].toLowerCase() ?? ''
}

/** Where the salam at the beginning ends; 0 when there is none. */
function salamEndOf(text: string, city: City, words: CityWords): number {
  const salam = words.set(city.vocabulary.salam)
  if (!salam.has(firstWord(text))) return 0
  let end = 0
  for (const match of text.matchAll(/\p{L}+/gu)) {
    if (!salam.has(match[0].toLowerCase())) break
    end = match.index + match[0].length
  }
  return end
}
