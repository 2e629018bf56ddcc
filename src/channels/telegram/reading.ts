// An update as events of our own, or the reason why it is none. Pure; the same update twice is the same events.
// Rule: nobody who wrote to us is left unheard: what is not understood is a message without words.

import { type Address, addressOf, type InboundMessage } from '../../message.ts'
import type { ChannelEvent } from '../channel.ts'
import { cleanText } from '../text.ts'
import { contentOf, isService } from './content.ts'
import type { CallbackQuery, MyChatMember, TelegramMessage } from './update.ts'
import { readUpdate, type TelegramChat } from './update.ts'

export const ACCOUNT = 'telegram'

/** Why an update is nobody's message to us: labels of a metric, so there are few. */
export type Ignored =
  /** The sender is a program. */
  | 'bot'
  | 'channel'
  /** What people say in a group: it is written to, and answered only when it enrols. */
  | 'group'
  /** Telegram's own note in a chat. */
  | 'service'
  /** A position that is shared for a while moves on. */
  | 'live-location'
  /** Of a kind we did not ask for. */
  | 'kind'
  | 'unreadable'

/** `/command@name_of_the_bot`, as commands are written in groups. */
const TO_US = /^(\s*\/\w+)@\w+/

export interface Reading {
  /** What belongs to one of these is taken in its order. */
  readonly chat: string
  readonly events: readonly ChannelEvent[]
  /** Why there are none. */
  readonly ignored: Ignored | null
  /** The press whose spinning wheel is to be stopped. */
  readonly pressId: string | null
}

export interface ReadingParts {
  /**
   * How a chat is named in provider ids, which are stored in plain: not by its number, which is the person's.
   * The same chat has always the same name.
   */
  readonly chatKey: (chat: string) => string
  /** What a group may say to us; nothing else said there is heard. */
  readonly isForGroups: (text: string) => boolean
}

export function createReading({ chatKey, isForGroups }: ReadingParts): (raw: unknown) => Reading {
  const providerId = (chat: number, message: number) => providerIdOf(chatKey, String(chat), message)

  function messageEvent(message: TelegramMessage, edited: boolean): InboundMessage {
    const { chat, message_id: id, edit_date: editedAt, reply_to_message: quoted } = message
    const own = providerId(chat.id, id)
    return {
      ...{ channel: 'telegram', account: ACCOUNT, from: addressIn(chat) },
      ...contentOf(message),
      providerId: edited ? `${own}:${editedAt ?? 0}` : own,
      quotedId: quoted === undefined ? null : providerId(chat.id, quoted.message_id),
      edits: edited ? own : null,
      album: message.media_group_id ?? null,
      ...{ choice: null, answerable: true, consent: null },
    }
  }

  function ofMessage(message: TelegramMessage, edited: boolean): Reading {
    const { chat, from } = message
    const moved = movedGroup(message)
    if (moved !== null) return taken(chat.id, [moved])
    if (chat.type === 'channel') return ignored(chat.id, 'channel')
    if (chat.type !== 'private') return edited ? ignored(chat.id, 'group') : ofGroup(message)
    if (from?.is_bot === true) return ignored(chat.id, 'bot')
    if (isService(message)) return ignored(chat.id, 'service')
    if (edited && 'location' in message) return ignored(chat.id, 'live-location')
    return taken(chat.id, [{ type: 'message', message: messageEvent(message, edited) }])
  }

  /** Who says it is nobody to us: the group itself is answered. */
  function ofGroup(message: TelegramMessage): Reading {
    const { chat, from } = message
    const text = cleanText(message.text ?? '').replace(TO_US, '$1')
    if (from?.is_bot === true || !isForGroups(text)) return ignored(chat.id, 'group')
    const said = { ...messageEvent(message, false), text, media: [], quotedId: null, group: true }
    return taken(chat.id, [{ type: 'message', message: said }])
  }

  function ofPress(query: CallbackQuery): Reading {
    const { id: pressId, from, message, data } = query
    const chat = message?.chat ?? { id: from.id, type: 'private' as const }
    if (chat.type !== 'private') return { ...ignored(chat.id, 'group'), pressId }
    if (from.is_bot === true) return { ...ignored(chat.id, 'bot'), pressId }
    const press: InboundMessage = {
      ...{ channel: 'telegram', account: ACCOUNT, from: addressIn(chat), text: '', media: [] },
      providerId: `callback:${pressId}`,
      quotedId: message === undefined ? null : providerId(chat.id, message.message_id),
      ...{ position: null, album: null, edits: null, start: null },
      // A button of a game carries nothing: no open choice has this value, so it is told that it is stale.
      choice: data ?? '',
      ...{ answerable: true, consent: null },
    }
    return { ...taken(chat.id, [{ type: 'message', message: press }]), pressId }
  }

  return (raw) => {
    const update = readUpdate(raw)
    switch (update.kind) {
      case 'message':
      case 'edited_message':
        return ofMessage(update.message, update.kind === 'edited_message')
      case 'callback_query':
        return ofPress(update.query)
      case 'my_chat_member':
        return ofMember(update.member)
      case 'other':
        return ignored('', 'kind')
      case 'unreadable':
        return ignored('', 'unreadable')
    }
  }
}

/** `CHAT:MESSAGE`: a message's number alone is not unique. */
export function providerIdOf(
  chatKey: ReadingParts['chatKey'],
  chat: string,
  message: number,
): string {
  return `${chatKey(chat)}:${message}`
}

function taken(chat: number, events: readonly ChannelEvent[]): Reading {
  return { chat: String(chat), events, ignored: null, pressId: null }
}

function ignored(chat: number | '', reason: Ignored): Reading {
  return { chat: String(chat), events: [], ignored: reason, pressId: null }
}

function addressIn({ id }: Pick<TelegramChat, 'id'>): Address {
  return addressOf('telegram', String(id))
}

function reach(type: 'opt-in' | 'opt-out', chat: Pick<TelegramChat, 'id'>): ChannelEvent {
  return { type, from: addressIn(chat), account: ACCOUNT }
}

function ofMember({ chat, new_chat_member: { status, is_member: isMember } }: MyChatMember) {
  const gone = status === 'kicked' || status === 'left' || isMember === false
  switch (chat.type) {
    case 'private':
      return taken(chat.id, [reach(gone ? 'opt-out' : 'opt-in', chat)])
    case 'group':
    case 'supergroup':
      return taken(chat.id, [groupEvent(chat, gone ? 'left' : 'member', null)])
    case 'channel':
      return ignored(chat.id, 'channel')
  }
}

function groupEvent(
  chat: Pick<TelegramChat, 'id' | 'title'>,
  state: 'member' | 'left',
  movedTo: Address | null,
): ChannelEvent {
  const title = chat.title ?? null
  return { type: 'group', account: ACCOUNT, address: addressIn(chat), title, state, movedTo }
}

/** Told twice: in the group that was, and in the larger one that it became. */
function movedGroup({
  chat,
  migrate_to_chat_id: to,
  migrate_from_chat_id: from,
}: TelegramMessage): ChannelEvent | null {
  if (chat.type === 'private') return null
  if (to !== undefined) return groupEvent(chat, 'member', addressIn({ id: to }))
  if (from === undefined) return null
  return groupEvent({ id: from, title: chat.title }, 'member', addressIn(chat))
}
