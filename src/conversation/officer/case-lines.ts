// What an officer reads of a case beside its facts and history: what it waits for, what came with it, what is like it.

import { runningClock } from '../../complaints/clocks.ts'
import type { Complaint } from '../../complaints/complaint.ts'
import { mayRead, mayReadWords } from '../../complaints/staff.ts'
import type { DeskCase } from '../desk.ts'
import { agencyWords, dateWords, type Line, line, words } from '../lines.ts'
import { likely } from '../nearby.ts'
import { formatDate } from '../phrases.ts'
import type { DeskMoment } from './desk-moment.ts'

const MOST_ALIKE = 3

/** When it came and by which way, whose it is beside the one agency, and what is still undecided. */
export function pendingLines(
  { context, staff }: DeskMoment,
  complaint: Complaint,
): readonly Line[] {
  const { city } = context
  const lines = [line(context, 'desk_since', { date: formatDate(complaint.filedAt, city) })]
  const marks = (['urgent', 'anonymous', 'confidential'] as const).filter((key) => complaint[key])
  if (marks.length > 0) {
    const list = marks.map((key) => words(context, `desk_mark_${key}`, {})).join(', ')
    lines.push(line(context, 'desk_marks', { list }))
  }
  const facts = runningClock(complaint, 'facts')
  if (complaint.state === 'held' && facts !== null) {
    const date = dateWords(context, facts.dueAt, facts.estimate)
    lines.push(line(context, 'desk_held_until', { date }))
  }
  if (complaint.asked !== null) {
    const { days, until } = complaint.asked
    const params = { n: String(days), date: formatDate(until, city) }
    lines.push(line(context, 'desk_asked_until', params))
  }
  if (complaint.handOffs > 0)
    lines.push(line(context, 'desk_hand_offs', { n: String(complaint.handOffs) }))
  if (complaint.copiedTo.length > 0) {
    const list = complaint.copiedTo.map((id) => agencyWords(context, id)).join(', ')
    lines.push(line(context, 'desk_copied_to', { list }))
  }
  if (complaint.externalId !== null)
    lines.push(line(context, 'desk_external', { external: complaint.externalId }))
  if (complaint.holder === staff.id) lines.push(line(context, 'desk_yours', {}))
  return lines
}

/** Pictures are counted only for those who may see them. */
export function aroundLines(
  { context, desk, staff }: DeskMoment,
  { complaint, supporters }: DeskCase,
): readonly Line[] {
  const lines: Line[] = []
  if (supporters > 0) lines.push(line(context, 'desk_supporters', { n: String(supporters) }))
  const around = desk.around?.ticket === complaint.ticket ? desk.around : null
  if (around === null) return lines
  const { attachments } = around
  if (attachments > 0 && mayReadWords(staff, complaint))
    lines.push(line(context, 'desk_attachments', { n: String(attachments) }))
  const theirs = around.near.filter((one) => mayRead(staff, one))
  const alike = likely(complaint, theirs, context.city, MOST_ALIKE)
  if (alike.length > 0)
    lines.push(line(context, 'desk_alike', { list: alike.map(({ ticket }) => ticket).join(', ') }))
  return lines
}
