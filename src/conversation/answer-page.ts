// The words an agency addressed to the citizen, whole: on SMS page by page, LIHAT again brings the next.

import type { Complaint } from '../complaints/complaint.ts'
import { agencyWords, type Line, line, moreTail, rendered } from './lines.ts'
import type { Facts } from './moment.ts'
import { pageOf } from './pages.ts'
import type { State } from './state.ts'

/** The next page of `whole`; `answered`: it is the answer, not merely the last word. */
export function answerPage(
  { state, context }: Facts,
  complaint: Complaint,
  whole: string,
  answered: boolean,
): { readonly state: State; readonly lines: readonly Line[] } {
  const { ticket } = complaint
  const more = { ticket, tail: moreTail(context, ticket) }
  const agency = agencyWords(context, complaint.agency)
  const spoken = (text: string) =>
    answered
      ? line(context, 'show_answer', { id: ticket, agency, answer: text }, more)
      : line(context, 'show_note', { id: ticket, note: text }, more)
  if (context.person.style === 'chat') return { state, lines: [spoken(whole)] }
  const from = state.showing?.ticket === ticket ? state.showing.from : 0
  const page = pageOf(whole, from, rendered(context, spoken('')), moreTail(context, ticket))
  const showing = page.next === null ? null : { ticket, from: page.next }
  return { state: { ...state, showing }, lines: [spoken(page.text)] }
}
