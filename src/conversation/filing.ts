// Turns a draft into a filed complaint: the effect, the ticket told, and what is still to be asked about it.
// Emergency numbers come first; the privacy notice is told once, with the first ticket.

import { localDate, startClock } from '../complaints/clocks.ts'
import { rulesInForce } from '../complaints/routing.ts'
import { digestOf } from './digest.ts'
import { wordsToFile } from './draft.ts'
import { agencyWords, dateWords, type Line, line } from './lines.ts'
import { DAY_MS, type Facts, type Outcome } from './moment.ts'
import type { Draft, Question, State } from './state.ts'
import type { Context, Effect } from './turn.ts'

const WINDOW_MS = 3 * 60_000

/** Files the draft. `before`: what is said ahead of the ticket. */
export function filed(facts: Facts, draft: Draft, before: readonly Line[] = []): Outcome {
  const { state, context } = facts
  const [ticket] = context.newTickets
  if (ticket === undefined) throw new Error('filing needs a fresh ticket number in newTickets')
  const overLimit =
    !draft.urgent && context.person.filedToday >= context.city.limits.complaintsPerDay
  const today = localDate(context.now, context.city.zone)
  const tellLimit = overLimit && state.told.overLimitOn !== today
  const sms = context.person.style === 'sms'
  const question = questionAfter(draft, ticket, !sms)
  const privacy = context.person.privacyTold === null
  const notice = line(context, 'privacy', {})
  return {
    state: {
      ...remembered(state, draft, ticket, context),
      question,
      told: tellLimit ? { ...state.told, overLimitOn: today } : state.told,
    },
    lines: [
      ...(draft.urgent ? [line(context, 'ack_emergency', {})] : []),
      ...before,
      tellLimit
        ? line(
            context,
            'ack_over_limit',
            { id: ticket, n: String(context.person.filedToday) },
            { ticket },
          )
        : ackLine(context, ticket, question !== null),
      ...promises(context, draft),
      ...(privacy && !sms ? [notice] : []),
    ],
    ...(privacy && sms ? { further: notice } : {}),
    effects: [
      fileEffect(context, draft, ticket, overLimit),
      ...(overLimit ? [{ type: 'alert', alert: 'over-limit', ticket } as const] : []),
      ...(privacy ? [{ type: 'privacy-told', version: context.city.privacyVersion } as const] : []),
    ],
  }
}

function fileEffect(context: Context, draft: Draft, ticket: string, overLimit: boolean): Effect {
  const { category, agency, place, anonymous, confidential, urgent, media } = draft
  return {
    type: 'file',
    ticket,
    words: wordsToFile(draft, context),
    class: draft.class,
    category,
    proposedAgency: agency,
    place,
    anonymous,
    confidential,
    urgent,
    overLimit,
    media,
  }
}

/** What stays in mind: the words against repetition, the minutes in which more of them belong to it. */
function remembered(state: State, draft: Draft, ticket: string, { now }: Context): State {
  const atMs = now.getTime()
  const said = draft.words.length > 1 ? [...draft.words, draft.words.join('\n')] : draft.words
  const digests = [...new Set(said.map(digestOf))]
  return {
    ...state,
    draft: null,
    window: { ticket, untilMs: atMs + WINDOW_MS, told: false },
    recent: [
      ...state.recent.filter((one) => atMs - one.atMs < DAY_MS),
      ...digests.map((digest) => ({ ticket, digest, atMs })),
    ],
  }
}

/** At most one question about what was just filed. */
function questionAfter(draft: Draft, ticket: string, chat: boolean): Question | null {
  const lacksPlace = draft.open.includes('place')
  if (draft.near !== null) return { type: 'join', ticket, into: draft.near, thenPlace: lacksPlace }
  if (lacksPlace && draft.villages.length > 1)
    return { type: 'village', ticket, villages: draft.villages, words: draft.place.text ?? '' }
  if (lacksPlace) return { type: 'place', ticket }
  // Only a draft of the chat channels can be filed with this still open, after two hours alone.
  if (chat && draft.open.includes('category') && draft.categories.length > 0)
    return { type: 'category', ticket, categories: draft.categories }
  return null
}

function ackLine(context: Context, ticket: string, asks: boolean): Line {
  const { city, now } = context
  const rules = rulesInForce(city.clocks, localDate(now, city.zone))
  const clock = startClock('verify', rules.verify, now, city.calendar)
  const params = { id: ticket, date: dateWords(context, clock.dueAt, clock.estimate) }
  return line(context, asks ? 'ack_short' : 'ack', params, { ticket })
}

/** What the citizen is promised or warned of beside the ticket. */
function promises(context: Context, draft: Draft): readonly Line[] {
  const lines: Line[] = []
  if (draft.anonymous) lines.push(line(context, 'ack_anonymous', {}))
  if (draft.confidential)
    lines.push(line(context, draft.sensitive ? 'ack_sensitive' : 'ack_confidential', {}))
  const pictures = draft.media.some(({ kind }) => kind === 'photo' || kind === 'video')
  if (draft.anonymous && pictures) lines.push(line(context, 'photo_warning', {}))
  const agency = draft.agency === null ? undefined : context.city.agencyById.get(draft.agency)
  if (agency?.outside === true && agency.turnTo !== null && !draft.urgent)
    lines.push(
      line(context, 'ack_turn_to', {
        agency: agencyWords(context, agency.id),
        turn: agency.turnTo,
      }),
    )
  return lines
}
