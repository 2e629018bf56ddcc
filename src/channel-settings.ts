// What turns a channel on: its provider's credentials, given whole or not at all.

import { type Environment, socketUrl, webUrl } from './environment.ts'

export interface TwilioSettings {
  readonly accountSid: string
  readonly authToken: string
  readonly from: string
  readonly apiUrl: string | null
}

export interface TelegramSettings {
  readonly token: string
  /** Without a trailing slash; null: Telegram's own. */
  readonly apiRoot: string | null
  /** Given together with PUBLIC_URL: a webhook. Else long polling. */
  readonly webhookSecret: string | null
}

export interface WhatsAppCloudSettings {
  readonly token: string
  readonly phoneNumberId: string
  readonly appSecret: string
  readonly verifyToken: string
  /** Whose templates `check` looks at; null: Meta is asked. */
  readonly businessAccountId: string | null
  /** With or without a version in its path; null: Meta's own. */
  readonly apiUrl: string | null
}

export interface WhatsAppBaileysSettings {
  /** Digits, with the country: linked by a code typed into that phone; null: by QR. */
  readonly number: string | null
  /** Another WebSocket endpoint; null: WhatsApp's. */
  readonly url: string | null
}

export function readTwilio({ given, checked, refuse }: Environment): TwilioSettings | null {
  const names = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const
  if (names.every((name) => given(name) === null)) return null
  for (const name of names) {
    if (given(name) === null)
      refuse(name, `missing. Twilio SMS needs ${names.join(', ')}; give it or remove all.`)
  }
  const accountSid = given('TWILIO_ACCOUNT_SID') ?? ''
  if (accountSid !== '' && !/^AC\w+$/.test(accountSid)) {
    refuse(
      'TWILIO_ACCOUNT_SID',
      'is not an account SID. It starts with AC; see the Twilio console.',
    )
  }
  const cure = 'Give an http(s) address, or remove it.'
  const from = given('TWILIO_FROM') ?? ''
  if (from !== '' && !/^(\+\d{7,15}|\d{3,8}|MG\w+)$/.test(from)) {
    refuse(
      'TWILIO_FROM',
      'is no sender. Give the number with its country (+...), a short code, or the SID of a Messaging Service (MG...).',
    )
  }
  return {
    accountSid,
    authToken: given('TWILIO_AUTH_TOKEN') ?? '',
    from,
    apiUrl: checked<string | null>('TWILIO_API_URL', null, webUrl, cure),
  }
}

export function readTelegram({ given, checked, refuse }: Environment): TelegramSettings | null {
  const others = ['TELEGRAM_API_ROOT', 'TELEGRAM_WEBHOOK_SECRET'] as const
  const token = given('TELEGRAM_BOT_TOKEN')
  if (token === null) {
    const set = others.filter((name) => given(name) !== null)
    if (set.length === 0) return null
    refuse('TELEGRAM_BOT_TOKEN', `missing, though ${set.join(', ')} is set. Give it or remove all.`)
  } else if (!/^\d+:[\w-]+$/.test(token)) {
    refuse(
      'TELEGRAM_BOT_TOKEN',
      'is no bot token. Copy it whole from @BotFather: digits, colon, letters.',
    )
  }
  const webhookSecret = given('TELEGRAM_WEBHOOK_SECRET')
  if (webhookSecret !== null && !/^[\w-]{1,256}$/.test(webhookSecret)) {
    refuse(
      'TELEGRAM_WEBHOOK_SECRET',
      'may hold only letters, digits, _ and -, at most 256. Make one with: openssl rand -hex 32',
    )
  }
  const cure = 'Give an http(s) address, or remove it.'
  return {
    token: token ?? '',
    apiRoot: checked<string | null>('TELEGRAM_API_ROOT', null, webUrl, cure),
    webhookSecret,
  }
}

const CLOUD = [
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_PHONE_NUMBER_ID',
  'WHATSAPP_CLOUD_APP_SECRET',
  'WHATSAPP_CLOUD_VERIFY_TOKEN',
] as const

const BUSINESS_ACCOUNT = 'WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID'

