// What the history of a case says of its clocks: when each ran, and to which day. Told anew from product.md section 4,
// out of the events alone.

import { closing, dayOf, dayZero, workday, workdays } from './days.ts'
import type { EventRow, FiledRow } from './log.ts'

type Name = 'verify' | 'follow_up' | 'finish'

/** A time in which a clock ran to one and the same day. */
export interface Run {
  readonly ticket: string
  readonly name: Name
  readonly zero: number
  readonly days: number
  readonly due: number
  readonly from: number
  /** Null: it runs still. */
  to: number | null
  /** It goes on from an earlier one of the same clock. */
  readonly more: boolean
}

const ALL: readonly Name[] = ['verify', 'follow_up', 'finish']
const LONG = new Set(['pungli', 'korupsi'])

export function runsOf(filed: FiledRow, events: readonly EventRow[]): readonly Run[] {
  const { ticket } = filed
  const runs: Run[] = []
  const now = new Map<Name, Run>()
  const left = new Map<Name, number>()
  let about = { class: filed.class, category: filed.category }
  const finishDays = () =>
    about.class === 'information' ? 5 : LONG.has(about.category ?? '') ? 60 : 14

  function run(name: Name, days: number, at: number, more = false): void {
    end(at, name)
    const zero = dayZero(at)
    begin({
      ...{ ticket, name, zero, days },
      due: workday(zero, days),
      ...{ from: at, to: null, more },
    })
  }
  function begin(one: Run): void {
    runs.push(one)
    now.set(one.name, one)
    left.delete(one.name)
  }
  function end(at: number, ...names: readonly Name[]): void {
    for (const name of names) {
      const one = now.get(name)
      if (one !== undefined) one.to = at
      now.delete(name)
      left.delete(name)
    }
  }
  /** Stands still, and remembers how many days it had. */
  function pause(at: number): void {
    for (const [name, { zero, due }] of [...now]) {
      const days = workdays(Math.max(dayOf(at), zero), due)
      end(at, name)
      left.set(name, at > closing(due) ? Math.min(days, -1) : days)
    }
  }
  function goOn(at: number): void {
    for (const [name, days] of [...left]) run(name, days, at, true)
  }
  /** The same clock runs to another day. */
  function shift(at: number, by: number): void {
    const one = now.get('finish')
    if (by === 0) return
    if (one === undefined) left.set('finish', (left.get('finish') ?? 0) + by)
    else {
      one.to = at
      begin({
        ...one,
        days: one.days + by,
        due: workday(one.due, by),
        from: at,
        to: null,
        more: true,
      })
    }
  }
  /** Where so many days would be over already, they count from today. */
  function extend(at: number, days: number): void {
    const due = now.get('finish')?.due
    const over = due === undefined ? 0 : workdays(due, dayOf(at))
    shift(at, days > over ? days : over + days)
  }
  function anew(at: number, to: string): void {
    end(at, ...ALL)
    if (to === 'received') run('verify', 3, at)
    else {
      run('follow_up', 5, at)
      run('finish', finishDays(), at)
    }
  }

  for (const { at, move, from, to, detail } of events) {
    switch (move) {
      case 'file':
        run('verify', 3, at)
        break
      case 'assign':
      case 'transfer':
        end(at, 'verify')
        run('follow_up', 5, at)
        if (!now.has('finish')) run('finish', finishDays(), at)
        break
      case 'hold':
        pause(at)
        break
      case 'complete':
        goOn(at)
        if (to === 'received' && !now.has('verify')) run('verify', 3, at)
        break
      case 'update':
        end(at, 'follow_up')
        break
      case 'return':
        end(at, 'follow_up')
        run('verify', 3, at)
        break
      case 'extend':
        if (detail.asked !== true && detail.refused !== true) extend(at, Number(detail.days))
        break
      case 'merge':
        pause(at)
        break
      case 'restore':
        if (from === 'archived') run('verify', 3, at)
        else if (to !== 'held') goOn(at)
        break
      case 'reopen':
      case 'dissatisfied':
        anew(at, to)
        break
      case 'answer':
      case 'archive':
      case 'close':
      case 'satisfied':
      case 'cancel':
        end(at, ...ALL)
    }
    const before = finishDays()
    if (detail.class !== undefined) about = { ...about, class: String(detail.class) }
    if (detail.category !== undefined) about = { ...about, category: String(detail.category) }
    if (move !== 'file' && (now.has('finish') || left.has('finish')))
      shift(at, finishDays() - before)
  }
  return runs
}

/** Which agency had the case just before this moment. */
export function agencyAt(events: readonly EventRow[], at: number): string | null {
  let agency: string | null = null
  for (const event of events) {
    if (event.at >= at) break
    if (event.detail.agency !== undefined && event.move !== 'copy')
      agency = String(event.detail.agency)
    if (event.to === 'received') agency = null
  }
  return agency
}
