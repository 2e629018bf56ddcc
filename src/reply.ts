// A say of the conversation as a row of the outbox: rendered, carried by the channel, short enough.

import { fitSegments, segmentsOf, toGsm7 } from './channels/text.ts'
import type { City } from './city/city.ts'
import type { NewId } from './clock.ts'
import type { WalkIn } from './conversation/desk.ts'
import type { Effect, Say } from './conversation/effect.ts'
import { type PhraseParams, render } from './conversation/phrases.ts'
import type { Event } from './conversation/turn.ts'
import { type Address, channelOf } from './message.ts'
import type { CaseFileOf } from './store/media-port.ts'
import { type NewOutbound, SECRET_KIND } from './store/outbox-port.ts'
import type { Conversation } from './store/turn-port.ts'

/** Where a turn stands: who, what came in, when. */
export interface Frame {
  readonly address: Address
  readonly conversation: Conversation
  readonly event: Event
  readonly now: Date
  readonly newId: NewId
  readonly city: City
  /** Kept files of the complaints that the turn says something with. */
  readonly files?: ReadonlyMap<string, readonly CaseFileOf[]>
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
  const files = filesFor(say, frame)
  const row = replyWords(sms ? shortEnough(words, say, files.length, frame) : words, {
    ...frame,
    choices: say.choices ?? [],
    ticket: say.secret === true ? null : (say.ticket ?? ticket),
    ...(say.secret === true ? { kind: SECRET_KIND } : {}),
  })
  if (sms || files.length === 0) return row
  const gone = phrase(frame, { key: 'attachment_gone', params: {} })
  const attachments = files.map(({ kind, digest, contentType }) => ({
    ...{ kind, digest, contentType, gone },
  }))
  return { ...row, attachments }
}

function filesFor({ files: wanted }: Say, { files }: Frame): readonly CaseFileOf[] {
  if (wanted === undefined) return []
  const all = files?.get(wanted.ticket) ?? []
  return wanted.of === 'all' ? all : all.filter(({ told }) => told)
}

/** Cut where it has to be; that there are files stands behind the cut. */
function shortEnough(words: string, { tail = '...' }: Say, files: number, frame: Frame): string {
  if (files === 0) return fitSegments(toGsm7(words), REPLY_SEGMENTS, tail)
  const exist = phrase(frame, { key: 'attachments_exist', params: { n: String(files) } })
  return fitSegments(toGsm7(`${words} ${exist}`), REPLY_SEGMENTS, `${tail} ${toGsm7(exist)}`)
}

function phrase({ city, conversation, address }: Frame, params: PhraseParams): string {
  return render(city, conversation.language, channelOf(address) === 'sms' ? 'sms' : 'chat', params)
}

export function replyWords(
  text: string,
  frame: Frame & Pick<NewOutbound, 'choices' | 'ticket'> & Partial<Pick<NewOutbound, 'kind'>>,
): NewOutbound {
  const { conversation, event, now, newId } = frame
  return {
    id: newId(),
    addressId: conversation.addressId,
    account: accountOf(event, conversation),
    lane: 'reply',
    kind: frame.kind ?? 'reply',
    ticket: frame.ticket,
    text,
    choices: frame.choices,
    segments: channelOf(frame.address) === 'sms' ? segmentsOf(text).segments : 0,
    createdAt: now,
    dueAt: now,
    expiresAt: new Date(now.getTime() + REPLY_LIFE_MS),
  }
}

/** Kind of what somebody is told for whom an officer has filed. */
const FILED_KIND = 'filed'

/** The ticket, to the number of whoever came in person; by SMS, at once, for they wait for it. */
export function walkInReplies(effect: Effect, frame: Frame): readonly NewOutbound[] {
  if (effect.type !== 'walk-in' && effect.type !== 'file') return []
  const to = effect.type === 'walk-in' ? effect.to : (effect.walkIn?.to ?? null)
  return to === null || to.silent ? [] : [walkInReply(effect.ticket, to, frame)]
}

function walkInReply(ticket: string, to: WalkIn, { city, now, newId }: Frame): NewOutbound {
  const params = { id: ticket }
  const words = render(city, to.language, 'sms', { key: 'walk_in_filed', params })
  const text = fitSegments(toGsm7(words), REPLY_SEGMENTS, '...')
  return {
    ...{ id: newId(), addressId: to.addressId, account: null, lane: 'reply', kind: FILED_KIND },
    ...{ ticket, text, choices: [], segments: segmentsOf(text).segments },
    ...{ createdAt: now, dueAt: now, expiresAt: new Date(now.getTime() + REPLY_LIFE_MS) },
  }
}
