// More time was asked for, and before anybody decided the case was put on hold or taken elsewhere: whoever asked is told
// that it came to nothing. Where the case ended nobody needs more time.

import type { State } from '../complaints/complaint.ts'
import type { Hearing } from './desk-audience.ts'
import type { Move } from './move-phrases.ts'
import { peopleOf, type Roster } from './roster.ts'

const GOES_ON: readonly State[] = ['held', 'assigned', 'received']

/** With what they hear of the move itself, else as a card of its own. */
export function withLapsed(
  hearings: readonly Hearing[],
  { before, after }: Move,
  { members }: Roster,
): readonly Hearing[] {
  const asked = before?.asked ?? null
  if (asked === null || after.asked !== null || !GOES_ON.includes(after.state)) return hearings
  const asker = peopleOf(members).find(({ staff }) => staff?.id === asked.by)
  if (asker === undefined) return hearings
  const isAsker = ({ staff }: Hearing['to'][number]) => staff?.id === asked.by
  const apart = hearings.flatMap((hearing) => {
    const [also] = hearing.to.filter(isAsker)
    if (also === undefined) return [hearing]
    const others = hearing.to.filter((one) => !isAsker(one))
    return [
      { ...hearing, to: others },
      { ...hearing, to: [also], lapsed: true },
    ]
  })
  const heard = apart.some(({ to }) => to.some(isAsker))
  return heard ? apart : [...apart, { card: 'extend_lapsed', to: [asker] }]
}
