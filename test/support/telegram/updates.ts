// Updates as the Bot API writes them, of made-up people: a text, a photo, a press, a block.
// Rule: shapes are those of the Bot API's own page; nothing here knows the gateway.

export type Json = Readonly<Record<string, unknown>>

/** Without its `update_id`, which the fake gives. */
export type NewUpdate = Json

/** [https://core.telegram.org/bots/api#update] Every kind there is. */
export const UPDATE_KINDS = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
] as const

/** Nine digits and more, so that the search of the logs takes them for a person's. */
export const CITIZEN = 700_100_001
export const GROUP = -1_001_700_200_300
export const BOT = { id: 7_000_000_001, is_bot: true, first_name: 'Lapor', username: 'lapor_bot' }

/** 2026-03-16 09.00 in the zone of the reference city. */
const DATE = 1_773_622_800

let made = 1_000
/** Unlike any before it in this process. */
export function newMessageId(): number {
  made += 1
  return made
}

export function userOf(id: number, more: Json = {}): Json {
  return {
    id,
    is_bot: false,
    first_name: 'Warga',
    last_name: 'Contoh',
    language_code: 'id',
    ...more,
  }
}

export function privateChat(id: number): Json {
  return { id, first_name: 'Warga', last_name: 'Contoh', type: 'private' }
}

export function groupChat(id = GROUP, more: Json = {}): Json {
  return { id, title: 'Petugas Kelurahan', type: 'supergroup', ...more }
}

export interface MessageMore {
  readonly from?: number
  readonly message_id?: number
  readonly date?: number
  readonly [field: string]: unknown
}

/** A message in a private chat, with whatever stands in `more`. */
export function messageOf(more: MessageMore = {}): Json {
  const { from = CITIZEN, ...rest } = more
  return {
    message_id: rest.message_id ?? newMessageId(),
    from: userOf(from),
    chat: privateChat(from),
    date: DATE,
    ...rest,
  }
}

export function messageUpdate(more: MessageMore = {}): NewUpdate {
  return { message: messageOf(more) }
}

/** Words, with the entity Telegram marks a command by. */
export function textUpdate(from: number, text: string, more: MessageMore = {}): NewUpdate {
  const [command] = /^\/[a-z]\w*/i.exec(text) ?? []
  const entities =
    command === undefined
      ? {}
      : { entities: [{ offset: 0, length: command.length, type: 'bot_command' }] }
  return messageUpdate({ from, text, ...entities, ...more })
}

export function editUpdate(message: Json, more: Json): NewUpdate {
  return { edited_message: { ...message, edit_date: DATE + 60, ...more } }
}

/** The three sizes of one photo, ascending, as Telegram lists them. */
export function photoSizes(id: string): readonly Json[] {
  return [
    [90, 67, 1_200],
    [320, 240, 14_000],
    [1280, 960, 180_000],
  ].map(([width, height, file_size], place) => ({
    ...{ file_id: `AgAC-${id}-${place}`, file_unique_id: `AQAD-${id}-${place}` },
    ...{ width, height, file_size },
  }))
}

export function fileOf(id: string, more: Json = {}): Json {
  return { file_id: `BQAC-${id}`, file_unique_id: `AgAD-${id}`, file_size: 20_000, ...more }
}

export const LOCATION = { latitude: -3.3186, longitude: 114.5944 }

let pressed = 0

/** A tap on a button of `message` (what the bot sent, as the API gave it back). */
export function pressUpdate(from: number, message: Json, data: string, more: Json = {}): NewUpdate {
  pressed += 1
  return {
    callback_query: {
      id: `${process.pid}${String(pressed).padStart(12, '0')}`,
      from: userOf(from),
      message,
      chat_instance: '-4512345678901234567',
      data,
      ...more,
    },
  }
}

/** The person blocks the bot (`kicked`) or lets it in again (`member`). */
export function blockUpdate(from: number, status: 'kicked' | 'member'): NewUpdate {
  const was = status === 'kicked' ? 'member' : 'kicked'
  return memberUpdate(privateChat(from), was, status, from)
}

/** What became of the bot itself in a chat. */
export function memberUpdate(
  chat: Json,
  was: string,
  status: string,
  from = CITIZEN,
  more: Json = {},
): NewUpdate {
  const state = (name: string) => ({
    ...{ user: BOT, status: name },
    ...(name === 'kicked' ? { until_date: 0 } : {}),
  })
  return {
    my_chat_member: {
      ...{ chat, from: userOf(from), date: DATE },
      ...{ old_chat_member: state(was), new_chat_member: state(status), ...more },
    },
  }
}

/** The chat an update belongs to, for the order in which webhooks bring them. */
export function chatOf(update: Json): number | null {
  for (const value of Object.values(update)) {
    const { chat, message, from } = (value ?? {}) as Readonly<Record<string, Json | undefined>>
    const inner = (message as { readonly chat?: Json } | undefined)?.chat
    const id = chat?.id ?? inner?.id ?? from?.id
    if (typeof id === 'number') return id
  }
  return null
}

/** The words a person wrote in it, wherever they stand. */
export function wordsOf(update: Json): readonly string[] {
  const found: string[] = []
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && /^(text|caption|title|question)$/.test(name))
        found.push(inner)
      else look(inner)
    }
  }
  look(update)
  return found
}
