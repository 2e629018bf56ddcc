// What a person may do with a complaint of somebody else that they joined: see where it stands, read the answer, leave it.
// Neither the reporter's words nor what the desk asked the reporter; and no move is theirs.

import type { Complaint } from '../../complaints/complaint.ts'
import { maskNumbers } from '../../complaints/privacy.ts'
import { answerPage } from '../answer-page.ts'
import { hasMatter } from '../belongs.ts'
import { agencyWords, categoryWords, dueWords, line, moreTail, words } from '../lines.ts'
import { isOpen, type Moment, type Outcome } from '../moment.ts'
import type { Context, MyComplaint } from '../turn.ts'

/** The joined complaint that the message names or quotes. */
export function supportedIn({ context, reading, settled }: Moment): MyComplaint | null {
  if (settled !== null) return null
  const { command } = reading
  if (command?.mistyped != null) return null
  const [said] = command?.ticket == null ? reading.tickets : [command.ticket]
  const ticket = said ?? context.quoted
  return context.supported.find(({ complaint }) => complaint.ticket === ticket) ?? null
}

/** Null: the message is about something else after all. */
export function onSupported(moment: Moment, found: MyComplaint): Outcome | null {
  const { state, context, message, reading } = moment
  const command = message.choice === null ? reading.command : null
  const { ticket } = found.complaint
  const cannot = { state, lines: [line(context, 'cannot_supported', { id: ticket }, { ticket })] }
  if (command === null) return hasMatter(reading) || reading.urgent ? null : cannot
  switch (command.name) {
    case 'status':
      return where(moment, found)
    case 'show':
      return answer(moment, found)
    case 'cancel':
      return {
        state,
        lines: [line(context, 'support_left', { id: ticket })],
        effects: [{ type: 'unlink', ticket }],
      }
    case 'support':
      return { state, lines: [line(context, 'support_already', { id: ticket }, { ticket })] }
    case 'add':
    case 'reply':
    case 'satisfied':
    case 'dissatisfied':
    case 'rate':
    case 'reopen':
    case 'anonymous':
    case 'confidential':
      return cannot
    default:
      return null
  }
}

/** STATUS alone, by somebody without a complaint of their own in work; null: they joined none either. */
export function whereAll(moment: Moment): Outcome | null {
  const { state, context } = moment
  const open = context.supported.filter(isOpen)
  const [only, ...others] = open
  if (only === undefined) return null
  if (others.length === 0) return where(moment, only)
  const list = open
    .slice(0, MOST_LISTED)
    .map(({ complaint }) =>
      words(context, 'status_item', {
        id: complaint.ticket,
        state: stateWords(context, complaint),
      }),
    )
    .reduce((first, second) => words(context, 'list_join', { first, second }))
  return { state, lines: [line(context, 'support_list', { list })] }
}

const MOST_LISTED = 3

function stateWords(context: Context, { agency, state }: Complaint): string {
  return words(context, `support_state_${state}`, { agency: agencyWords(context, agency) })
}

function where({ state, context }: Moment, { complaint, lastAnswer }: MyComplaint): Outcome {
  const { ticket } = complaint
  const category = categoryWords(context, complaint.category)
  const label = stateWords(context, complaint)
  const lines = [
    line(context, 'support_status', { id: ticket, category, state: label }, { ticket }),
  ]
  // While it is held, answered or closed the clock that runs is the reporter's own.
  const theirs = ['received', 'assigned', 'in_progress'].includes(complaint.state)
  const due = theirs ? dueWords(context, complaint) : null
  if (due !== null) lines.push(line(context, 'status_due', { date: due }))
  if (lastAnswer !== null && !theirs) {
    const more = { ticket, tail: moreTail(context, ticket) }
    lines.push(line(context, 'status_answer', { note: maskNumbers(lastAnswer) }, more))
  }
  return { state, lines }
}

/** The last answer; never the last word, which may be a question to the reporter. */
function answer(moment: Moment, { complaint, lastAnswer }: MyComplaint): Outcome {
  const { state, context } = moment
  const { ticket } = complaint
  if (lastAnswer === null)
    return { state, lines: [line(context, 'show_nothing', { id: ticket }, { ticket })] }
  return answerPage(moment, complaint, maskNumbers(lastAnswer), true)
}