export function readWhatsAppCloud(from: Environment): WhatsAppCloudSettings | null {
  const { given, checked, refuse } = from
  const all = [...CLOUD, 'WHATSAPP_CLOUD_API_URL', BUSINESS_ACCOUNT] as const
  if (all.every((name) => given(name) === null)) return null
  for (const name of CLOUD) {
    if (given(name) === null)
      refuse(name, `missing. WhatsApp needs ${CLOUD.join(', ')}; give it or remove all.`)
  }
  const phoneNumberId = given('WHATSAPP_CLOUD_PHONE_NUMBER_ID') ?? ''
  if (phoneNumberId !== '' && !/^\d{5,32}$/.test(phoneNumberId)) {
    refuse(
      'WHATSAPP_CLOUD_PHONE_NUMBER_ID',
      "is no id of Meta's. It is digits only, and not the phone number; see the API setup of the app.",
    )
  }
  const businessAccountId = given(BUSINESS_ACCOUNT)
  if (businessAccountId !== null && !/^\d{5,32}$/.test(businessAccountId)) {
    refuse(
      BUSINESS_ACCOUNT,
      "is no id of Meta's. It is digits only; see the accounts in WhatsApp Manager, or remove it.",
    )
  }
  return {
    token: given('WHATSAPP_CLOUD_TOKEN') ?? '',
    phoneNumberId,
    appSecret: given('WHATSAPP_CLOUD_APP_SECRET') ?? '',
    verifyToken: given('WHATSAPP_CLOUD_VERIFY_TOKEN') ?? '',
    businessAccountId,
    apiUrl: checked<string | null>(
      'WHATSAPP_CLOUD_API_URL',
      null,
      webUrl,
      'Give an http(s) address, or remove it.',
    ),
  }
}

export function readWhatsAppBaileys(from: Environment): WhatsAppBaileysSettings | null {
  const { given, checked, refuse } = from
  const others = ['WHATSAPP_BAILEYS_NUMBER', 'WHATSAPP_BAILEYS_URL'] as const
  const turned = given('WHATSAPP_BAILEYS')
  const set = others.filter((name) => given(name) !== null)
  if (turned === 'off' || (turned === null && set.length === 0)) return null
  if (turned === null)
    refuse('WHATSAPP_BAILEYS', `missing, though ${set.join(', ')} is set. Say on, or remove all.`)
  else if (turned !== 'on') {
    refuse('WHATSAPP_BAILEYS', 'is neither on nor off. Say one of them, or remove it.')
    return null
  }
  const number = (given('WHATSAPP_BAILEYS_NUMBER') ?? '').replace(/^\+/, '')
  if (number !== '' && !/^[1-9]\d{7,14}$/.test(number)) {
    refuse(
      'WHATSAPP_BAILEYS_NUMBER',
      'is no number. Give that of the phone with its country, digits only: 628111234567',
    )
  }
  return {
    number: number === '' ? null : number,
    url: checked<string | null>(
      'WHATSAPP_BAILEYS_URL',
      null,
      socketUrl,
      'Give a ws:// or wss:// address, or remove it.',
    ),
  }
}

/** Said at every start, by `check` and in /health: whoever runs it must know. */
export function costsOfBaileys(baileys: WhatsAppBaileysSettings | null): string[] {
  if (baileys === null) return []
  return [
    'WHATSAPP_BAILEYS is on: WhatsApp does not allow it and may ban the number; it loads a library under GPL-3.0. See docs/channels/whatsapp-baileys.md',
  ]
}

/** [https://core.telegram.org/bots/api#setwebhook] Without a port it is 443. */
const WEBHOOK_ADDRESS = /^https:\/\/[^/:]+(:(443|80|88|8443))?(\/|$)/i

/** Warnings. */
export function deafWebhook(telegram: TelegramSettings | null, publicUrl: string | null): string[] {
  if (telegram === null || telegram.webhookSecret === null) return []
  if (publicUrl === null)
    return ['TELEGRAM_WEBHOOK_SECRET is set without PUBLIC_URL: Telegram is polled.']
  // A Bot API server of one's own may post to any address.
  if (telegram.apiRoot !== null || WEBHOOK_ADDRESS.test(publicUrl)) return []
  return [
    'PUBLIC_URL: Telegram posts only to https:// on port 443, 80, 88 or 8443; nothing will come. Change it, or remove TELEGRAM_WEBHOOK_SECRET to poll.',
  ]
}
