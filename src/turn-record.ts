// What one turn writes, as one record for the store. Pure.

import { followsOf } from './complaints/following.ts'
import { maskNumbers } from './complaints/privacy.ts'
import type { Effect, Turn } from './conversation/effect.ts'
import { render } from './conversation/phrases.ts'
import { readState } from './conversation/state.ts'
import type { Applied } from './effects.ts'
import { type Address, channelOf, type InboundMessage } from './message.ts'
import { type Frame, replyWords } from './reply.ts'
import type { NewOutbound } from './store/outbox-port.ts'
import type { Conversation, TurnRecord } from './store/turn-port.ts'
import { attachesOf, mediaOf, wantedOf } from './turn-media.ts'

/** Everything one turn writes. `told`: what others hear because of it. */
export function turnRecord(
  turn: Turn,
  applied: Applied,
  told: readonly NewOutbound[],
  frame: Frame,
  /** Stays where it is when its owner is erased. */
  onDuty: readonly Address[],
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
            message: asKept(event.message, turn, applied),
            receivedAt: now,
            ticket: applied.ticket,
            outcome: outcomeOf(turn),
            stuck: null,
          }
        : null,
    media: mediaOf(turn, applied, frame),
    attaches: attachesOf(turn, event),
    toldMedia: event.type === 'attachment' ? event.attachment.id : null,
    ...preferences(turn.effects, conversation, now),
    changes: applied.changes.map(({ before, complaint, events, tallies }) => ({
      expectVersion: before?.version ?? 0,
      ...(before === null ? {} : { expectClocks: before.clocks }),
      complaint,
      events,
      tallies,
    })),
    follows: applied.changes.flatMap(({ before, complaint }) =>
      before === null ? [] : followsOf(before, complaint),
    ),
    links: applied.links,
    leaves: applied.leaves,
    doubts: turn.state.unproven && !readState(conversation.state).unproven,
    staff: turn.effects.flatMap((effect) => (effect.type === 'staff' ? [effect.change] : [])),
    audits: auditsOf(turn.effects, frame),
    blocks: turn.effects.flatMap((effect) => (effect.type === 'block' ? [effect] : [])),
    outbound: [...applied.replies, ...told],
    erase: erasingOf(turn.effects, onDuty),
  }
}

/**
 * What the deciding code could not handle. A message is kept, marked, and answered plainly;
 * a timeout or a word on an attachment is dropped, or it would come again every minute. Nothing else changes.
 */
export function stuckRecord(reason: string, frame: Frame): TurnRecord {
  const { conversation, event, now, newId, city } = frame
  if (event.type === 'timeout') return { ...sameAsBefore(frame), wakeAt: null }
  if (event.type === 'attachment') return { ...sameAsBefore(frame), toldMedia: event.attachment.id }
  const { message } = event
  const style = channelOf(frame.address) === 'sms' ? 'sms' : 'chat'
  const words = render(city, conversation.language, style, { key: 'stuck', params: {} })
  return {
    ...sameAsBefore(frame),
    inbound: {
      id: newId(),
      message,
      receivedAt: now,
      ticket: null,
      outcome: 'stuck',
      stuck: reason,
    },
    media: wantedOf(message, frame),
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
    blockedAt: conversation.blockedAt,
    privacyTold: conversation.privacyTold,
    changes: [],
    links: [],
    outbound: [],
  }
}

function preferences(effects: readonly Effect[], before: Conversation, now: Date) {
  let { language, stoppedAt, privacyTold } = before
  let resumes = false
  for (const effect of effects) {
    if (effect.type === 'stop-notices') stoppedAt ??= now
    else if (effect.type === 'resume-notices') {
      stoppedAt = null
      resumes = true
    } else if (effect.type === 'privacy-told') privacyTold = effect.version
    else if (effect.type === 'language') language = effect.language
  }
  return { language, stoppedAt, resumes, privacyTold }
}

/**
 * What an officer took down of somebody's number is that person's address, sealed; it does not stay in their words too.
 * Nor does a number that somebody anonymous wrote to a complaint of another.
 */
function asKept(message: InboundMessage, { effects }: Turn, { nameless }: Applied): InboundMessage {
  const walkIn = effects.some(
    (effect) =>
      effect.type === 'walk-in' || (effect.type === 'file' && effect.walkIn !== undefined),
  )
  return walkIn || nameless ? { ...message, text: maskNumbers(message.text) } : message
}

/** What of it the audit trail keeps, under the name that stands in the history. */
function auditsOf(effects: readonly Effect[], { conversation, now }: Frame) {
  const actor = conversation.staff?.name ?? 'enrolment'
  return effects.flatMap((effect) =>
    effect.type === 'audit'
      ? [
          {
            at: now,
            actor,
            action: effect.action,
            ticket: effect.ticket,
            personId: null,
            detail: JSON.stringify(effect.reason === undefined ? {} : { reason: effect.reason }),
          },
        ]
      : [],
  )
}

function erasingOf(
  effects: readonly Effect[],
  onDuty: readonly Address[],
): NonNullable<TurnRecord['erase']> | null {
  const found = effects.find((effect) => effect.type === 'erase')
  if (found === undefined) return null
  return { onDuty, ...(found.sinceMs === undefined ? {} : { since: new Date(found.sinceMs) }) }
}

/** `answered`, or `silent:REASON`. */
export function outcomeOf(turn: Turn): string {
  const silent = turn.effects.find((effect) => effect.type === 'silent')
  return silent === undefined ? 'answered' : `silent:${silent.reason}`
}
