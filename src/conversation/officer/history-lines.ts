// The history of a case as officers read it: the last moves by date and actor, with the words of each.
// Who may not read the citizen's words reads no words at all; numbers in them are masked as in the case itself.

import { localDate, localTime } from '../../complaints/clocks.ts'
import type { HistoryEvent } from '../../complaints/complaint.ts'
import type { DeskCase } from '../desk.ts'
import { type Line, line, words } from '../lines.ts'
import { formatDate } from '../phrases.ts'
import type { Context } from '../turn.ts'
import { seenWords } from './card.ts'
import type { DeskMoment } from './desk-moment.ts'

const MOST = { sms: 5, chat: 12 } as const

export function historyLines(
  moment: DeskMoment,
  { complaint, history }: DeskCase,
): readonly Line[] {
  const { context } = moment
  const most = MOST[context.person.style]
  const moves = history.filter(({ move }) => move !== 'file')
  if (moves.length === 0) return []
  const items = moves.slice(-most).map((event) => {
    const params = { date: dayWords(context, event.at), did: doneBy(context, event) }
    const said = seenWords(moment, complaint, event.note)
    return said === null
      ? words(context, 'desk_history_item', params)
      : words(context, 'desk_history_said', { ...params, words: said })
  })
  const earlier = moves.length - items.length
  const shown = earlier > 0 ? [words(context, 'desk_history_earlier', { n: String(earlier) })] : []
  return [line(context, 'desk_history', { list: [...shown, ...items].join('\n') })]
}

/** "diterima Budi": what was done, and by whom. */
export function doneBy(context: Context, event: HistoryEvent): string {
  return words(context, 'desk_did', {
    did: didWords(context, event),
    actor: actorWords(context, event),
  })
}

/** An extension that was only asked for, or refused, and words beside the case are told as what they were. */
function didWords(context: Context, { move, detail }: HistoryEvent): string {
  if (move === 'extend' && detail.asked === true) return words(context, 'desk_did_extend_asked', {})
  if (move === 'extend' && detail.refused === true)
    return words(context, 'desk_did_extend_refused', {})
  return words(context, `desk_did_${move}`, {})
}

function actorWords(context: Context, { role, actor }: HistoryEvent): string {
  if (role === 'citizen') return words(context, 'desk_actor_citizen', {})
  return role === 'system' ? words(context, 'desk_actor_system', {}) : actor
}

/** `25/11`: the year is this one's, or the case would be closed. */
function dayWords({ city, now }: Context, at: Date): string {
  const whole = formatDate(at, city)
  const sameYear = localDate(at, city.zone).slice(0, 4) === localDate(now, city.zone).slice(0, 4)
  return sameYear ? whole.slice(0, 5) : whole
}

/** `25/11 14.30`, as late presses tell it. */
export function momentWords(context: Context, at: Date): string {
  return `${dayWords(context, at)} ${localTime(at, context.city.zone)}`
}
