// Twilio's form fields, decoded and parsed into our own words.
// Rule: fields we do not know are welcome at any time; the signature covers them, we ignore them.

import { z } from 'zod'
import type { InboundMessage, MediaRef, Receipt, ReceiptStatus } from '../../../message.ts'
import { addressOf } from '../../../message.ts'
import { mediaKindOf } from '../../media-kind.ts'
import { senderOf } from '../../phone.ts'
import { cleanText } from '../../text.ts'
import { judgeReceipt } from './codes.ts'

export const ACCOUNT = 'twilio'

/** Decoded fields by name; a name that came twice holds both values, as the signature wants them. */
export type Fields = Readonly<Record<string, string | string[]>>

/** Twilio names at most ten, MediaUrl0 to MediaUrl9. */
const MOST_MEDIA = 10

const CONSENT = { STOP: 'stop', START: 'start', HELP: 'help' } as const

/** Everything before `delivered` says the same: Twilio has it. It even proves a send that got no answer. */
const STATUSES: Readonly<Record<string, ReceiptStatus>> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
}

const sid = z.string().trim().min(1).max(64)

const messageForm = z.object({
  MessageSid: sid,
  From: z.string().max(256),
  // A photo without words has no Body at all.
  Body: z.string().default(''),
  NumMedia: z.coerce.number().int().min(0).catch(0),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
})

const receiptForm = z.object({
  MessageSid: sid,
  MessageStatus: z.string().min(1),
  ErrorCode: z.string().regex(/^\d+$/).optional().catch(undefined),
})

/** The fields of a form; null when it is no form (broken escapes, no UTF-8). */
export function decodeForm(body: string): Fields | null {
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const pair of body.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1))
    if (name === null || value === null) return null
    const before = fields[name]
    if (before === undefined) fields[name] = value
    else fields[name] = [before, value].flat()
  }
  return fields
}

/** Null when the form lacks what a message must have: `MessageSid` and `From`. */
export function readMessage(fields: Fields): InboundMessage | null {
  const parsed = messageForm.safeParse(fields)
  if (!parsed.success) return null
  const form = parsed.data
  const sender = senderOf(form.From)
  if (sender.name === '') return null
  return {
    channel: 'sms',
    account: ACCOUNT,
    providerId: form.MessageSid,
    from: addressOf('sms', sender.name),
    text: cleanText(form.Body),
    media: mediaOf(fields, Math.min(form.NumMedia, MOST_MEDIA)),
    position: null,
    quotedId: null,
    album: null,
    edits: null,
    start: null,
    choice: null,
    answerable: sender.answerable,
    consent: form.OptOutType === undefined ? null : CONSENT[form.OptOutType],
  }
}

/** `'ignored'`: a status of no use to us. Null: not a receipt. `messageId` is the `id` of its URL. */
export function readReceipt(fields: Fields, messageId: string | null): Receipt | 'ignored' | null {
  const parsed = receiptForm.safeParse({
    MessageSid: fields.MessageSid ?? fields.SmsSid,
    MessageStatus: fields.MessageStatus ?? fields.SmsStatus,
    ErrorCode: fields.ErrorCode,
  })
  if (!parsed.success) return null
  const form = parsed.data
  const status = STATUSES[form.MessageStatus.toLowerCase()]
  if (status === undefined) return 'ignored'
  const code = form.ErrorCode === undefined || form.ErrorCode === '0' ? null : form.ErrorCode
  return {
    channel: 'sms',
    account: ACCOUNT,
    providerId: form.MessageSid,
    messageId,
    status,
    code,
    failure: status === 'failed' ? judgeReceipt(code === null ? null : Number(code)) : null,
  }
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return null
  }
}

function mediaOf(fields: Fields, count: number): readonly MediaRef[] {
  return Array.from({ length: count }, (_, place) => place).flatMap((place) => {
    const url = fields[`MediaUrl${place}`]
    const type = fields[`MediaContentType${place}`]
    if (typeof url !== 'string' || url === '') return []
    const contentType = typeof type === 'string' && type !== '' ? type : null
    return [{ kind: mediaKindOf(contentType), id: url, url, contentType, name: null, bytes: null }]
  })
}
