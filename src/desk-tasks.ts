// What waits for somebody enrolled, by their role: their agency's cases with their own first, what nobody else has,
// or what has been late for long. Reads only as much as one page needs.

import type { City } from './city/city.ts'
import { addWorkingDays, instantOf, isWorkingDay, localDate } from './complaints/clocks.ts'
import type { StaffMember } from './complaints/staff.ts'
import type { DeskTasks } from './conversation/desk.ts'
import type { TaskList } from './store/staff-port.ts'
import type { Store } from './store/store.ts'

/** As many as the longest message lists. */
const TASKS_PER_PAGE = 8
/** Overseers hear of what is late for so many working days (product.md section 5). */
const OVERSEEN_AFTER = 5

export function createDeskTasks(store: Pick<Store, 'tasks'>, city: City) {
  const ALL = { agency: null, unassigned: false, offset: 0, limit: TASKS_PER_PAGE }

  async function ofAgency(staff: StaffMember, offset: number): Promise<TaskList> {
    const { agency, id: holder } = staff
    const own = await store.tasks({ ...ALL, agency, holder, limit: offset + TASKS_PER_PAGE })
    const limit = offset + TASKS_PER_PAGE + own.total
    const all = await store.tasks({ ...ALL, agency, limit })
    return { cases: ownFirst(own, all, holder).slice(offset), total: all.total }
  }

  function listFor(staff: StaffMember, offset: number, now: Date): Promise<TaskList> {
    switch (staff.role) {
      case 'officer':
      case 'head':
        return ofAgency(staff, offset)
      case 'coordinator':
        return store.tasks({ ...ALL, unassigned: true, unattended: true, offset })
      case 'overseer':
        return store.tasks({ ...ALL, overdueSince: lateSince(now, city), offset })
    }
  }

  return async (staff: StaffMember, from: number, now: Date): Promise<DeskTasks> => {
    const { cases, total } = await listFor(staff, from, now)
    return { cases: cases.slice(0, TASKS_PER_PAGE), total, from }
  }
}

/** Emergencies before everything, then one's own, then what the others of the agency have or nobody yet. */
function ownFirst(own: TaskList, { cases }: TaskList, holder: string): TaskList['cases'] {
  const pressing = cases.filter(({ urgent, state }) => urgent && state !== 'held')
  const known = new Set(pressing.map(({ ticket }) => ticket))
  const mine = own.cases.filter(({ ticket }) => !known.has(ticket))
  const others = cases.filter((one) => one.holder !== holder && !known.has(one.ticket))
  return [...pressing, ...mine, ...others]
}

/** What was due on this day or before has been late for five working days by now. */
function lateSince(now: Date, { calendar }: City): Date {
  const today = localDate(now, calendar.zone)
  const last = isWorkingDay(today, calendar) ? today : addWorkingDays(today, -1, calendar)
  const day = addWorkingDays(last, -OVERSEEN_AFTER, calendar)
  return instantOf(day, 24, calendar.zone)
}
