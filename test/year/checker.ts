// Whether a year went as promised (product.md section 5), from the rows alone: every step had its ping within its hour and
// none twice, the right ones heard it, citizens were told, every case ended or is visibly late. It shares no code with
// the schedule.

import { closing, dayOf, opening, workday, works } from './days.ts'
import type { Enrolled, EventRow, SentRow, YearLog } from './log.ts'
import { agencyAt, type Run, runsOf } from './runs.ts'

const HOUR = 3_600_000
const AT_REST = new Set(['closed', 'archived', 'merged', 'cancelled'])
const ON_DUTY = new Set(['officer', 'head', 'coordinator', 'overseer'])

export interface Verdict {
  /** What is not as promised, in words; none: all is well. */
  readonly problems: readonly string[]
  readonly steps: number
  readonly repeats: number
  /** Steps by their number, by agency; '' where none has it. */
  readonly byAgency: ReadonlyMap<string, readonly number[]>
  readonly late: number
}

export function checked(log: YearLog): Verdict {
  const problems: string[] = []
  const events = grouped(log.events, ({ ticket }) => ticket)
  const lists = log.sent.filter(({ kind, ticket }) => kind === 'ping' && ticket === null)
  const naming = new Map<string, SentRow[]>()
  for (const row of lists)
    for (const ticket of new Set(row.text.match(/\b\d{8}\b/g) ?? []))
      naming.set(ticket, [...(naming.get(ticket) ?? []), row])
  twice(lists, problems)
  const told = grouped(
    log.sent.filter(({ kind }) => kind === 'overdue'),
    ({ ticket }) => ticket ?? '',
  )
  const byAgency = new Map<string, number[]>()
  let steps = 0
  let repeats = 0
  let late = 0
  const clocks = new Map(log.clocks.map((row) => [`${row.ticket} ${row.name}`, row]))
  for (const [ticket, filed] of log.filed) {
    const history = events.get(ticket) ?? []
    const runs = runsOf(filed, history)
    const acted = history.filter(({ role }) => ON_DUTY.has(role)).map(({ at }) => at)
    const pings = naming.get(ticket) ?? []
    const within = (rows: readonly SentRow[], at: number) =>
      rows.filter((row) => row.at >= at && row.at < at + HOUR)
    for (const run of runs) {
      const hours = stepsOf(run, runs)
      const until = Math.min(run.to ?? log.end, log.end - HOUR)
      for (const [step, at] of hours) {
        if (at <= run.from || at >= until) continue
        steps += 1
        const agency = agencyAt(history, at)
        const counts = byAgency.get(agency ?? '') ?? [0, 0, 0, 0, 0]
        counts[step - 1] = (counts[step - 1] ?? 0) + 1
        byAgency.set(agency ?? '', counts)
        const heard = within(pings, at)
        const what = `${ticket}: step ${step} of ${run.name} at ${said(at)}`
        if (heard.length === 0) problems.push(`${what} has no ping`)
        else
          problems.push(...missing(what, { name: run.name, agency, step, at }, heard, log.enrolled))
        if (step === 3 && within(told.get(ticket) ?? [], at).length === 0)
          problems.push(`${what}: the citizen was not told`)
      }
      for (const at of againOf(hours, run.from, until, acted)) {
        repeats += 1
        if (within(pings, at).length === 0)
          problems.push(`${ticket}: ${run.name} was not pinged again at ${said(at)}`)
      }
      if (run.to !== null) continue
      const row = clocks.get(`${ticket} ${run.name}`)
      if (row?.status !== 'running' || row.due !== closing(run.due))
        problems.push(
          `${ticket}: ${run.name} runs to ${said(closing(run.due))}, stored: ${row?.status} ${said(row?.due ?? 0)}`,
        )
      if (closing(run.due) < log.end - 3 * 24 * HOUR) {
        late += 1
        if (!pings.some(({ at }) => at > closing(run.due)))
          problems.push(`${ticket}: late since ${said(closing(run.due))}, and nobody sees it`)
      }
    }
    problems.push(...endless(ticket, log.states.get(ticket) ?? '', history, runs, log.end))
  }
  return { problems, steps, repeats, byAgency, late }
}

