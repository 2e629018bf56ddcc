// What a draft is about, after one more message: its likely categories, the one it has, who acts on it.
// Settled once it is clear: what follows adds to it, and only words that stand for themselves change it.

import type { Moment } from './moment.ts'
import type { Draft } from './state.ts'
import type { Understanding } from './understand/understanding.ts'

/** `reading`: of all its words together. They begin anew where they were emptied, or tell of an emergency by themselves. */
export function matter(
  draft: Draft,
  moment: Moment,
  reading: Understanding,
): Pick<Draft, 'categories' | 'category' | 'agency'> {
  const { open, picked, words } = draft
  const alarm = moment.reading.urgent && !draft.urgent
  const said = alarm && sureOf(moment.reading) !== null ? moment.reading : reading
  const sure = sureOf(said)
  const anew = sure !== null && (alarm || (words.length === 0 && !picked.includes('category')))
  const agency = said.agency ?? draft.agency
  if (!anew && !open.includes('category') && draft.category !== null) {
    const { categories, category } = draft
    return { categories, category, agency }
  }
  return { categories: said.categories.map(({ id }) => id).slice(0, 3), category: sure, agency }
}

function sureOf({ asks, categories }: Understanding): string | null {
  return asks.includes('category') ? null : (categories[0]?.id ?? null)
}
