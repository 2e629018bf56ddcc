// REKAP: the figures of the last days, of one's own agency for a head, of all or a named one for coordinators and overseers.
// By SMS what matters in one reply; in a chat the counts too. Page 2 and on: the agencies by responsiveness.

import { type Figures, percentOf } from '../../complaints/figures.ts'
import type { Spread } from '../../complaints/histogram.ts'
import type { Ranked } from '../../complaints/ranking.ts'
import type { DeskFigures } from '../desk.ts'
import { agencyWords, categoryWords, type Line, line, rendered, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import type { Context } from '../turn.ts'
import type { OfficerCommand } from './commands.ts'
import { type DeskMoment, told } from './desk-moment.ts'
import { agencyPage, shareWords } from './recap-agencies.ts'

export function recap(moment: DeskMoment, command: OfficerCommand): Outcome {
  const { context, desk, staff } = moment
  if (desk.figures === null) return told(moment, [line(context, 'desk_not_for_you', {})])
  const page = /^\d{1,3}$/.test(command.rest) ? Number(command.rest) : 1
  return told(moment, recapLines(context, desk.figures, staff.agency === null ? page : 'own'))
}

/** `own`: of a head's agency, without the list of the others. */
export function recapLines(
  context: Context,
  asked: DeskFigures,
  page: number | 'own',
): readonly Line[] {
  if (asked.agency !== null) {
    const next =
      page === 'own' ? line(context, 'recap_next', {}) : line(context, 'recap_more', { page: '2' })
    return [...ofAgency(context, asked, asked.agency), next]
  }
  return page === 'own' || page < 2
    ? ofAll(context, asked)
    : agencyPage(context, asked.figures, page)
}

function ofAll(context: Context, asked: DeskFigures): readonly Line[] {
  const { figures } = asked
  const { verified, first_answer: solve, closed: close } = figures.hours
  const hours = {
    verify: spreadWords(context, verified),
    solve: spreadWords(context, solve),
    close: spreadWords(context, close),
  }
  return [
    ...block(context, [
      line(context, 'recap_all', headOf(context, asked)),
      line(context, 'recap_hours', hours),
      ...doneLines(context, figures),
    ]),
    ...block(context, countLines(context, figures)),
    line(context, 'recap_more', { page: '2' }),
  ]
}

function ofAgency(context: Context, asked: DeskFigures, id: string): readonly Line[] {
  const { figures } = asked
  const [own] = figures.agencies
  const { first_answer: solve, closed: close } = figures.hours
  const agency = agencyWords(context, id)
  const hours = {
    response: own === undefined ? nothing(context) : spreadWords(context, own.response),
    solve: spreadWords(context, solve),
    close: spreadWords(context, close),
  }
  return [
    ...block(context, [
      line(context, 'recap_agency', { ...headOf(context, asked), agency }),
      line(context, 'recap_agency_hours', hours),
      ...doneLines(context, figures),
      rankLine(context, figures, own),
    ]),
    ...block(context, countLines(context, figures)),
  ]
}

function rankLine(context: Context, { ranked }: Figures, own: Ranked | undefined): Line {
  if (own?.rank == null) return line(context, 'recap_no_rank', {})
  const [rank, score] = [String(own.rank), String(own.score)]
  return line(context, 'recap_rank', { rank, ranked: String(ranked), score })
}

/** Close together: one paragraph. */
function block(context: Context, lines: readonly Line[]): readonly Line[] {
  const [first, ...rest] = lines
  if (first === undefined) return []
  const joined = (before: Line, next: Line) =>
    line(context, 'recap_lines', {
      first: rendered(context, before),
      second: rendered(context, next),
    })
  return [rest.reduce(joined, first)]
}

function headOf({ person }: Context, { figures, period }: DeskFigures) {
  // By SMS without the year: it is the last days.
  const parts = person.style === 'sms' ? 2 : 3
  const told = (date: string) => date.split('-').reverse().slice(0, parts).join('/')
  return {
    since: told(period.since),
    until: told(period.until),
    filed: String(figures.filed),
    open: String(figures.open),
    late: String(figures.late),
  }
}

function doneLines(context: Context, figures: Figures): readonly Line[] {
  const { clocks, done, rating } = figures
  const kept = clocks.reduce((all, { met }) => all + met, 0)
  const dates = clocks.reduce((all, { missed }) => all + missed, kept)
  return [
    line(context, 'recap_dates', {
      kept: String(kept),
      dates: String(dates),
      share: shareWords(context, percentOf(kept, dates)),
    }),
    line(context, 'recap_work', {
      returned: String(done.returned),
      unhappy: String(done.dissatisfied),
      reopened: String(done.reopened),
      rating: ratingWords(context, rating),
    }),
  ]
}

/** So many categories and kelurahan, those with the most. */
const TOP = 5

/** In a chat alone: an SMS has no room for them. */
function countLines(context: Context, figures: Figures): readonly Line[] {
  if (context.person.style === 'sms' || figures.filed === 0) return []
  const { state, class: kinds, category, kelurahan, channel } = figures.counts
  const item = (label: string, n: number) =>
    words(context, 'recap_item', { label, count: String(n) })
  const listed = <K>(
    shares: readonly { readonly key: K; readonly n: number }[],
    name: (key: K) => string,
  ) => shares.map(({ key, n }) => item(name(key), n)).join(', ')
  const fixed = (key: Parameters<typeof words>[1]) => words(context, key, {} as never)
  return [
    line(context, 'recap_by_state', { list: listed(state, (key) => fixed(`recap_state_${key}`)) }),
    line(context, 'recap_by_class', { list: listed(kinds, (key) => fixed(`recap_class_${key}`)) }),
    line(context, 'recap_by_category', {
      list: listed(category.slice(0, TOP), (key) => categoryWords(context, key)),
    }),
    line(context, 'recap_by_kelurahan', {
      list: listed(kelurahan.slice(0, TOP), (key) => key ?? fixed('recap_no_kelurahan')),
    }),
    line(context, 'recap_by_channel', {
      list: listed(channel, (key) => fixed(`recap_channel_${key}`)),
    }),
    ...(figures.confidential === 0
      ? []
      : [line(context, 'recap_confidential', { count: String(figures.confidential) })]),
  ]
}

function nothing(context: Context): string {
  return words(context, 'recap_nothing', {})
}

function spreadWords(context: Context, { median, p90 }: Spread): string {
  if (median === null || p90 === null) return nothing(context)
  return words(context, 'recap_spread', { median: String(median), most: String(p90) })
}

function ratingWords(context: Context, { n, mean }: Figures['rating']): string {
  if (mean === null) return nothing(context)
  const tenths = Math.round(mean * 10)
  return words(context, 'recap_rating', {
    whole: String(Math.floor(tenths / 10)),
    tenth: String(tenths % 10),
    ratings: String(n),
  })
}
