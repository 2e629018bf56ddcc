// What one turn writes, as one record for the store. Pure.

import { render } from './conversation/phrases.ts'
import type { Effect, Turn } from './conversation/turn.ts'
import type { Applied } from './effects.ts'
import { type Address, channelOf } from './message.ts'
import { type Frame, replyWords } from './reply.ts'
import type { Conversation, NewOutbound, TurnRecord } from './store/store.ts'

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
    leaves: applied.leaves,
    outbound: [...applied.replies, ...told],
    erase: turn.effects.some(({ type }) => type === 'erase') ? { onDuty } : null,
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
    inbound: {
      id: newId(),
      message,
      receivedAt: now,
      ticket: null,
      outcome: 'stuck',
      stuck: reason,
    },
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

/** `answered`, or `silent:REASON`. */
export function outcomeOf(turn: Turn): string {
  const silent = turn.effects.find((effect) => effect.type === 'silent')
  return silent === undefined ? 'answered' : `silent:${silent.reason}`
}
