// What a decided turn writes: effects become complaints, moves, links and messages of one record.
// Pure; the gateway adds what others are to be told and hands it to the store.

import { fitSegments, segmentsOf, toGsm7 } from './channels/text.ts'
import type { City } from './city/city.ts'
import type { NewId } from './clock.ts'
import { localDate } from './complaints/clocks.ts'
import type { Complaint, HistoryEvent } from './complaints/complaint.ts'
import { fileComplaint } from './complaints/filing.ts'
import { applyMove } from './complaints/moves.ts'
import { proposeAgency, rulesInForce } from './complaints/routing.ts'
import { render } from './conversation/phrases.ts'
import type { Context, Effect, Event, Say, Turn } from './conversation/turn.ts'
import { type Address, channelOf } from './message.ts'
import type { Conversation, NewOutbound, TurnRecord } from './store/store.ts'

export interface Frame {
  readonly address: Address
  readonly conversation: Conversation
  readonly event: Event
  readonly now: Date
  readonly newId: NewId
  readonly city: City
}

/** One complaint before and after the turn, with all that happened to it. */
export interface CaseChange {
  /** Null when the turn filed it. */
  readonly before: Complaint | null
  readonly complaint: Complaint
  readonly events: readonly HistoryEvent[]
}

export interface Applied {
  readonly changes: readonly CaseChange[]
  readonly links: readonly { readonly ticket: string; readonly reporter: boolean }[]
  readonly replies: readonly NewOutbound[]
  readonly alerts: readonly Extract<Effect, { type: 'alert' }>[]
  readonly tells: readonly Extract<Effect, { type: 'tell-reporter' }>[]
  readonly resumed: boolean
  /** The complaint the message belongs to. */
  readonly ticket: string | null
}

const REPLY_LIFE_MS = 24 * 3_600_000
/** Segments of an SMS reply (product.md section 9). */
const REPLY_SEGMENTS = 2

export function applyEffects(turn: Turn, frame: Frame & { readonly context: Context }): Applied {
  const changes = new Map<string, CaseChange>()
  const links: Applied['links'][number][] = []
  let ticket: string | null = null
  for (const effect of turn.effects) {
    if (effect.type === 'file') {
      changes.set(effect.ticket, filed(effect, frame))
      links.push({ ticket: effect.ticket, reporter: true })
      ticket = effect.ticket
    } else if (effect.type === 'move') {
      changes.set(effect.ticket, moved(effect, changes.get(effect.ticket), frame))
      ticket ??= effect.ticket
    } else if (effect.type === 'about') {
      ticket ??= effect.ticket
    } else if (effect.type === 'link') {
      links.push({ ticket: effect.ticket, reporter: false })
    }
  }
  const says = turn.effects.flatMap((effect) => (effect.type === 'say' ? [effect.say] : []))
  return {
    changes: [...changes.values()],
    links,
    replies: says.map((say) => replyOf(say, frame, ticket)),
    alerts: turn.effects.filter((effect) => effect.type === 'alert'),
    tells: turn.effects.filter((effect) => effect.type === 'tell-reporter'),
    resumed: turn.effects.some((effect) => effect.type === 'resume-notices'),
    ticket,
  }
}

function filed(
  effect: Extract<Effect, { type: 'file' }>,
  { context, conversation, now, city }: Frame & { readonly context: Context },
): CaseChange {
  const category = effect.category === null ? null : (city.categoryById.get(effect.category) ?? null)
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
    },
    { now, calendar: city.calendar, rules: rulesInForce(city.clocks, localDate(now, city.zone)) },
  )
  return { before: null, complaint, events: [event] }
}

function moved(
  effect: Extract<Effect, { type: 'move' }>,
  earlier: CaseChange | undefined,
  { context, now, city }: Frame & { readonly context: Context },
): CaseChange {
  const known = [...context.mine, ...context.named].find(
    ({ complaint }) => complaint.ticket === effect.ticket,
  )
  const complaint = earlier?.complaint ?? known?.complaint
  if (complaint === undefined) throw new Error(`a move on ${effect.ticket}, which was not looked up`)
  const result = applyMove(
    complaint,
    effect.request,
    { role: 'citizen', actor: 'citizen' },
    { now, calendar: city.calendar, agencies: city.agencyIds, categories: city.categoryById },
  )
  if (result.outcome !== 'moved') {
    throw new Error(`${effect.request.move} on ${effect.ticket} was decided but ${result.outcome}`)
  }
  return {
    before: earlier === undefined ? complaint : earlier.before,
    complaint: result.complaint,
    events: [...(earlier?.events ?? []), result.event],
  }
}

