// What the Bot API does with each call, and what it refuses, in its own words.
// Rule: only what its page says or what it is known to answer; nobody's wishes. [https://core.telegram.org/bots/api]

import { BOT, type Json, newMessageId, privateChat } from './updates.ts'
import type { FakeFile } from './wire.ts'

interface Button {
  readonly text: string
  /** `callback_data`; null on a button that opens an address. */
  readonly data: string | null
}

interface SentFile extends FakeFile {
  readonly as: FileKind
  /** What the messages of one album have in common. */
  readonly album: string | null
}

type FileKind = 'photo' | 'voice' | 'video' | 'document'

/** A message of the bot that arrived. */
export interface FakeSent {
  readonly chatId: number
  readonly messageId: number
  /** Of a file its caption. */
  readonly text: string
  readonly file: SentFile | null
  readonly buttons: readonly (readonly Button[])[]
  readonly repliesTo: number | null
  readonly params: Json
  /** As the API gave it back: what a press carries. */
  readonly message: Json
}

export interface BotChats {
  readonly sent: FakeSent[]
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly size: number }>
  /** By scope and language. */
  readonly commands: Map<string, readonly Json[]>
  /** Presses that wait for an answer. */
  readonly presses: Set<string>
  /** What answered a press said. */
  readonly answered: {
    readonly id: string
    readonly text: string | null
    readonly alert: boolean
  }[]
}

/** A call's result, or why not. */
export type Result =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly status: number; readonly description: string }

const LONGEST_TEXT = 4096
const LONGEST_CAPTION = 1024
const MOST_IN_ALBUM = 10
const BIGGEST_PHOTO = 10 * 1024 * 1024
const LONGEST_ANSWER = 200
const MOST_DATA_BYTES = 64
const MOST_BUTTONS = 100
const BIGGEST_FILE = 20 * 1024 * 1024

export function newBotChats(): BotChats {
  return {
    ...{ sent: [], files: new Map(), commands: new Map() },
    ...{ presses: new Set<string>(), answered: [] },
  }
}

const done = (result: unknown = true): Result => ({ ok: true, result })
const bad = (words: string): Result => ({
  ok: false,
  status: 400,
  description: `Bad Request: ${words}`,
})

export const METHODS: Readonly<Record<string, (chats: BotChats, params: Json) => Result>> = {
  getMe: () =>
    done({
      ...BOT,
      ...{ can_join_groups: true, can_read_all_group_messages: false },
      supports_inline_queries: false,
    }),
  sendMessage,
  sendPhoto: (chats, params) => sendFile('photo', chats, params),
  sendVoice: (chats, params) => sendFile('voice', chats, params),
  sendVideo: (chats, params) => sendFile('video', chats, params),
  sendDocument: (chats, params) => sendFile('document', chats, params),
  sendMediaGroup,
  answerCallbackQuery,
  editMessageReplyMarkup,
  setMyCommands,
  deleteMyCommands: (chats, params) => {
    chats.commands.delete(scopeOf(params))
    return done()
  },
  getMyCommands: (chats, params) => done(chats.commands.get(scopeOf(params)) ?? []),
  getFile,
  sendChatAction: () => done(),
  leaveChat: () => done(),
}

function sendMessage(chats: BotChats, params: Json): Result {
  const text = String(params.text ?? '')
  if (text.trim() === '') return bad('message text is empty')
  if (text.length > LONGEST_TEXT) return bad('message is too long')
  return arrives(chats, params, text, null)
}

function sendFile(as: FileKind, chats: BotChats, params: Json): Result {
  const file = params[as] as FakeFile | undefined
  const caption = String(params.caption ?? '')
  if (caption.length > LONGEST_CAPTION) return bad('message caption is too long')
  if (file === undefined || file.bytes.length === 0) return bad('file must be non-empty')
  if (as === 'photo' && file.bytes.length > BIGGEST_PHOTO) return bad('file is too big for a photo')
  return arrives(chats, params, caption, { ...file, as, album: null })
}

/** [https://core.telegram.org/bots/api#sendmediagroup] */
function sendMediaGroup(chats: BotChats, params: Json): Result {
  const media = (parsed(params.media) ?? []) as readonly Json[]
  if (media.length < 2 || media.length > MOST_IN_ALBUM) return bad('wrong number of media')
  if (params.reply_markup !== undefined) return bad('reply markup is not allowed in an album')
  const kinds = new Set(media.map(({ type }) => type))
  if (kinds.has('document') && kinds.size > 1) return bad('documents go with documents')
  const album = `album-${newMessageId()}`
  const results = media.map(({ type, media: source }) => {
    const file = params[String(source).replace('attach://', '')] as FakeFile | undefined
    if (file === undefined) return bad('wrong file identifier')
    return arrives(chats, params, '', { ...file, as: type as FileKind, album })
  })
  const wrong = results.find(({ ok }) => !ok)
  return wrong ?? done(results.map((one) => (one.ok ? one.result : null)))
}

