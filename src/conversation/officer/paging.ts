// A long list of choices, leaf by leaf: seven at a time and the way on, as a list of a chat and one SMS can hold.
// The way on is picked like any choice; what it says is where the next leaf begins.

import { words } from '../lines.ts'
import type { Context } from '../turn.ts'
import type { PickedFrom } from './asking.ts'

const LEAF = 7
const FROM = /^more:(\d+)$/

/** Where the next leaf begins, if that is what was picked. */
export function leafFrom(picked: string): number | null {
  const from = FROM.exec(picked)?.[1]
  return from === undefined ? null : Number(from)
}

export function leafOf(
  context: Context,
  all: readonly PickedFrom[],
  from: number,
): readonly PickedFrom[] {
  const start = from < all.length ? from : 0
  const end = start + LEAF
  // A last one alone needs no leaf of its own.
  if (all.length <= end + 1) return all.slice(start)
  const more = { value: `more:${end}`, label: words(context, 'choice_more', {}) }
  return [...all.slice(start, end), more]
}
