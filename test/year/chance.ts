// Chance that is the same in every run: each person and matter draws from a stream of its own, named by words.
// So one more draw somewhere changes nothing elsewhere.

export interface Dice {
  /** At least 0, below 1. */
  roll(): number
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  /** True so often out of a hundred. */
  percent(of: number): boolean
  oneOf<T>(all: readonly T[]): T
}

export function diceFor(seed: number, ...names: readonly (string | number)[]): Dice {
  let state = hashed(`${seed} ${names.join(' ')}`)
  const roll = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    roll,
    between: (from, to) => from + Math.floor(roll() * (to - from + 1)),
    percent: (of) => roll() * 100 < of,
    oneOf: (all) => {
      const one = all[Math.floor(roll() * all.length)]
      if (one === undefined) throw new Error('there is nothing to draw from')
      return one
    },
  }
}

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  return hash | 0
}
