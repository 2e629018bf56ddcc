// A year as a table that an official can read: cases by agency, those in time and late, pings by step.

import type { Verdict } from './checker.ts'
import type { Year } from './year.ts'

export function tableOf(year: Year, { problems, steps, repeats, byAgency, late }: Verdict): string {
  const { log, town, done, troubles, ticks, sent, seconds, cpu } = year
  const cases = new Map<string, Set<string>>()
  const answered = new Map<string, number>()
  const agencyOf = new Map<string, string>()
  const into = (of: Map<string, Set<string>>, agency: string, ticket: string) =>
    of.set(agency, (of.get(agency) ?? new Set()).add(ticket))
  for (const { ticket, move, to, detail } of log.events) {
    if (move === 'assign' || move === 'transfer') agencyOf.set(ticket, String(detail.agency))
    if (to === 'received') agencyOf.delete(ticket)
    const agency = agencyOf.get(ticket) ?? ''
    if (move === 'file' || agency !== '') into(cases, agency, ticket)
    if (move === 'answer') answered.set(agency, (answered.get(agency) ?? 0) + 1)
  }
  const row = (agency: string) => {
    const pings = byAgency.get(agency) ?? [0, 0, 0, 0, 0]
    const figures = [cases.get(agency)?.size ?? 0, answered.get(agency) ?? 0, ...pings]
    return `${(agency || '(desk)').padEnd(16)}${figures.map((n) => String(n).padStart(9)).join('')}`
  }
  const head = ['cases', 'answers', 'halfway', 'day before', 'late', 'late+2', 'late+5']
  const states = new Map<string, number>()
  for (const state of log.states.values()) states.set(state, (states.get(state) ?? 0) + 1)
  const told = (of: ReadonlyMap<string, number>) =>
    [...of]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, n]) => `${what} ${n}`)
      .join(', ')
  return [
    `${'agency'.padEnd(16)}${head.map((word) => word.slice(0, 8).padStart(9)).join('')}`,
    ...['', ...town.agencies].map(row),
    `${log.filed.size} cases in ${town.agencies.length} agencies; in the end: ${told(states)}; late ${late}`,
    `what people did: ${told(done)}`,
    `${steps} steps, each with its ping within its hour; ${repeats} repetitions; ${problems.length} problems`,
    `${troubles.crashes} crashes, ${troubles.faults} faults of the store; ${ticks} ticks, ${sent} messages sent`,
    `${seconds.toFixed(0)} s, of them ${cpu.toFixed(0)} s of one core`,
  ].join('\n')
}
