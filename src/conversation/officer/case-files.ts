// Files with what an officer is told of a case: for those alone who may read its words.

import type { Complaint } from '../../complaints/complaint.ts'
import { mayReadWords } from '../../complaints/staff.ts'
import type { Line } from '../lines.ts'
import type { DeskMoment } from './desk-moment.ts'

/** The line with all that came in about the case. */
export function withFiles({ staff }: DeskMoment, complaint: Complaint) {
  const theirs = mayReadWords(staff, complaint)
  const files = { ticket: complaint.ticket, of: 'all' } as const
  return (told: Line): Line => (theirs ? { ...told, files } : told)
}
