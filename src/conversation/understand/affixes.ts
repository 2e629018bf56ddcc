// Takes prefixes and suffixes off a word, as far as the words we know allow: "diperbaiki" leads to "perbaiki".
// Guided by the known words, so nothing is cut that would not lead to one of them.

const SHORTEST_ROOT = 4
const SHORTEST_BEFORE_SUFFIX = 3

interface Prefix {
  readonly text: string
  /** Letter the prefix swallowed: me-n-umpuk from tumpuk. */
  readonly restore: string
}

export interface Affixes {
  readonly prefixes: readonly Prefix[]
  readonly suffixes: readonly string[]
}

/** Prefixes are written `men` or, with a swallowed letter, `men>t`. */
export function readAffixes(lists: {
  readonly prefixes: readonly string[]
  readonly suffixes: readonly string[]
}): Affixes {
  const prefixes = lists.prefixes.map((entry) => {
    const [text = '', restore = ''] = entry.split('>')
    return { text, restore }
  })
  return { prefixes, suffixes: lists.suffixes }
}

/** The longest known word inside this one; null when there is none. */
export function knownInside(
  word: string,
  affixes: Affixes,
  known: (candidate: string) => boolean,
): string | null {
  let best: string | null = null
  for (const suffix of ['', ...affixes.suffixes]) {
    if (!word.endsWith(suffix)) continue
    const front = word.slice(0, word.length - suffix.length)
    if (suffix !== '' && front.length >= SHORTEST_BEFORE_SUFFIX)
      best = longer(best, front, word, known)
    for (const prefix of affixes.prefixes) {
      if (!front.startsWith(prefix.text)) continue
      const candidate = prefix.restore + front.slice(prefix.text.length)
      if (candidate.length >= SHORTEST_ROOT) best = longer(best, candidate, word, known)
    }
  }
  return best
}

function longer(
  best: string | null,
  candidate: string,
  word: string,
  known: (candidate: string) => boolean,
): string | null {
  if (candidate === word || (best !== null && best.length >= candidate.length)) return best
  return known(candidate) ? candidate : best
}
