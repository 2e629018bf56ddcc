// The code that DAFTAR comes with. One that cannot be ours counts too: whoever guesses must not guess without end.

import type { City } from '../../city/city.ts'
import { readInvitationCode } from '../../complaints/invitation-code.ts'
import { understand } from '../understand/understand.ts'
import type { OfficerCommand } from './commands.ts'

const GUESS = /^[\s/]*\p{L}+[\s:]+([A-Z]{6,12}|\d{4,12})[\s.]*$/u

/** Null: it says something else, like "daftar pengguna" or "DAFTAR BANSOS". */
export function codeIn(text: string, { rest }: OfficerCommand, city: City): string | null {
  return readInvitationCode(rest) ?? guessIn(text, city)
}

/** "DAFTAR 000000" and "DAFTAR XXXXXXXX" ask for nothing else; words that people write may. */
function guessIn(text: string, city: City): string | null {
  const said = GUESS.exec(text)?.[1] ?? null
  if (said === null || /\d/.test(said)) return said
  const isWord = city.vocabulary.ordinary.includes(said.toLowerCase())
  return isWord || understand(text, city).intent !== 'unclear' ? null : said
}
