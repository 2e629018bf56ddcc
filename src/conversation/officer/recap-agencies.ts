// The agencies by responsiveness, page by page; the formula is explained in docs/figures.md.
// A page fits one reply; its end says how to read on.

import { type Figures, percentOf } from '../../complaints/figures.ts'
import type { Ranked } from '../../complaints/ranking.ts'
import { agencyWords, type Line, line, words } from '../lines.ts'
import type { Context } from '../turn.ts'

const ROWS = { sms: 6, chat: 12 } as const

/** `page`: counted with the summary, which is page 1. One beyond the last is the last. */
export function agencyPage(context: Context, { agencies }: Figures, page: number): readonly Line[] {
  const { style } = context.person
  const pages = Math.ceil(agencies.length / ROWS[style])
  if (pages === 0) return [line(context, 'recap_no_agencies', {})]
  const at = Math.min(page - 1, pages)
  const rows = agencies.slice((at - 1) * ROWS[style], at * ROWS[style])
  const list = rows
    .map((row) => rowWords(context, row))
    .reduce((first, second) => words(context, 'list_join', { first, second }))
  return [
    line(context, 'recap_page', { page: String(at), pages: String(pages), list }),
    at < pages
      ? line(context, 'recap_next_page', { page: String(at + 2) })
      : line(context, 'recap_next', {}),
  ]
}

function rowWords(context: Context, row: Ranked): string {
  const agency = agencyWords(context, row.agency)
  const late = String(row.late)
  if (row.rank === null) return words(context, 'recap_row_none', { agency, late })
  const { median } = row.response
  return words(context, 'recap_row', {
    rank: String(row.rank),
    agency,
    score: String(row.score),
    share: shareWords(context, percentOf(row.met, row.met + row.missed + row.late)),
    response: median === null ? words(context, 'recap_nothing', {}) : String(median),
    late,
  })
}

export function shareWords(context: Context, percent: number | null): string {
  if (percent === null) return words(context, 'recap_nothing', {})
  return words(context, 'recap_share', { percent: String(percent) })
}
