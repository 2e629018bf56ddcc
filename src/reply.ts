// A say of the conversation as a row of the outbox: rendered, carried by the channel, short enough.

import { fitSegments, segmentsOf, toGsm7 } from './channels/text.ts'
import type { City } from './city/city.ts'
import type { NewId } from './clock.ts'
import { render } from './conversation/phrases.ts'
import type { Event, Say } from './conversation/turn.ts'
import { type Address, channelOf } from './message.ts'
import type { NewOutbound } from './store/outbox-port.ts'
import type { Conversation } from './store/turn-port.ts'

/** Where a turn stands: who, what came in, when. */
export interface Frame {
  readonly address: Address
  readonly conversation: Conversation
  readonly event: Event
  readonly now: Date
  readonly newId: NewId
  readonly city: City
}

/** An answer goes out by the account that what it answers came in by. */
export function accountOf(event: Event, { account }: Conversation): string | null {
  switch (event.type) {
    case 'message':
      return event.message.account
    case 'attachment':
      return event.attachment.account
    case 'timeout':
      return account
  }
}

const REPLY_LIFE_MS = 24 * 3_600_000
/** Segments of an SMS reply (product.md section 9). */
const REPLY_SEGMENTS = 2

export function replyOf(say: Say, frame: Frame, ticket: string | null): NewOutbound {
  const { conversation, city, address } = frame
  const sms = channelOf(address) === 'sms'
  const words = render(city, conversation.language, sms ? 'sms' : 'chat', say.phrase)
  return replyWords(sms ? fitSegments(toGsm7(words), REPLY_SEGMENTS, say.tail ?? '...') : words, {
    ...frame,
    choices: say.choices ?? [],
    ticket: say.ticket ?? ticket,
  })
}

export function replyWords(
  text: string,
  frame: Frame & Pick<NewOutbound, 'choices' | 'ticket'>,
): NewOutbound {
  const { conversation, event, now, newId } = frame
  return {
    id: newId(),
    addressId: conversation.addressId,
    account: accountOf(event, conversation),
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
