// TUGAS: what waits for this person, the most urgent first, a page at a time. LANJUT, or its button, brings the next.

import type { Complaint } from '../../complaints/complaint.ts'
import { deskButton } from '../../complaints/desk-button.ts'
import type { Choice } from '../../message.ts'
import type { DeskTasks } from '../desk.ts'
import { categoryWords, dueAtOf, dueWords, type Line, line, words } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { type DeskMoment, told } from './desk-moment.ts'

/** More of them do not fit two segments of an SMS; how many do is measured. */
const MOST_BY_SMS = 5
const ROOM_BY_SMS = 225

export function tasks(moment: DeskMoment): Outcome {
  const { context, desk } = moment
  const list = desk.tasks ?? { cases: [], total: 0, from: 0 }
  if (list.cases.length === 0) {
    const key = list.total > 0 ? 'desk_tasks_end' : 'desk_tasks_none'
    return told(moment, [line(context, key, {})])
  }
  const shown = fitting(moment, list.cases)
  const next = list.from + shown.length
  const tasksFrom = next < list.total ? next : null
  return told(moment, [listed(moment, list, shown), whatNext(moment, shown, tasksFrom)], [], {
    tasksFrom,
  })
}

/** As many as one message holds, and at least one. */
function fitting(moment: DeskMoment, cases: readonly Complaint[]): readonly Complaint[] {
  if (moment.context.person.style === 'chat') return cases
  let room = ROOM_BY_SMS
  return cases.slice(0, MOST_BY_SMS).filter((one, at) => {
    room -= taskWords(moment, one).length + 1
    return at === 0 || room >= 0
  })
}

function listed(moment: DeskMoment, { from, total }: DeskTasks, shown: readonly Complaint[]): Line {
  const list = shown.map((one) => taskWords(moment, one)).join('\n')
  const places = { from: String(from + 1), to: String(from + shown.length), n: String(total) }
  return line(moment.context, 'desk_tasks', { ...places, list })
}

function taskWords({ context, staff }: DeskMoment, complaint: Complaint): string {
  const { ticket, urgent, state, holder, place } = complaint
  const mark = (key: 'urgent' | 'late' | 'held' | 'yours' | 'asked') =>
    words(context, `desk_mark_${key}`, {})
  const due = dueAtOf(complaint)
  const marks = [
    ...(urgent ? [mark('urgent')] : []),
    ...(due !== null && due.getTime() < context.now.getTime() ? [mark('late')] : []),
    ...(state === 'held' ? [mark('held')] : []),
    ...(complaint.asked === null ? [] : [mark('asked')]),
    ...(holder === staff.id ? [mark('yours')] : []),
  ]
  return words(context, marks.length === 0 ? 'desk_task' : 'desk_task_marked', {
    id: ticket,
    category: categoryWords(context, complaint.category),
    place: place.kelurahan ?? words(context, 'desk_no_place', {}),
    date: dueWords(context, complaint) ?? '-',
    list: marks.join(', '),
  })
}

function whatNext(
  { context }: DeskMoment,
  shown: readonly Complaint[],
  tasksFrom: number | null,
): Line {
  const choices: Choice[] = shown.map((one) => ({
    value: deskButton('show', one),
    label: words(context, 'desk_button_show_id', { id: one.ticket }),
  }))
  if (tasksFrom !== null)
    choices.push({
      value: deskButton('tasks', { ticket: '-', version: 0 }, String(tasksFrom)),
      label: words(context, 'desk_button_more', {}),
    })
  const key = tasksFrom === null ? 'desk_tasks_next' : 'desk_tasks_more'
  const id = shown[0]?.ticket ?? ''
  return line(context, key, { id }, context.person.buttons ? { choices } : {})
}
