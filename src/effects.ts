// Effects of a decided turn → complaints, moves, links and replies. Pure.
// A move the table refuses here is a fault of the reducer, which had asked the same table before.

import { localDate } from './complaints/clocks.ts'
import type { Complaint, HistoryEvent } from './complaints/complaint.ts'
import { fileComplaint } from './complaints/filing.ts'
import { factsOf } from './complaints/move-facts.ts'
import { applyMove, type MoveRequest } from './complaints/moves.ts'
import { maskNumbers } from './complaints/privacy.ts'
import { proposeAgency, rulesInForce } from './complaints/routing.ts'
import type { Tally } from './complaints/tally.ts'
import type { WalkIn } from './conversation/desk.ts'
import { keptMedia } from './conversation/draft.ts'
import type { Effect, Turn } from './conversation/effect.ts'
import { moverOf, staffFacts } from './conversation/officer/desk-moment.ts'
import type { Context, Event } from './conversation/turn.ts'
import { type Frame, replyOf, walkInReplies } from './reply.ts'
import type { NewOutbound } from './store/outbox-port.ts'
import type { NewLink } from './store/turn-port.ts'

/** One complaint before and after the turn, with all that happened to it. */
interface CaseChange {
  /** Null when the turn filed it. */
  readonly before: Complaint | null
  readonly complaint: Complaint
  readonly events: readonly HistoryEvent[]
  readonly tallies: readonly Tally[]
}

export interface Applied {
  readonly changes: readonly CaseChange[]
  readonly links: readonly NewLink[]
  readonly leaves: readonly string[]
  readonly replies: readonly NewOutbound[]
  readonly alerts: readonly Extract<Effect, { type: 'alert' }>[]
  readonly tells: readonly Extract<Effect, { type: 'tell-reporter' }>[]
  readonly resumed: boolean
  /** The complaint the message belongs to. */
  readonly ticket: string | null
  /** It came to that complaint from an anonymous one: numbers in the message are hidden from everybody. */
  readonly nameless: boolean
}

export function applyEffects(turn: Turn, before: Frame & { readonly context: Context }): Applied {
  const frame = speaking(before, turn)
  const changes = new Map<string, CaseChange>()
  const links: Applied['links'][number][] = []
  let ticket: string | null = null
  for (const effect of turn.effects) {
    if (effect.type === 'file') {
      changes.set(effect.ticket, filed(effect, frame))
      links.push(...filedLinks(effect))
      ticket = effect.ticket
    } else if (effect.type === 'walk-in') {
      links.push(walkInLink(effect.ticket, effect.to))
      ticket = effect.ticket
    } else if (effect.type === 'move') {
      changes.set(effect.ticket, moved(effect, changes.get(effect.ticket), frame))
      ticket ??= effect.ticket
    } else if (effect.type === 'about') {
      ticket ??= effect.ticket
    } else if (effect.type === 'link') {
      const { support = false } = effect
      links.push({ ticket: effect.ticket, reporter: false, support })
    }
  }
  const says = turn.effects.flatMap((effect) => (effect.type === 'say' ? [effect.say] : []))
  return {
    changes: [...changes.values()],
    links,
    leaves: turn.effects.flatMap((effect) => (effect.type === 'unlink' ? [effect.ticket] : [])),
    replies: [
      ...says.map((say) => replyOf(say, frame, ticket)),
      ...turn.effects.flatMap((effect) => walkInReplies(effect, frame)),
    ],
    alerts: turn.effects.filter((effect) => effect.type === 'alert'),
    tells: turn.effects.filter((effect) => effect.type === 'tell-reporter'),
    resumed: turn.effects.some((effect) => effect.type === 'resume-notices'),
    ticket,
    nameless: ticket !== null && isNameless(frame.context, ticket),
  }
}

/** Whose case it is: that of who writes, or of who came in person, if they have a number. */
function filedLinks({ ticket, walkIn }: Extract<Effect, { type: 'file' }>): readonly NewLink[] {
  if (walkIn === undefined) return [{ ticket, reporter: true }]
  return walkIn.to === null ? [] : [walkInLink(ticket, walkIn.to)]
}

