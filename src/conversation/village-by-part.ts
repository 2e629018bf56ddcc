// Picks one of several kelurahan by the part of its name that the others lack.
// More than one such part is no choice: it is asked again.

import { villageOf } from './draft.ts'
import type { Context } from './turn.ts'

/** "tengah", of Alalak Tengah, Utara and Selatan: the one offered name that has a word which the others lack. */
export function villageByPart(
  context: Context,
  codes: readonly string[],
  text: string,
): string | null {
  const said = new Set(text.toLowerCase().match(/\p{L}+/gu))
  const named = codes.map((code) => ({ code, name: nameWords(context, code) }))
  const [only, ...others] = named.filter(({ code, name }) => {
    const rest = named.filter((one) => one.code !== code).flatMap((one) => one.name)
    return name.some((word) => said.has(word) && !rest.includes(word))
  })
  return only !== undefined && others.length === 0 ? only.code : null
}

function nameWords({ city }: Context, code: string): readonly string[] {
  return villageOf(city, code)?.name.toLowerCase().split(/\s+/) ?? []
}
