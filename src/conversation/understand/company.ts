// Which words may stand beside a command, a YA or a TIDAK: they change nothing of it.

import type { City } from '../../city/city.ts'
import type { CityWords } from './city-words.ts'
import { tokensOf } from './tokens.ts'
import type { CommandName } from './understanding.ts'

/** Nothing but words that go with a command: "laporan saya yang kemarin dong min". */
export function isCompany(
  text: string,
  name: CommandName | null,
  city: City,
  words: CityWords,
): boolean {
  const { vocabulary } = city
  const usual = words.set(vocabulary.command_company)
  const own = name === null ? null : words.set(vocabulary.commands[name]?.company ?? NONE)
  return tokensOf(text, words.tokenRules).every(
    ({ raw, word, filler }) =>
      filler ||
      usual.has(word) ||
      usual.has(raw) ||
      own?.has(word) === true ||
      own?.has(raw) === true,
  )
}

const NONE: readonly string[] = []
