// STOP, MULAI and BANTUAN. STOP ends the notices only: it never withdraws a complaint, and answers still come.

import { line } from '../lines.ts'
import { isOpen, type Moment, type Outcome } from '../moment.ts'

export function stop({ state, context, mine }: Moment): Outcome {
  const newest = mine.find(isOpen)
  return {
    state: { ...state, stopSaid: true },
    lines: [
      newest === undefined
        ? line(context, 'stop_ok_plain', {})
        : line(context, 'stop_ok', { id: newest.complaint.ticket }),
    ],
    effects: [{ type: 'stop-notices' }],
  }
}

export function start({ state, context }: Moment): Outcome {
  return {
    state,
    lines: [line(context, 'start_ok', {})],
    effects: [{ type: 'resume-notices' }],
  }
}

export function help({ state, context }: Moment): Outcome {
  return { state, lines: [line(context, 'help', {})] }
}
