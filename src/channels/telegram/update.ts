// The pieces of an update that we read, and no others. [https://core.telegram.org/bots/api#update]
// Rule: a piece that is not as it should be is left out; the message it stands in is not lost with it.

import { z } from 'zod'

const whole = z.number().int()
const words = z.string().optional().catch(undefined)
const count = whole.nonnegative().optional().catch(undefined)

/** A piece that may be missing or broken. */
function piece<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined)
}

const file = z.object({
  file_id: z.string().min(1),
  file_size: count,
  mime_type: words,
  file_name: words,
})
export type TelegramFile = z.infer<typeof file>

const photoSize = file.extend({ width: count, height: count })

const point = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})

const user = z.object({ id: whole, is_bot: z.boolean().optional().catch(undefined) })

const chat = z.object({
  id: whole,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: words,
})
export type TelegramChat = z.infer<typeof chat>

/** Loose: what else stands in it tells whether it is a service message. */
const message = z.looseObject({
  message_id: whole,
  chat,
  from: piece(user),
  edit_date: piece(whole),
  media_group_id: words,
  reply_to_message: piece(z.object({ message_id: whole })),
  text: words,
  caption: words,
  photo: piece(z.array(photoSize.nullable().catch(null))),
  voice: piece(file),
  audio: piece(file),
  video: piece(file),
  video_note: piece(file),
  animation: piece(file),
  document: piece(file),
  sticker: piece(file),
  location: piece(point),
  venue: piece(z.object({ location: point, title: words, address: words })),
  contact: piece(z.object({ phone_number: words, first_name: words, last_name: words })),
  migrate_to_chat_id: piece(whole),
  migrate_from_chat_id: piece(whole),
})
export type TelegramMessage = z.infer<typeof message>

const callbackQuery = z.object({
  id: z.string().min(1),
  from: user,
  // One that has become inaccessible still has both.
  message: piece(z.object({ message_id: whole, chat })),
  data: words,
})
export type CallbackQuery = z.infer<typeof callbackQuery>

const myChatMember = z.object({
  chat,
  new_chat_member: z.object({
    status: z.string(),
    is_member: z.boolean().optional().catch(undefined),
  }),
})
export type MyChatMember = z.infer<typeof myChatMember>

/** The kinds we ask for; the others are counted if they come all the same. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const

const SCHEMAS = {
  message,
  edited_message: message,
  callback_query: callbackQuery,
  my_chat_member: myChatMember,
} as const

export type Update =
  | { readonly kind: 'message'; readonly message: TelegramMessage }
  | { readonly kind: 'edited_message'; readonly message: TelegramMessage }
  | { readonly kind: 'callback_query'; readonly query: CallbackQuery }
  | { readonly kind: 'my_chat_member'; readonly member: MyChatMember }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' }

export function readUpdate(raw: unknown): Update {
  if (typeof raw !== 'object' || raw === null) return { kind: 'unreadable' }
  const kind = ALLOWED_UPDATES.find((name) => name in raw)
  if (kind === undefined) return { kind: 'other' }
  const parsed = SCHEMAS[kind].safeParse((raw as Readonly<Record<string, unknown>>)[kind])
  if (!parsed.success) return { kind: 'unreadable' }
  switch (kind) {
    case 'message':
    case 'edited_message':
      return { kind, message: parsed.data as TelegramMessage }
    case 'callback_query':
      return { kind, query: parsed.data as CallbackQuery }
    case 'my_chat_member':
      return { kind, member: parsed.data as MyChatMember }
  }
}

/** `update_id`; null: it has none. */
export function updateIdOf(raw: unknown): number | null {
  if (typeof raw !== 'object' || raw === null || !('update_id' in raw)) return null
  return Number.isSafeInteger(raw.update_id) ? Number(raw.update_id) : null
}
