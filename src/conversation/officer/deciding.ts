// Who says yes or no to more time: the head of the agency, or a coordinator where it has none.

import type { Complaint } from '../../complaints/complaint.ts'
import type { DeskMoment } from './desk-moment.ts'

/** One who was asked: a group decides nothing, and whoever cannot be reached never heard of it. */
export function hasHead({ desk }: Pick<DeskMoment, 'desk'>, agency: string | null): boolean {
  return (desk.people ?? []).some(
    (one) => one.role === 'head' && one.agency === agency && !one.group && !one.unreachable,
  )
}

/** What was asked for is theirs to decide. Where it was not looked up who there is, a coordinator is offered nothing. */
export function decides(
  moment: Pick<DeskMoment, 'staff' | 'desk'>,
  { asked, agency }: Pick<Complaint, 'asked' | 'agency'>,
): boolean {
  const { staff, desk } = moment
  if (asked === null) return false
  if (staff.role !== 'coordinator') return staff.role === 'head'
  return desk.people !== null && !hasHead(moment, agency)
}
