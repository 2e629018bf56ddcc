// Does what was confirmed. A case that went on meanwhile is told instead.

import type { Confirmed } from '../desk-state.ts'
import { line } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { blocked, handedOver, invited, removed } from './carrying-out-people.ts'
import { type DeskMoment, readable, told } from './desk-moment.ts'
import { doneLines } from './done.ts'
import { withAttached } from './given-words.ts'
import { moveMade } from './moving.ts'
import { tooLate, wentOn } from './overtaken.ts'

export function carriedOut(moment: DeskMoment, what: Confirmed): Outcome {
  const { context } = moment
  switch (what.type) {
    case 'move': {
      const { ticket, version } = what
      const found = readable(moment, ticket)
      if (found === null) return told(moment, [line(context, 'desk_unknown', { id: ticket })])
      if (wentOn(found, version)) return tooLate(moment, found)
      const { move, ...more } = what.request
      const given = Object.entries(more).filter(([, value]) => value !== undefined)
      const request = { ...Object.fromEntries(given), move }
      const outcome = moveMade(moment, found, request, (after) =>
        doneLines(moment, { before: found.complaint, after, request }),
      )
      return withAttached(outcome, what.media ?? [])
    }
    case 'invite':
      return invited(moment, what)
    case 'remove':
      return removed(moment, what)
    case 'hand-over':
      return handedOver(moment, what)
    case 'block':
      return blocked(moment, what)
  }
}
