// Does what was confirmed. A case that went on meanwhile is told instead.

import type { Confirmed } from '../desk-state.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'
import { moveMade, refusedMove } from './moving.ts'

export function carriedOut(moment: DeskMoment, what: Confirmed): Outcome {
  const { context } = moment
  switch (what.type) {
    case 'move': {
      const { ticket, version } = what
      const found = readable(moment, ticket)
      if (found === null) return told(moment, [line(context, 'ticket_unknown', { id: ticket })])
      if (found.complaint.version !== version) return refusedMove(moment, found)
      const { move, ...more } = what.request
      const given = Object.entries(more).filter(([, value]) => value !== undefined)
      return moveMade(moment, found, { ...Object.fromEntries(given), move }, () => [
        line(context, 'desk_done', { id: ticket }, { ticket }),
      ])
    }
    case 'invite':
    case 'remove':
    case 'hand-over':
      return told(moment, [line(context, 'desk_not_for_you', {})])
  }
}
