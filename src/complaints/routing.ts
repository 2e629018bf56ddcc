// Where a complaint goes and by which rules: the usual agency of its category, the clocks in force when it was filed.
// The coordinator decides; this only proposes.

import type { ClockRules } from './complaint.ts'

/** A set of clocks with the date (`2026-01-01`) from which it holds for what is filed. */
export interface DatedClocksLike extends ClockRules {
  readonly from: string
}

/** The usual agency of a category; null while the category is open. */
export function proposeAgency(category: { readonly agency: string } | null): string | null {
  return category?.agency ?? null
}

/** The newest set in force on that date, in whatever order they come; before all of them, the oldest. */
export function rulesInForce(sets: readonly DatedClocksLike[], filedOn: string): ClockRules {
  const oldestFirst = [...sets].sort((a, b) => (a.from < b.from ? -1 : 1))
  const inForce = oldestFirst.filter((set) => set.from <= filedOn).at(-1) ?? oldestFirst[0]
  if (inForce === undefined) throw new Error('no set of clocks is configured; add one to the city')
  const { from: _, ...rules } = inForce
  return rules
}