function walkInLink(ticket: string, { address, personId, addressId }: WalkIn): NewLink {
  return { ticket, reporter: true, to: { address, personId, addressId } }
}

/** In the language the person has chosen in this very turn, if any. */
function speaking<F extends Frame>(frame: F, { effects }: Turn): F {
  const chosen = effects.find((effect) => effect.type === 'language')
  if (chosen === undefined) return frame
  return { ...frame, conversation: { ...frame.conversation, language: chosen.language } }
}

function filed(
  effect: Extract<Effect, { type: 'file' }>,
  { context, conversation, now, city }: Frame & { readonly context: Context },
): CaseChange {
  const category =
    effect.category === null ? null : (city.categoryById.get(effect.category) ?? null)
  const staff = effect.walkIn === undefined ? null : (context.desk?.staff ?? null)
  const { complaint, event } = fileComplaint(
    {
      ticket: effect.ticket,
      class: effect.class,
      category: effect.category,
      proposedAgency: effect.proposedAgency ?? proposeAgency(category),
      place: effect.place,
      text: effect.words,
      channel: context.person.channel,
      language: conversation.language,
      anonymous: effect.anonymous,
      confidential: effect.confidential,
      urgent: effect.urgent,
      overLimit: effect.overLimit,
      ...(staff === null ? {} : { by: { role: staff.role, actor: staff.name } }),
    },
    { now, calendar: city.calendar, rules: rulesInForce(city.clocks, localDate(now, city.zone)) },
  )
  return { before: null, complaint, events: [event], tallies: [] }
}

function moved(
  effect: Extract<Effect, { type: 'move' }>,
  earlier: CaseChange | undefined,
  { context, now, city, event }: Frame & { readonly context: Context },
): CaseChange {
  const staff = effect.by === 'staff' ? (context.desk?.staff ?? null) : null
  const desk = staff === null ? null : context.desk
  const role = effect.by === 'system' ? 'system' : 'citizen'
  const known = (desk?.cases ?? ownOf(context)).find(
    ({ complaint }) => complaint.ticket === effect.ticket,
  )
  const complaint = earlier?.complaint ?? known?.complaint
  if (complaint === undefined)
    throw new Error(`a move on ${effect.ticket}, which was not looked up`)
  const result = applyMove(
    complaint,
    staff === null ? citizens(effect, context) : withFiles(effect, event),
    staff === null ? { role, actor: role } : moverOf(staff),
    desk === null ? factsOf(city, now) : staffFacts(context, desk, effect.request),
  )
  if (result.outcome !== 'moved') {
    throw new Error(`${effect.request.move} on ${effect.ticket} was decided but ${result.outcome}`)
  }
  return {
    before: earlier === undefined ? complaint : earlier.before,
    complaint: result.complaint,
    events: [...(earlier?.events ?? []), result.event],
    tallies: [...(earlier?.tallies ?? []), ...result.tallies],
  }
}

function ownOf({ mine, named }: Context) {
  return [...mine, ...named]
}

/** Their own complaint was anonymous; the one it was merged into need not be, so nothing masks their words there later. */
function isNameless(context: Context, ticket: string): boolean {
  return ownOf(context).some(
    ({ complaint, merged }) => complaint.ticket === ticket && merged?.anonymous === true,
  )
}

function citizens(
  { ticket, request }: Extract<Effect, { type: 'move' }>,
  context: Context,
): MoveRequest {
  if (!isNameless(context, ticket)) return request
  const { note, reason, place } = request
  return {
    ...request,
    ...(note === undefined ? {} : { note: maskNumbers(note) }),
    ...(reason === undefined ? {} : { reason: maskNumbers(reason) }),
    ...(place?.text == null ? {} : { place: { ...place, text: maskNumbers(place.text) } }),
  }
}

/** How many files an officer sent with an answer or an update is told, and stands in the history. */
function withFiles({ request, media = [] }: Extract<Effect, { type: 'move' }>, event: Event) {
  if (request.move !== 'answer' && request.move !== 'update') return request
  const own = event.type === 'message' ? keptMedia(event.message) : []
  const files = new Set([...own, ...media].map(({ id }) => id)).size
  return files === 0 ? request : { ...request, files }
}