function replyOf(say: Say, frame: Frame, ticket: string | null): NewOutbound {
  const { conversation, city, address } = frame
  const sms = channelOf(address) === 'sms'
  const words = render(city, conversation.language, sms ? 'sms' : 'chat', say.phrase)
  return replyWords(sms ? fitSegments(toGsm7(words), REPLY_SEGMENTS, say.tail ?? '...') : words, {
    ...frame,
    choices: say.choices ?? [],
    ticket: say.ticket ?? ticket,
  })
}

function replyWords(
  text: string,
  frame: Frame & Pick<NewOutbound, 'choices' | 'ticket'>,
): NewOutbound {
  const { conversation, event, now, newId } = frame
  return {
    id: newId(),
    addressId: conversation.addressId,
    account: event.type === 'message' ? event.message.account : conversation.account,
    lane: 'reply',
    kind: 'reply',
    ticket: frame.ticket,
    text,
    choices: frame.choices,
    segments: channelOf(frame.address) === 'sms' ? segmentsOf(text).segments : 0,
    createdAt: now,
    dueAt: now,
    expiresAt: new Date(now.getTime() + REPLY_LIFE_MS),
  }
}

/** Everything one turn writes. `told`: what others hear because of it. */
export function turnRecord(
  turn: Turn,
  applied: Applied,
  told: readonly NewOutbound[],
  frame: Frame,
): TurnRecord {
  const { conversation, event, now, newId } = frame
  return {
    ...sameAsBefore(frame),
    state: JSON.stringify(turn.state),
    wakeAt: turn.wakeAt,
    inbound:
      event.type === 'message'
        ? {
            id: newId(),
            message: event.message,
            receivedAt: now,
            ticket: applied.ticket,
            outcome: outcomeOf(turn),
            stuck: null,
          }
        : null,
    ...preferences(turn.effects, conversation, now),
    changes: applied.changes.map(({ before, complaint, events }) => ({
      expectVersion: before?.version ?? 0,
      complaint,
      events,
    })),
    links: applied.links,
    outbound: [...applied.replies, ...told],
  }
}

/**
 * What the deciding code could not handle. A message is kept, marked, and answered plainly;
 * a timeout is dropped, or it would come again every minute. Nothing else changes.
 */
export function stuckRecord(reason: string, frame: Frame): TurnRecord {
  const { conversation, event, now, newId, city } = frame
  if (event.type === 'timeout') return { ...sameAsBefore(frame), wakeAt: null }
  const { message } = event
  const style = channelOf(frame.address) === 'sms' ? 'sms' : 'chat'
  const words = render(city, conversation.language, style, { key: 'stuck', params: {} })
  return {
    ...sameAsBefore(frame),
    inbound: { id: newId(), message, receivedAt: now, ticket: null, outcome: 'stuck', stuck: reason },
    outbound: message.answerable
      ? [replyWords(words, { ...frame, choices: [], ticket: null })]
      : [],
  }
}

function sameAsBefore({ conversation, address, now }: Frame): TurnRecord {
  return {
    now,
    address,
    personId: conversation.personId,
    addressId: conversation.addressId,
    expectVersion: conversation.version,
    state: conversation.state ?? '{}',
    wakeAt: conversation.wakeAt,
    inbound: null,
    language: conversation.language,
    stoppedAt: conversation.stoppedAt,
    privacyTold: conversation.privacyTold,
    changes: [],
    links: [],
    outbound: [],
  }
}

function preferences(effects: readonly Effect[], before: Conversation, now: Date) {
  let { language, stoppedAt, privacyTold } = before
  for (const effect of effects) {
    if (effect.type === 'stop-notices') stoppedAt ??= now
    else if (effect.type === 'resume-notices') stoppedAt = null
    else if (effect.type === 'privacy-told') privacyTold = effect.version
    else if (effect.type === 'language') language = effect.language
  }
  return { language, stoppedAt, privacyTold }
}

/** `answered`, or `silent:REASON`. */
export function outcomeOf(turn: Turn): string {
  const silent = turn.effects.find((effect) => effect.type === 'silent')
  return silent === undefined ? 'answered' : `silent:${silent.reason}`
}
