// One item of Meta's webhook as an event of our own, or the reason why it is none. Pure.
// Rule: nobody who wrote to us is left unheard: what is not understood is a message without words.

import type {
  InboundMessage,
  MediaKind,
  MediaRef,
  Position,
  Receipt,
  ReceiptStatus,
} from '../../../message.ts'
import type { ChannelEvent } from '../../channel.ts'
import { mediaKindOf } from '../../media-kind.ts'
import { cleanText } from '../../text.ts'
import { judgeReceipt } from './codes.ts'
import type {
  CloudContact,
  CloudContent,
  CloudFile,
  CloudItem,
  CloudMessage,
  CloudStatus,
} from './payload.ts'
import { alsoAt, movedTo, type Sender, senderOf } from './people.ts'

export const ACCOUNT = 'whatsapp-cloud'

/** Why an item is nobody's message to us: labels of a metric, so there are few. */
export type Ignored =
  | 'unreadable'
  | 'not-ours'
  /** Meta's news of the account and its templates. */
  | 'account'
  /** Meta's own note, which moves nobody. */
  | 'system'
  | 'status'
  | 'nobody'
  /** Said among several people: not to us. */
  | 'group'
  /** A reaction that was taken back. */
  | 'reaction'

/** How a message is named in our books, which are plain: Meta's own id of it holds the person's number. */
export type NameOf = (id: string) => string

export type Read =
  | { readonly event: ChannelEvent; readonly ignored?: never }
  | { readonly ignored: Ignored; readonly event?: never }

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object] */
const STATUSES: ReadonlyMap<string, ReceiptStatus> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'read'],
  ['failed', 'failed'],
])

const LONGEST_NAME = 200

export function readItem(item: CloudItem, nameOf: NameOf): Read {
  switch (item.kind) {
    case 'unreadable':
    case 'not-ours':
    case 'account':
      return { ignored: item.kind }
    case 'status':
      return ofStatus(item.status, nameOf)
    case 'message':
      return ofMessage(item.message, item.contacts, nameOf)
  }
}

function ofStatus(
  { id, status, biz_opaque_callback_data: ours, errors }: CloudStatus,
  nameOf: NameOf,
): Read {
  const known = STATUSES.get(status)
  if (known === undefined) return { ignored: 'status' }
  const code = errors?.[0]?.code ?? null
  const receipt: Receipt = {
    ...{ channel: 'whatsapp', account: ACCOUNT, providerId: nameOf(id) },
    messageId: ours ?? null,
    status: known,
    code: code === null ? null : String(code),
    ...(known === 'failed' ? judgeReceipt(code) : { failure: null }),
  }
  return { event: { type: 'receipt', receipt } }
}

function ofMessage(message: CloudMessage, contacts: readonly CloudContact[], nameOf: NameOf): Read {
  const sender = senderOf(message, contacts)
  if (sender === null) return { ignored: 'nobody' }
  if (message.group_id !== undefined) return { ignored: 'group' }
  if (message.system !== undefined || message.type === 'system')
    return ofSystem(message, sender, nameOf)
  if (message.reaction?.emoji === '') return { ignored: 'reaction' }
  return { event: { type: 'message', message: said(message, sender, nameOf) } }
}

function ofSystem(message: CloudMessage, sender: Sender, nameOf: NameOf): Read {
  const to = movedTo(sender, message)
  if (to === null) return { ignored: 'system' }
  const moved = { from: sender.from, to, alsoKnownAs: alsoAt(to, message) }
  const providerId = nameOf(message.id)
  return { event: { type: 'moved', account: ACCOUNT, providerId, ...moved } }
}

function said(message: CloudMessage, sender: Sender, nameOf: NameOf): InboundMessage {
  const { context, reaction, edit, revoke } = message
  // Taken back: worded anew, without words.
  const edits = edit?.original_message_id ?? revoke?.original_message_id ?? null
  const content = edit?.message ?? message
  const choice = content.interactive?.button_reply ?? content.interactive?.list_reply
  const quoted = reaction?.message_id ?? context?.id
  return {
    ...{ channel: 'whatsapp', account: ACCOUNT, ...sender },
    providerId: nameOf(edits === message.id ? `${edits} ${message.timestamp}` : message.id),
    text: choice === undefined ? cleanText(reaction?.emoji ?? textOf(content)).trim() : '',
    media: mediaOf(content),
    position: positionOf(content),
    quotedId: quoted === undefined ? null : nameOf(quoted),
    ...{ album: null, edits: edits === null ? null : nameOf(edits), start: null },
    choice: choice?.id ?? pressedOf(content),
    ...{ answerable: true, consent: null },
  }
}

/** A template's button whose payload nobody set says its own words: LIHAT on it is LIHAT. */
function pressedOf({ button }: CloudContent): string | null {
  return button === undefined || button.payload === button.text ? null : button.payload || null
}

/** What was written, or what was shared as if written. */
function textOf(content: CloudContent): string {
  const { text, button, location, contacts, order, image, video, document } = content
  const written = text?.body ?? button?.text ?? captionOf(image, video, document) ?? order?.text
  if (written !== undefined) return written
  const shared = [location?.name, location?.address].filter(Boolean).join(', ')
  const card = contacts?.[0]
  const called = [card?.name?.formatted_name, card?.phones[0]?.phone].filter(Boolean).join(' ')
  return shared || called
}

function captionOf(...files: readonly (CloudFile | undefined)[]): string | undefined {
  return files.find((file) => file?.caption !== undefined)?.caption
}

function positionOf({ location }: CloudContent): Position | null {
  return location === undefined ? null : { lat: location.latitude, lon: location.longitude }
}

function mediaOf(content: CloudContent): readonly MediaRef[] {
  const { image, audio, voice, video, document, sticker } = content
  return [
    ...refs('photo', image),
    ...refs('voice', audio, voice),
    ...refs('video', video),
    ...refs(mediaKindOf(document?.mime_type ?? null), document),
    ...refs('sticker', sticker),
  ]
}

function refs(kind: MediaKind, ...files: readonly (CloudFile | undefined)[]): MediaRef[] {
  return files.flatMap((file) => {
    if (file === undefined) return []
    const name = cleanText(file.filename ?? '').slice(0, LONGEST_NAME)
    const sha256 = hexOf(file.sha256)
    return [
      {
        ...{ kind, id: file.id, url: '', contentType: file.mime_type ?? null },
        ...{ name: name === '' ? null : name, bytes: null },
        ...(sha256 === null ? {} : { sha256 }),
      },
    ]
  })
}

/** Meta tells it in base64 in a webhook and in hexadecimal where the file is asked for. */
function hexOf(digest: string | undefined): string | null {
  if (digest === undefined) return null
  if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase()
  const bytes = Buffer.from(digest, 'base64')
  return bytes.length === 32 ? bytes.toString('hex') : null
}
