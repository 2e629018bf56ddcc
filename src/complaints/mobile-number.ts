// A mobile number as it stands in words that were taken down: found, and put one way only (`+628…`).
// By the lengths of the Indonesian numbering plan; a fixed line gets no SMS, and is none.

/** Digits in groups parted by at most two spaces, dots, dashes or brackets. */
const RUN = /\+?\(?\d+(?:[ .()\u00a0\u2010-\u2015-]{1,2}\d+)*/g
const GROUP = /\d+/g
/** Behind the 8 eight to eleven digits; `+62 (0) 8…` is written too. */
const MOBILE = /^(?:(?:0{0,2}62)0?|0)(8[1-9]\d{7,10})$/
const BARE = /^(8[1-9]\d{7,10})$/
/** "08 12 2026" is a date. */
const SHORTEST_START = 3

export interface Mobile {
  readonly number: string
  /** The words without it. */
  readonly without: string
}

/** The first of them; null: there is none. Without 0 or 62 before it, it is a customer's or meter number, unless `alone`. */
export function findMobile(text: string, alone = false): Mobile | null {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const groups = [...run.matchAll(GROUP)].map((one) => ({ digits: one[0], at: one.index }))
    for (let from = 0; from < groups.length; from++) {
      const found = readFrom(groups.slice(from), alone)
      const first = groups[from]
      if (found === null || first === undefined) continue
      const start = from === 0 ? index : index + first.at
      const without = `${text.slice(0, start)} ${text.slice(index + found.end)}`
      return { number: `+62${found.number}`, without: tidy(without) }
    }
  }
  return null
}

/** By the fewest groups: what stands behind a number is not its end. */
function readFrom(
  groups: readonly { readonly digits: string; readonly at: number }[],
  alone: boolean,
): { readonly number: string; readonly end: number } | null {
  const first = groups[0]?.digits ?? ''
  if (first.length < SHORTEST_START && first !== '62') return null
  let whole = ''
  for (const { digits, at } of groups) {
    whole += digits
    const number = MOBILE.exec(whole)?.[1] ?? (alone ? BARE.exec(whole)?.[1] : undefined)
    if (number !== undefined) return { number, end: at + digits.length }
  }
  return null
}

function tidy(words: string): string {
  return words.replaceAll(/\s{2,}/g, ' ').trim()
}
