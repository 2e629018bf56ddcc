// GET /api/statistics: the figures of a period as JSON, as docs/figures.md explains them.
// Nobody and no single complaint is in them; of confidential ones neither category nor kelurahan.

import { Router } from 'express'
import { z } from 'zod'
import type { City } from './city/city.ts'
import type { Clock } from './clock.ts'
import { addDays } from './complaints/clocks.ts'
import { type Figures, type Period, percentOf, usualPeriod } from './complaints/figures.ts'
import type { Spread } from './complaints/histogram.ts'
import type { Ranked } from './complaints/ranking.ts'
import { readFigures } from './figures.ts'
import { inWords, onlyMethods, sendProblem } from './problem.ts'
import type { Store } from './store/store.ts'

interface StatisticsParts {
  readonly store: Pick<Store, 'summed' | 'caseCounts' | 'openCounts'>
  readonly city: City
  readonly clock: Clock
}

/** More would read more rows than an answer is worth. */
const MOST_DAYS = 366

const querySchema = z.strictObject({
  since: z.iso.date().optional(),
  until: z.iso.date().optional(),
  agency: z.string().min(1).optional(),
})

export function createStatistics({ store, city, clock }: StatisticsParts): Router {
  const router = Router()
  router.get('/statistics', async (req, res) => {
    const query = querySchema.safeParse(req.query)
    if (!query.success) {
      sendProblem(res, 400, `The query is not valid. ${inWords(query.error)}`)
      return
    }
    const { agency = null } = query.data
    const now = clock()
    const period = periodOf(query.data, now, city.zone)
    const why = agency !== null && !city.agencyById.has(agency) ? UNKNOWN : faultOf(period)
    if (why !== null) {
      sendProblem(res, 400, `The query is not valid. ${why}`)
      return
    }
    const figures = await readFigures(store, city.zone, { period, agency, now })
    res.json({ ...period, agency, ...figuresJson(figures) })
  })
  router.all('/statistics', onlyMethods('GET'))
  return router
}

const UNKNOWN = 'agency: not among those of config/agencies.yaml.'

/** One date alone: the usual days that end on `until`, or those from `since` to today. */
function periodOf(
  { since, until }: { since?: string | undefined; until?: string | undefined },
  now: Date,
  zone: string,
): Period {
  const usual = usualPeriod(now, zone, until)
  return { since: since ?? usual.since, until: usual.until }
}

function faultOf({ since, until }: Period): string | null {
  if (since > until) return `since: ${since} lies after ${until}.`
  return addDays(since, MOST_DAYS) > until ? null : `since: more than ${MOST_DAYS} days at once.`
}

function figuresJson(figures: Figures) {
  const { counts, hours, clocks, done, rating, agencies } = figures
  return {
    filed: figures.filed,
    confidential: figures.confidential,
    counts,
    open: figures.open,
    late: figures.late,
    working_hours: {
      verified: spreadJson(hours.verified),
      first_answer: spreadJson(hours.first_answer),
      closed: spreadJson(hours.closed),
    },
    clocks: clocks.map(({ clock, met, missed }) => ({
      ...{ clock, met, missed },
      late_percent: percentOf(missed, met + missed),
    })),
    ...{ assigned: done.assigned, answered: done.answered, closed: hours.closed.n },
    hand_offs: done.returned,
    dissatisfied: done.dissatisfied,
    reopened: done.reopened,
    reopened_percent: percentOf(done.reopened, hours.closed.n),
    rating: ratingJson(rating),
    agencies: agencies.map(agencyJson),
  }
}

function agencyJson(row: Ranked) {
  return {
    agency: row.agency,
    rank: row.rank,
    score: row.score,
    assigned: row.assigned,
    open: row.open,
    late: row.late,
    met: row.met,
    missed: row.missed,
    response_days: spreadJson(row.response),
    hand_offs: row.returned,
    came_back: row.cameBack,
    rating: ratingJson(row.rating),
  }
}

function spreadJson({ n, median, p90 }: Spread) {
  return { n, median, p90 }
}

function ratingJson({ n, mean }: Figures['rating']) {
  return { n, mean: mean === null ? null : Math.round(mean * 100) / 100 }
}