/** When each step comes; the later one where two come together. A halfway step that was taken does not come again. */
function stepsOf(run: Run, runs: readonly Run[]): ReadonlyMap<number, number> {
  const at = new Map<number, number>()
  const halfway = (one: Run) => opening(workday(one.zero, Math.max(0, Math.ceil(one.days / 2))))
  const earlier = runs.slice(0, runs.indexOf(run)).filter(({ name }) => name === run.name)
  const taken = run.more && earlier.some((one) => one.to !== null && halfway(one) < one.to)
  const all = [
    ...(taken ? [] : [[1, halfway(run)] as const]),
    ...[-1, 1, 2, 5].map((after, n) => [n + 2, opening(workday(run.due, after))] as const),
  ]
  for (const [step, hour] of all)
    if (!all.some(([other, same]) => other > step && same <= hour)) at.set(step, hour)
  return at
}

/** The mornings after a step, up to the next one, on which nobody had acted since. */
function againOf(
  steps: ReadonlyMap<number, number>,
  from: number,
  until: number,
  acted: readonly number[],
): readonly number[] {
  const hours = [...steps.values()].filter((at) => at > from && at < until)
  const first = Math.min(...hours)
  const again: number[] = []
  for (let day = dayOf(first) + 1; opening(day) < until; day++) {
    const at = opening(day)
    if (!works(day) || hours.includes(at)) continue
    const last = Math.max(...hours.filter((hour) => hour < at))
    if (!acted.some((act) => act >= last && act <= at)) again.push(at)
  }
  return again
}

/** Whoever must hear of it by their role, and did not though somebody of them could. */
function missing(
  what: string,
  run: {
    readonly name: string
    readonly agency: string | null
    readonly step: number
    readonly at: number
  },
  heard: readonly SentRow[],
  enrolled: readonly Enrolled[],
): readonly string[] {
  const { step, at } = run
  const there = enrolled.filter((one) => one.from <= at && (one.to === null || one.to > at))
  const listeners = heard.flatMap(({ address }) => there.filter((one) => one.address === address))
  const desk = [
    [],
    ['coordinator'],
    ['coordinator'],
    ['coordinator'],
    ['coordinator'],
    ['overseer'],
  ]
  const field = [
    [],
    ['officer'],
    ['officer', 'head'],
    ['head', 'coordinator'],
    ['coordinator'],
    ['overseer'],
  ]
  const wanted = (run.name === 'verify' ? desk : field)[step] ?? []
  const own = ({ role, agency }: Enrolled) =>
    (role !== 'officer' && role !== 'head') || agency === run.agency
  return wanted.flatMap((role) => {
    const could = there.filter(
      (one) => one.role === role && own(one) && (one.unreachableFrom ?? at) >= at,
    )
    const did = listeners.some((one) => one.role === role && own(one))
    const instead = could.length === 0 && listeners.length > 0
    const holder = role === 'officer' && listeners.some((one) => one.role === 'head' && own(one))
    return did || instead || holder ? [] : [`${what}: no ${role} heard of it`]
  })
}

/** One list for each person and hour. */
function twice(lists: readonly SentRow[], problems: string[]): void {
  const seen = new Set<string>()
  for (const { address, at } of lists) {
    const key = `${address} ${Math.floor(at / HOUR)}`
    if (seen.has(key)) problems.push(`somebody was pinged twice in the hour of ${said(at)}`)
    seen.add(key)
  }
}

/** A case that is open though none of its clocks can end it or tell of it. */
function endless(
  ticket: string,
  state: string,
  history: readonly EventRow[],
  runs: readonly Run[],
  end: number,
): readonly string[] {
  if (AT_REST.has(state) || runs.some(({ to }) => to === null)) return []
  const last = history.at(-1)?.at ?? 0
  const silence = opening(workday(dayOf(last), 13))
  return silence < end ? [`${ticket}: ${state} since ${said(last)}, and nothing will end it`] : []
}

function grouped<T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(by(row))
    if (group === undefined) groups.set(by(row), [row])
    else group.push(row)
  }
  return groups
}

function said(at: number): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ')
}
