// What a message holds: words, attachments, a place. Whatever else it is, it stays a message, without words.

import type { MediaKind, MediaRef, Position } from '../../message.ts'
import { mediaKindOf } from '../media-kind.ts'
import { cleanText } from '../text.ts'
import type { TelegramFile, TelegramMessage } from './update.ts'
import { type Said, saidIn } from './words.ts'

export interface Content extends Said {
  readonly media: readonly MediaRef[]
  readonly position: Position | null
}

/** What Telegram itself writes into a chat: somebody joined, a title changed, a message was pinned. */
const SERVICE =
  /^(new_chat_|left_chat_|delete_chat_photo|group_chat_created|supergroup_chat_created|channel_chat_created|message_auto_delete_timer_changed|migrate_|pinned_message|successful_payment|refunded_payment|users?_shared|chat_shared|connected_website|write_access_allowed|passport_data|proximity_alert_triggered|boost_added|chat_background_set|chat_owner_|forum_topic_|general_forum_topic_|giveaway|video_chat_|voice_chat_|web_app_data|gift|unique_gift|paid_message_price_changed|direct_message_price_changed|checklist_tasks_|suggested_post_)/

const LONGEST_NAME = 200

export function contentOf(message: TelegramMessage): Content {
  const { venue, location, contact } = message
  const spot = venue?.location ?? location
  const position = spot === undefined ? null : { lat: spot.latitude, lon: spot.longitude }
  const media = mediaOf(message)
  const words = message.text ?? message.caption
  if (words !== undefined) return { ...saidIn(words), media, position }
  // A place's own name, a contact's number: what was shared, as if written.
  const shared = [venue?.title, venue?.address].filter(Boolean).join(', ')
  const text = shared || [contact?.first_name, contact?.last_name, contact?.phone_number].join(' ')
  return { text: cleanText(text).trim(), start: null, media, position }
}

/** Nothing a person said, but something that happened to the chat. */
export function isService(message: TelegramMessage): boolean {
  const { text, caption } = message
  return (
    text === undefined && caption === undefined && Object.keys(message).some((k) => SERVICE.test(k))
  )
}

function mediaOf(message: TelegramMessage): readonly MediaRef[] {
  const { photo, voice, audio, video, video_note: note, animation, document, sticker } = message
  // An animation comes as a document a second time.
  const file = animation === undefined ? document : undefined
  return [
    ...refs('photo', largest(photo)),
    ...refs('voice', voice, audio),
    ...refs('video', video, note, animation),
    ...refs(mediaKindOf(file?.mime_type ?? null), file),
    ...refs('sticker', sticker),
  ]
}

function refs(kind: MediaKind, ...files: readonly (TelegramFile | undefined)[]): MediaRef[] {
  return files.flatMap((file) => {
    if (file === undefined) return []
    const name = cleanText(file.file_name ?? '').slice(0, LONGEST_NAME)
    return [
      {
        ...{ kind, id: file.file_id, url: '', contentType: file.mime_type ?? null },
        ...{ name: name === '' ? null : name, bytes: file.file_size ?? null },
      },
    ]
  })
}

/** The sizes are of one picture; the largest is the picture. */
function largest(sizes: TelegramMessage['photo']): TelegramFile | undefined {
  const area = ({ width = 0, height = 0 }) => width * height
  return (sizes ?? [])
    .flatMap((size) => (size === null ? [] : [size]))
    .sort((one, other) => area(other) - area(one))[0]
}
