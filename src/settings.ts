// Environment → Settings. Names every missing or wrong variable at once, each with its cure.
// The outer names and defaults are those of README.md; nothing else reads process.env.

import { z } from 'zod'
import {
  costsOfBaileys,
  deafWebhook,
  readTelegram,
  readTwilio,
  readWhatsAppBaileys,
  readWhatsAppCloud,
  type TelegramSettings,
  type TwilioSettings,
  type WhatsAppBaileysSettings,
  type WhatsAppCloudSettings,
} from './channel-settings.ts'
import { type Env, type Environment, openEnvironment, webUrl, wholeNumber } from './environment.ts'
import { type Address, type ChannelName, channelOf } from './message.ts'
import {
  readClockOffset,
  readDatabaseUrl,
  readDataKey,
  readMediaDir,
  readSpoolDir,
  type StoreSettings,
} from './store-settings.ts'

export interface Settings extends StoreSettings {
  readonly host: string
  readonly port: number
  /** Without a trailing slash; null when not given. */
  readonly publicUrl: string | null
  readonly configDir: string
  /** Where events wait while a shared database is away. */
  readonly spoolDir: string
  readonly coordinators: readonly Address[]
  readonly logLevel: string
  readonly apiToken: string | null
  readonly shortCode: string
  readonly twilio: TwilioSettings | null
  readonly telegram: TelegramSettings | null
  readonly whatsAppCloud: WhatsAppCloudSettings | null
  readonly whatsAppBaileys: WhatsAppBaileysSettings | null
  /** What the operator should know though it does not stop the start. */
  readonly warnings: readonly string[]
}

export type SettingsResult =
  | { readonly settings: Settings }
  | {
      /** Each names the variable, what is wrong and the cure. */ readonly problems: readonly string[]
    }

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Channels this version cannot carry yet: set, they would be silently deaf, so they refuse the start. */
const NOT_YET = ['SMPP_URL', 'KANNEL_SENDSMS_URL'] as const

const ADDRESS_FORMS: Readonly<Record<ChannelName, RegExp>> = {
  sms: /^sms:\+\d{8,15}$/,
  telegram: /^telegram:-?\d{1,16}$/,
  whatsapp: /^whatsapp:\+?\d{8,15}$/,
}

export function readSettings(env: Env): SettingsResult {
  const from = openEnvironment(env)
  const { given, checked } = from
  const twilio = readTwilio(from)
  const telegram = readTelegram(from)
  const whatsAppCloud = readWhatsAppCloud(from)
  const whatsAppBaileys = readWhatsAppBaileys(from)
  const coordinators = readCoordinators(from)
  const clockOffsetMs = readClockOffset(from)
  const on = {
    sms: twilio !== null,
    telegram: telegram !== null,
    whatsapp: whatsAppCloud !== null || whatsAppBaileys !== null,
  }
  const anyOn = Object.values(on).some((one) => one)
  const unreachable = coordinators.filter((to) => !on[channelOf(to)])
  const settings: Settings = {
    host: given('HOST') ?? '127.0.0.1',
    port: checked('PORT', 1708, wholeNumber(0, 65_535), 'Give a port from 0 to 65535.'),
    publicUrl: readPublicUrl(from, twilio !== null),
    databaseUrl: readDatabaseUrl(from),
    configDir: given('CONFIG_DIR') ?? 'config',
    mediaDir: readMediaDir(from),
    spoolDir: readSpoolDir(from),
    dataKey: readDataKey(from, anyOn),
    coordinators,
    clockOffsetMs,
    logLevel: checked('LOG_LEVEL', 'info', z.enum(LEVELS), `Use one of ${LEVELS.join(', ')}.`),
    apiToken: given('API_TOKEN'),
    shortCode: given('SMS_SHORT_CODE') ?? '1708',
    twilio,
    telegram,
    whatsAppCloud,
    whatsAppBaileys,
    warnings: [
      ...settingsWarnings(coordinators.length, unreachable.length, clockOffsetMs),
      ...deafWebhook(telegram, given('PUBLIC_URL')),
      ...costsOfBaileys(whatsAppBaileys),
    ],
  }
  refuseWhatIsNotThere(from, twilio !== null)
  return from.problems.length > 0 ? { problems: from.problems } : { settings }
}

function readPublicUrl({ given, checked, refuse }: Environment, needed: boolean): string | null {
  if (needed && given('PUBLIC_URL') === null) {
    refuse(
      'PUBLIC_URL',
      'missing. Twilio signs the public URL of the webhook; give the address it calls.',
    )
  }
  const cure =
    'Give the address providers reach this gateway by, at most with a path, such as https://lapor.example.go.id'
  return checked<string | null>('PUBLIC_URL', null, webUrl, cure)
}

function readCoordinators({ given, refuse }: Environment): Address[] {
  const names = (given('COORDINATORS') ?? '')
    .split(',')
    .flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  for (const [index, name] of names.entries()) {
    const form = ADDRESS_FORMS[name.slice(0, name.indexOf(':')) as ChannelName]
    if (form?.test(name) !== true) {
      refuse(
        'COORDINATORS',
        `entry ${index + 1} is not an address. Write sms:+628111234567, telegram:12345 or whatsapp:628111234567, parted by commas.`,
      )
    }
  }
  // As providers name it.
  return names.map((name) => name.replace(/^whatsapp:\+/, 'whatsapp:') as Address)
}

function refuseWhatIsNotThere({ given, refuse }: Environment, twilioOn: boolean): void {
  const smsOut = given('SMS_OUT')
  if (smsOut !== null && (smsOut !== 'twilio' || !twilioOn)) {
    refuse('SMS_OUT', `"${smsOut}" is not a configured SMS provider. Use twilio, or remove it.`)
  }
  for (const name of NOT_YET.filter((name) => given(name) !== null)) {
    refuse(name, 'this version cannot carry that channel yet. Remove the variable.')
  }
}

function settingsWarnings(coordinators: number, unreachable: number, offset: number): string[] {
  const warnings: string[] = []
  if (coordinators === 0) {
    warnings.push(
      'COORDINATORS is not set: until a coordinator is enrolled (kentongan invite), nobody is pinged about new or late complaints.',
    )
  }
  if (unreachable > 0) {
    warnings.push(
      `${unreachable} of the COORDINATORS cannot be reached: the channel of the address is off.`,
    )
  }
  if (offset !== 0) {
    warnings.push(`KENTONGAN_CLOCK_OFFSET_MS is ${offset}: every clock of this process is shifted.`)
  }
  return warnings
}
