// Reads the figures of a period from the store: whole days of the city, and what is open at this moment.

import { addDays, instantOf } from './complaints/clocks.ts'
import { type Figures, figuresOf, type Period } from './complaints/figures.ts'
import type { Store } from './store/store.ts'

interface FiguresQuery {
  readonly period: Period
  /** Null: of all. */
  readonly agency: string | null
  readonly now: Date
}

export async function readFigures(
  store: Pick<Store, 'summed' | 'caseCounts' | 'openCounts'>,
  zone: string,
  { period: { since, until }, agency, now }: FiguresQuery,
): Promise<Figures> {
  const midnight = (date: string) => instantOf(date, 0, zone)
  const [tallies, cases, open] = await Promise.all([
    store.summed(since, until),
    store.caseCounts(midnight(since), midnight(addDays(until, 1))),
    store.openCounts(now, now),
  ])
  return figuresOf({ tallies, cases, open }, agency)
}
