// One item of Meta's webhook as an event of our own, or the reason why it is none. Pure.
// Rule: nobody who wrote to us is left unheard: what is not understood is a message without words.

import {
  type Address,
  addressOf,
  type InboundMessage,
  type MediaKind,
  type MediaRef,
  type Position,
  type Receipt,
  type ReceiptStatus,
} from '../../../message.ts'
import type { ChannelEvent } from '../../channel.ts'
import { mediaKindOf } from '../../media-kind.ts'
import { cleanText } from '../../text.ts'
import { judgeReceipt } from './codes.ts'
import type { CloudFile, CloudItem, CloudMessage, CloudStatus } from './payload.ts'

export const ACCOUNT = 'whatsapp-cloud'

/** Why an item is nobody's message to us: labels of a metric, so there are few. */
export type Ignored = 'unreadable' | 'not-ours' | 'system' | 'status' | 'nobody'

export type Read =
  | { readonly event: ChannelEvent; readonly ignored?: never }
  | { readonly ignored: Ignored; readonly event?: never }

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#statuses-object] */
const STATUSES: Readonly<Record<string, ReceiptStatus>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
}

const LONGEST_NAME = 200

export function readItem(item: CloudItem): Read {
  switch (item.kind) {
    case 'unreadable':
    case 'not-ours':
      return { ignored: item.kind }
    case 'status':
      return ofStatus(item.status)
    case 'message':
      return ofMessage(item.message)
  }
}

function ofStatus({ id, status, biz_opaque_callback_data: ours, errors }: CloudStatus): Read {
  const known = STATUSES[status]
  if (known === undefined) return { ignored: 'status' }
  const code = errors?.[0]?.code ?? null
  const receipt: Receipt = {
    ...{ channel: 'whatsapp', account: ACCOUNT, providerId: id },
    messageId: ours ?? null,
    status: known,
    code: code === null ? null : String(code),
    failure: known === 'failed' ? judgeReceipt(code) : null,
  }
  return { event: { type: 'receipt', receipt } }
}

function ofMessage(message: CloudMessage): Read {
  const from = senderOf(message)
  if (from === null) return { ignored: 'nobody' }
  if (message.system !== undefined || message.type === 'system') return { ignored: 'system' }
  const { id, context, reaction, interactive, button } = message
  const choice = interactive?.button_reply ?? interactive?.list_reply
  const event: InboundMessage = {
    ...{ channel: 'whatsapp', account: ACCOUNT, providerId: id, from },
    text: choice === undefined ? textOf(message) : '',
    media: mediaOf(message),
    position: positionOf(message),
    quotedId: reaction?.message_id ?? context?.id ?? null,
    ...{ album: null, edits: null, start: null },
    choice: choice?.id ?? (button === undefined || button.payload === '' ? null : button.payload),
    ...{ answerable: true, consent: null },
  }
  return { event: { type: 'message', message: event } }
}

/** By the number where there is one, else by the id that Meta knows the person by. */
function senderOf({ from, from_user_id: userId }: CloudMessage): Address | null {
  const number = from?.replace(/^\+/, '') ?? ''
  if (/^\d{5,15}$/.test(number)) return addressOf('whatsapp', number)
  const id = userId ?? from ?? ''
  return /^[\w.:-]{1,128}$/.test(id) ? addressOf('whatsapp', id) : null
}

/** What was written, or what was shared as if written. A reaction is its sign. */
function textOf(message: CloudMessage): string {
  const { text, button, reaction, location, contacts } = message
  const { image, video, document } = message
  const said = text?.body ?? button?.text ?? captionOf(image, video, document)
  if (said !== undefined) return cleanText(said).trim()
  const shared =
    reaction?.emoji ?? [location?.name, location?.address].filter(Boolean).join(', ') ?? ''
  const card = contacts?.[0]
  const called = [card?.name?.formatted_name, card?.phones[0]?.phone].filter(Boolean).join(' ')
  return cleanText(shared || called).trim()
}

function captionOf(...files: readonly (CloudFile | undefined)[]): string | undefined {
  return files.find((file) => file?.caption !== undefined)?.caption
}

function positionOf({ location }: CloudMessage): Position | null {
  return location === undefined ? null : { lat: location.latitude, lon: location.longitude }
}

function mediaOf(message: CloudMessage): readonly MediaRef[] {
  const { image, audio, voice, video, document, sticker } = message
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
