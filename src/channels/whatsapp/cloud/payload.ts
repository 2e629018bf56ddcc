// The shape of what Meta posts, as far as we read it. Whatever else is in it is welcome and ignored.
// Rule: every item stands alone, so that one that cannot be read never holds up the others.

import { z } from 'zod'
import { ACCOUNT_FIELDS, type AccountNews } from './account-news.ts'

const id = z.string().min(1).max(512)
const words = z.string().catch('')

const file = z.object({
  id,
  mime_type: z.string().optional().catch(undefined),
  /** Base64 or hexadecimal, as Meta tells it. */
  sha256: z.string().optional().catch(undefined),
  caption: z.string().optional().catch(undefined),
  filename: z.string().optional().catch(undefined),
})
export type CloudFile = z.infer<typeof file>

const chosen = z.object({ id: z.string(), title: words })

const contactCard = z.object({
  name: z.object({ formatted_name: words }).optional().catch(undefined),
  phones: z
    .array(z.object({ phone: z.string().optional(), wa_id: z.string().optional() }))
    .catch([]),
})

const name = z.string().min(1).max(140).optional().catch(undefined)

/** What somebody said or shared. */
const content = {
  type: words,
  text: z.object({ body: z.string() }).optional().catch(undefined),
  image: file.optional().catch(undefined),
  audio: file.optional().catch(undefined),
  voice: file.optional().catch(undefined),
  video: file.optional().catch(undefined),
  document: file.optional().catch(undefined),
  sticker: file.optional().catch(undefined),
  location: z
    .object({
      latitude: z.coerce.number().min(-90).max(90),
      longitude: z.coerce.number().min(-180).max(180),
      name: words.optional(),
      address: words.optional(),
    })
    .optional()
    .catch(undefined),
  contacts: z.array(contactCard).optional().catch(undefined),
  interactive: z
    .object({ button_reply: chosen.optional(), list_reply: chosen.optional() })
    .optional()
    .catch(undefined),
  button: z.object({ payload: words, text: words }).optional().catch(undefined),
  order: z.object({ text: words }).optional().catch(undefined),
}
const contentSchema = z.object(content)
export type CloudContent = z.infer<typeof contentSchema>

const messageSchema = z.object({
  id,
  /** Digits of the number; may be missing of people who hide theirs. */
  from: name,
  from_user_id: name,
  /** Said in a group of people. */
  group_id: name,
  timestamp: z.string().optional().catch(undefined),
  ...content,
  reaction: z.object({ message_id: id, emoji: words }).optional().catch(undefined),
  context: z.object({ id: id.optional() }).optional().catch(undefined),
  /** Worded anew. */
  edit: z.object({ original_message_id: id, message: contentSchema }).optional().catch(undefined),
  /** Taken back. */
  revoke: z.object({ original_message_id: id }).optional().catch(undefined),
  system: z
    .object({
      type: words,
      /** The new number; in older versions of the API by its other name. */
      wa_id: name,
      new_wa_id: name,
      /** The new id. */
      user_id: name,
    })
    .optional()
    .catch(undefined),
})
export type CloudMessage = z.infer<typeof messageSchema>

const statusSchema = z.object({
  id,
  status: z.string().min(1),
  biz_opaque_callback_data: z.string().max(128).optional().catch(undefined),
  errors: z
    .array(z.object({ code: z.coerce.number().int() }))
    .optional()
    .catch(undefined),
})
export type CloudStatus = z.infer<typeof statusSchema>

/** Who stands behind the messages of a change: a number, an id of Meta's, or both. */
const contactSchema = z.object({ wa_id: name, user_id: name })
export type CloudContact = z.infer<typeof contactSchema>

const value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(contactSchema.catch({})).catch([]),
  messages: z.array(z.unknown()).catch([]),
  statuses: z.array(z.unknown()).catch([]),
})

const envelope = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.unknown()),
})
const entrySchema = z.object({ changes: z.array(z.unknown()) })
const changeSchema = z.object({ field: z.string(), value: z.unknown() })

/** One item of a webhook, or what could not be read. */
export type CloudItem =
  | {
      readonly kind: 'message'
      readonly message: CloudMessage
      readonly contacts: readonly CloudContact[]
    }
  | { readonly kind: 'status'; readonly status: CloudStatus }
  /** About the account or its templates, not about people. */
  | { readonly kind: 'account'; readonly news: AccountNews }
  | { readonly kind: 'unreadable' }
  /** Of another number of the same account, or of a field we did not ask for. */
  | { readonly kind: 'not-ours' }

/** Every entry x change x message or status, in their order; null: no webhook of WhatsApp at all. */
export function itemsOf(raw: unknown, phoneNumberId: string): readonly CloudItem[] | null {
  const posted = envelope.safeParse(raw)
  if (!posted.success) return null
  return posted.data.entry.flatMap((entry): readonly CloudItem[] => {
    const read = entrySchema.safeParse(entry)
    if (!read.success) return [{ kind: 'unreadable' }]
    return read.data.changes.flatMap((change) => itemsOfChange(change, phoneNumberId))
  })
}

function itemsOfChange(raw: unknown, phoneNumberId: string): readonly CloudItem[] {
  const change = changeSchema.safeParse(raw)
  if (!change.success) return [{ kind: 'unreadable' }]
  if (ACCOUNT_FIELDS.includes(change.data.field)) return [{ kind: 'account', news: change.data }]
  if (change.data.field !== 'messages') return [{ kind: 'not-ours' }]
  const read = value.safeParse(change.data.value)
  if (!read.success) return [{ kind: 'unreadable' }]
  const { metadata, contacts, messages, statuses } = read.data
  if (metadata.phone_number_id !== phoneNumberId) return [{ kind: 'not-ours' }]
  return [
    ...messages.map((one): CloudItem => {
      const message = messageSchema.safeParse(one)
      return message.success
        ? { kind: 'message', message: message.data, contacts }
        : { kind: 'unreadable' }
    }),
    ...statuses.map((one): CloudItem => {
      const status = statusSchema.safeParse(one)
      return status.success ? { kind: 'status', status: status.data } : { kind: 'unreadable' }
    }),
  ]
}
