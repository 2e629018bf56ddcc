// STATUS, CEK and LIHAT: where a case stands, and the last answer, whole.
// On SMS an answer too long for one reply is shown page by page: LIHAT again brings the next.

import type { Complaint } from '../../complaints/complaint.ts'
import { answerPage } from '../answer-page.ts'
import { agencyWords, dueWords, type Line, line, moreTail, words } from '../lines.ts'
import { isOpen, type Moment, type Outcome, tryMove } from '../moment.ts'
import { targetOf } from '../target.ts'
import type { Context, MyComplaint } from '../turn.ts'
import { whereAll } from './supported.ts'

const LISTED = { sms: 3, chat: 10 } as const

export function status(moment: Moment): Outcome {
  const { state, context, mine, reading, settled } = moment
  const { command } = reading
  const names = command?.ticket != null || command?.mistyped != null || settled !== null
  if (names || context.quoted !== null) {
    const target = targetOf(moment, isOpen)
    return target.outcome ?? one(moment, target.found)
  }
  if (state.unproven) return { state: { ...state, question: { type: 'prove' } }, lines: [] }
  const open = mine.filter(isOpen)
  const [only, ...others] = open
  if (only === undefined)
    return whereAll(moment) ?? { state, lines: [line(context, 'status_none', {})] }
  if (others.length === 0) return one(moment, only)
  return { state, lines: [listLine(context, open)] }
}

function listLine(context: Context, open: readonly MyComplaint[]): Line {
  const most = LISTED[context.person.style]
  const items = open.slice(0, most).map(({ complaint: { ticket, state } }) => {
    const label = words(context, `short_${state as 'received'}`, {})
    return words(context, 'status_item', { id: ticket, state: label })
  })
  const more = open.length - most
  const rest = more > 0 ? [words(context, 'status_more', { n: String(more) })] : []
  const list = [...items, ...rest].reduce((first, second) =>
    words(context, 'list_join', { first, second }),
  )
  return line(context, 'status_list', { list })
}

function one({ state, context }: Moment, found: MyComplaint): Outcome {
  const { ticket } = found.complaint
  return {
    state,
    lines: statusLines(context, found),
    effects: [{ type: 'about', ticket }],
  }
}

/** State, agency, due date, last words: the words last, since they are what is cut. */
function statusLines(context: Context, found: MyComplaint): readonly Line[] {
  const { complaint, lastNote } = found
  const { ticket } = complaint
  const lines = [stateLine(context, complaint)]
  const due = isOver(context, complaint) ? null : dueWords(context, complaint)
  if (due !== null) lines.push(line(context, 'status_due', { date: due }))
  if (complaint.externalId !== null)
    lines.push(line(context, 'status_external', { external: complaint.externalId }))
  const note = complaint.state === 'answered' ? (found.lastAnswer ?? lastNote) : lastNote
  if (note !== null && note.trim() !== '') {
    const more = { ticket, tail: moreTail(context, ticket) }
    const key = complaint.state === 'held' ? 'status_question' : noteKey(complaint)
    lines.push(line(context, key, { note }, more))
  }
  return lines
}

/** Closed, and no longer to be reopened by the citizen. */
function isOver(context: Context, complaint: Complaint): boolean {
  if (complaint.state !== 'closed') return false
  return tryMove(context, complaint, { move: 'reopen', reason: '-' }).outcome !== 'moved'
}

function noteKey({ state }: Complaint): 'status_answer' | 'status_note' {
  return state === 'answered' ? 'status_answer' : 'status_note'
}

function stateLine(context: Context, complaint: Complaint): Line {
  const { ticket: id, state } = complaint
  const more = { ticket: id }
  const agency = agencyWords(context, complaint.agency)
  switch (state) {
    case 'received':
    case 'held':
    case 'cancelled':
      return line(context, `status_${state}`, { id }, more)
    case 'assigned':
    case 'in_progress':
    case 'answered':
      return line(context, `status_${state}`, { id, agency }, more)
    case 'closed':
      return isOver(context, complaint)
        ? line(context, 'status_closed', { id }, more)
        : line(context, 'status_closed_open', { id }, more)
    case 'archived': {
      const reason = words(context, `reason_${complaint.archiveReason ?? 'unclear'}`, { id })
      return line(context, 'status_archived', { id, reason }, more)
    }
    case 'merged':
      return line(context, 'status_merged', { id, into: complaint.mergedInto ?? '' }, more)
  }
}

/** LIHAT: the last answer, or for want of one the last word. */
export function show(moment: Moment): Outcome {
  const target = targetOf(moment, (found) => found.lastAnswer !== null)
  if (target.outcome !== undefined) return target.outcome
  const { state, context } = moment
  const { complaint, lastAnswer, lastNote, merged } = target.found
  const { ticket } = complaint
  const effects = [{ type: 'about', ticket } as const]
  if (merged !== undefined && complaint.confidential)
    return { state, lines: [line(context, 'show_hushed', { id: ticket }, { ticket })], effects }
  const whole = lastAnswer ?? lastNote
  if (whole === null)
    return { state, lines: [line(context, 'show_nothing', { id: ticket }, { ticket })], effects }
  const page = answerPage(moment, complaint, whole, lastAnswer !== null)
  const files = { ticket, of: 'answers' } as const
  return { ...page, lines: page.lines.map((one) => ({ ...one, files })), effects }
}
