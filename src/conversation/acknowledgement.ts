// The ticket and what goes with it: emergency numbers first, when it will be verified, what is kept secret.
// The privacy notice is told once, with the first ticket: below it on chat, as one further message on SMS.

import { dueAfter, localDate } from '../complaints/clocks.ts'
import { rulesInForce } from '../complaints/routing.ts'
import { questionLines } from './ask.ts'
import { agencyWords, cityWords, composed, dateWords, type Line, line, rendered } from './lines.ts'
import type { Facts, Outcome } from './moment.ts'
import { hasPictures } from './photo-warning.ts'
import type { Draft } from './state.ts'
import type { Context } from './turn.ts'

/** Septets of an SMS reply: two parts of 153. [3GPP TS 23.040] */
const ROOM = 306

export interface Filed {
  readonly ticket: string
  /** It is over the daily limit, and that was not told today. */
  readonly tellLimit: boolean
  /** What is said ahead of the ticket. */
  readonly before: readonly Line[]
}

/** `facts.state` is the one after filing, with the question that will follow in the same message. */
export function acknowledged(
  facts: Facts,
  draft: Draft,
  { ticket, tellLimit, before }: Filed,
): Pick<Outcome, 'lines' | 'further'> {
  const { context, state } = facts
  const { person } = context
  const must = [
    ...(draft.urgent ? [line(context, 'ack_emergency', {})] : []),
    ...before,
    tellLimit ? limitLine(context, ticket) : ackLine(context, ticket, state.question !== null),
    ...secrecyLines(context, draft),
  ]
  const notice = person.privacyTold === null ? [line(context, 'privacy', {})] : []
  if (person.style === 'chat') return { lines: [...must, ...hints(context, draft), ...notice] }
  const asked = questionLines(facts)
  const lines = [...must]
  for (const hint of hints(context, draft))
    if (fits(context, [...lines, hint, ...asked])) lines.push(hint)
  const [further] = notice
  return further === undefined ? { lines } : { lines, further }
}

/** Whether the open question still goes into the same reply. */
export function hasRoom(facts: Facts, draft: Draft, filed: Filed): boolean {
  const { context } = facts
  if (context.person.style === 'chat') return true
  return fits(context, [...acknowledged(facts, draft, filed).lines, ...questionLines(facts)])
}

function fits(context: Context, lines: readonly Line[]): boolean {
  const whole = composed(context, lines)
  return whole === null || rendered(context, whole).length <= ROOM
}

function limitLine(context: Context, ticket: string): Line {
  const n = String(context.person.filedToday)
  return line(context, 'ack_over_limit', { id: ticket, n }, { ticket })
}

function ackLine(context: Context, ticket: string, asks: boolean): Line {
  const { city, now } = context
  const rules = rulesInForce(city.clocks, localDate(now, city.zone))
  const verified = dueAfter(rules.verify, now, city.calendar)
  const params = { id: ticket, date: dateWords(context, verified.dueAt, verified.estimate) }
  return line(context, asks ? 'ack_short' : 'ack', params, { ticket })
}

function secrecyLines(context: Context, draft: Draft): readonly Line[] {
  const lines: Line[] = []
  if (draft.anonymous) lines.push(line(context, 'ack_anonymous', {}))
  if (draft.confidential)
    lines.push(line(context, draft.sensitive ? 'ack_sensitive' : 'ack_confidential', {}))
  return lines
}

/** What is good to know, where there is room for it. */
function hints(context: Context, draft: Draft): readonly Line[] {
  const lines: Line[] = []
  if (draft.anonymous && hasPictures(draft.media)) lines.push(line(context, 'photo_warning', {}))
  const agency = draft.agency === null ? undefined : context.city.agencyById.get(draft.agency)
  if (agency?.outside === true && agency.turnTo !== null && !draft.urgent) {
    const params = {
      agency: agencyWords(context, agency.id),
      turn: cityWords(context, agency.turnTo),
    }
    lines.push(line(context, 'ack_turn_to', params))
  }
  return lines
}