function arrives(chats: BotChats, params: Json, text: string, file: SentFile | null): Result {
  const chatId = Number(params.chat_id)
  if (params.chat_id === undefined || !Number.isSafeInteger(chatId)) return bad('chat_id is empty')
  const buttons = buttonsOf(params.reply_markup)
  if (typeof buttons === 'string') return bad(buttons)
  const reply = parsed(params.reply_parameters) as Json | null
  const repliesTo = Number(reply?.message_id ?? params.reply_to_message_id ?? 0)
  const messageId = newMessageId()
  const keyboard = parsed(params.reply_markup)
  const words = file === null ? { text } : { caption: text, [file.as]: fileSent(file) }
  const message = {
    ...{ message_id: messageId, from: BOT, chat: privateChat(chatId), date: 1_773_622_801 },
    ...words,
    ...(keyboard === null ? {} : { reply_markup: keyboard }),
  }
  chats.sent.push({
    ...{ chatId, messageId, text, file, buttons, params, message },
    repliesTo: repliesTo === 0 ? null : repliesTo,
  })
  return done(message)
}

/** As the message carries it: pictures in their sizes, the largest last. */
function fileSent({ as, bytes }: SentFile): Json | readonly Json[] {
  const id = `sent-${newMessageId()}`
  const file = { file_id: id, file_unique_id: `u-${id}`, file_size: bytes.length }
  return as === 'photo' ? [{ ...file, width: 90, height: 60 }] : file
}

function answerCallbackQuery(chats: BotChats, params: Json): Result {
  const id = String(params.callback_query_id ?? '')
  const text = params.text === undefined ? null : String(params.text)
  if ((text ?? '').length > LONGEST_ANSWER) return bad('MESSAGE_TOO_LONG')
  if (!chats.presses.delete(id))
    return bad('query is too old and response timeout expired or query ID is invalid')
  chats.answered.push({ id, text, alert: params.show_alert === true })
  return done()
}

function editMessageReplyMarkup(chats: BotChats, params: Json): Result {
  const place = chats.sent.findIndex(
    ({ chatId, messageId }) =>
      chatId === Number(params.chat_id) && messageId === Number(params.message_id),
  )
  const before = chats.sent[place]
  if (before === undefined) return bad('message to edit not found')
  const buttons = buttonsOf(params.reply_markup)
  if (typeof buttons === 'string') return bad(buttons)
  if (JSON.stringify(buttons) === JSON.stringify(before.buttons))
    return bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  chats.sent[place] = { ...before, buttons }
  return done(before.message)
}

function setMyCommands(chats: BotChats, params: Json): Result {
  const commands = (parsed(params.commands) ?? []) as readonly Json[]
  const fits = ({ command, description }: Json) =>
    /^[a-z0-9_]{1,32}$/.test(String(command)) &&
    String(description ?? '').length > 0 &&
    String(description).length <= 256
  if (commands.length > 100) return bad('BOT_COMMANDS_TOO_MUCH')
  if (!commands.every(fits)) return bad('BOT_COMMAND_INVALID')
  chats.commands.set(scopeOf(params), commands)
  return done()
}

function getFile({ files }: BotChats, params: Json): Result {
  const id = String(params.file_id)
  const file = files.get(id)
  if (file === undefined) return bad('wrong file_id or the file is temporarily unavailable')
  if (file.size > BIGGEST_FILE) return bad('file is too big')
  const file_path = `files/${encodeURIComponent(id)}`
  return done({ file_id: id, file_unique_id: `u-${id}`, file_size: file.size, file_path })
}

function scopeOf({ scope, language_code: language = '' }: Json): string {
  const { type = 'default', chat_id: chat = '' } = (parsed(scope) ?? {}) as Json
  return `${type}:${chat}:${language}`
}

/** The rows of an inline keyboard; what is wrong with it. */
function buttonsOf(markup: unknown): readonly (readonly Button[])[] | string {
  const { inline_keyboard: rows = [] } = (parsed(markup) ?? {}) as { inline_keyboard?: unknown }
  if (!Array.isArray(rows)) return "can't parse inline keyboard markup JSON object"
  const buttons = rows.map((row: readonly Json[]) =>
    row.map(({ text, callback_data: data, url }) => ({
      text: String(text ?? ''),
      data: data === undefined ? null : String(data),
      opens: url !== undefined,
    })),
  )
  const all = buttons.flat()
  if (all.length > MOST_BUTTONS) return 'reply markup is too long'
  if (all.some(({ text }) => text.trim() === ''))
    return 'can\'t parse inline keyboard button: Field "text" must be non-empty'
  if (all.some(({ data, opens }) => data === null && !opens))
    return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
  const wrong = ({ data }: Button) =>
    data !== null && (data === '' || Buffer.byteLength(data) > MOST_DATA_BYTES)
  if (all.some(wrong)) return 'BUTTON_DATA_INVALID'
  return buttons.map((row) => row.map(({ text, data }) => ({ text, data })))
}

/** JSON may come as JSON or, in a form, as text. */
function parsed(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}
