// Link spam and prize scams: archived as they come in, with a ticket, and forwarded to nobody (product.md section 10).

import { NOWHERE } from '../../complaints/complaint.ts'
import { line } from '../lines.ts'
import type { Moment, Outcome } from '../moment.ts'
import { saidBefore } from './report.ts'

/**
 * Filed, and archived in the same breath: it reaches nobody, its words can still be looked at, and who was taken for a
 * spammer wrongly has a ticket. Beyond the daily limit it is not even that.
 */
export function spam(moment: Moment): Outcome {
  const { state, context, message, reading } = moment
  const again = saidBefore(moment)
  if (again !== null) return again
  const [ticket] = context.newTickets
  const { person, city } = context
  if (ticket === undefined || person.filedToday >= city.limits.complaintsPerDay)
    return { state, lines: [line(context, 'spam', {})], heard: 'unclear' }
  return {
    state,
    lines: [line(context, 'spam_archived', { id: ticket }, { ticket })],
    heard: 'chatter',
    effects: [
      {
        type: 'file',
        ticket,
        words: message.text,
        class: reading.class,
        category: null,
        proposedAgency: null,
        place: NOWHERE,
        anonymous: reading.asksAnonymous,
        confidential: reading.asksConfidential,
        urgent: false,
        overLimit: false,
        media: [],
      },
      { type: 'move', ticket, request: { move: 'archive', reason: 'spam' }, by: 'system' },
    ],
  }
}
