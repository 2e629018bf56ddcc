// Environment → Settings. Names every missing or wrong variable at once, each with its cure.
// The outer names and defaults are those of README.md; nothing else reads process.env.

import { z } from 'zod'
import { type Address, type ChannelName, channelOf } from './message.ts'

interface TwilioSettings {
  readonly accountSid: string
  readonly authToken: string
  readonly from: string
  readonly apiUrl: string | null
}

export interface Settings {
  readonly host: string
  readonly port: number
  /** Without a trailing slash; null when not given. */
  readonly publicUrl: string | null
  readonly databaseUrl: string
  readonly configDir: string
  /** 32 bytes; null: to be made beside the database, allowed only without channels. */
  readonly dataKey: Buffer | null
  readonly coordinators: readonly Address[]
  readonly clockOffsetMs: number
  readonly logLevel: string
  readonly apiToken: string | null
  readonly shortCode: string
  readonly twilio: TwilioSettings | null
  /** What the operator should know though it does not stop the start. */
  readonly warnings: readonly string[]
}

/** One line of the refusal: the variable, what is wrong with it, and what to do. */
type SettingsProblem = string

export type SettingsResult =
  | { readonly settings: Settings }
  | { readonly problems: readonly SettingsProblem[] }

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Channels this version cannot carry yet: set, they would be silently deaf, so they refuse the start. */
const NOT_YET = [
  'SMPP_URL',
  'KANNEL_SENDSMS_URL',
  'TELEGRAM_BOT_TOKEN',
  'WHATSAPP_CLOUD_TOKEN',
] as const

const webUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

const ADDRESS_FORMS: Readonly<Record<ChannelName, RegExp>> = {
  sms: /^sms:\+\d{8,15}$/,
  telegram: /^telegram:-?\d{1,16}$/,
  whatsapp: /^whatsapp:\+?\d{8,15}$/,
}

type Env = Readonly<Record<string, string | undefined>>

export function readSettings(env: Env): SettingsResult {
  const problems: SettingsProblem[] = []
  const given = (name: string): string | null => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const checked = <T>(name: string, fallback: T, schema: z.ZodType<T>, cure: string): T => {
    const value = given(name)
    if (value === null) return fallback
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    problems.push(`${name}: ${JSON.stringify(shown(name, value))} is not valid. ${cure}`)
    return fallback
  }

  const port = checked('PORT', 1708, wholeNumber(0, 65_535), 'Give a port from 0 to 65535.')
  const publicUrl = checked<string | null>(
    'PUBLIC_URL',
    null,
    webUrl,
    'Give the address providers reach this gateway by, such as https://lapor.example.go.id',
  )
  const offset = checked(
    'KENTONGAN_CLOCK_OFFSET_MS',
    0,
    wholeNumber(-1e13, 1e13),
    'Give whole milliseconds, or remove it.',
  )
  const logLevel = checked('LOG_LEVEL', 'info', z.enum(LEVELS), `Use one of ${LEVELS.join(', ')}.`)
  const twilio = readTwilio(given, checked, problems)
  const dataKey = readDataKey(given('DATA_KEY'), twilio !== null, problems)
  const coordinators = readCoordinators(given('COORDINATORS'), problems)
  if (twilio !== null && given('PUBLIC_URL') === null) {
    problems.push(
      'PUBLIC_URL: missing. Twilio signs the public URL of the webhook; give the address it calls.',
    )
  }
  const smsOut = given('SMS_OUT')
  if (smsOut !== null && (smsOut !== 'twilio' || twilio === null)) {
    problems.push(
      `SMS_OUT: "${smsOut}" is not a configured SMS provider. Use twilio, or remove it.`,
    )
  }
  for (const name of NOT_YET) {
    if (given(name) !== null)
      problems.push(`${name}: this version cannot carry that channel yet. Remove the variable.`)
  }
  if (problems.length > 0) return { problems }

  const unreachable = coordinators.filter((to) => channelOf(to) !== 'sms' || twilio === null)
  return {
    settings: {
      host: given('HOST') ?? '127.0.0.1',
      port,
      publicUrl,
      databaseUrl: given('DATABASE_URL') ?? 'sqlite:data/kentongan.db',
      configDir: given('CONFIG_DIR') ?? 'config',
      dataKey,
      coordinators,
      clockOffsetMs: offset,
      logLevel,
      apiToken: given('API_TOKEN'),
      shortCode: given('SMS_SHORT_CODE') ?? '1708',
      twilio,
      warnings: settingsWarnings(coordinators.length, unreachable.length, offset),
    },
  }
}

/** Secrets are named by their length only. */
function shown(name: string, value: string): string {
  return /TOKEN|KEY|SECRET/.test(name) ? `(${value.length} characters)` : value
}

function wholeNumber(least: number, most: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most)) as unknown as z.ZodType<number>
}

function readTwilio(
  given: (name: string) => string | null,
  checked: <T>(name: string, fallback: T, schema: z.ZodType<T>, cure: string) => T,
  problems: SettingsProblem[],
): TwilioSettings | null {
  const names = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const
  const present = names.filter((name) => given(name) !== null)
  if (present.length === 0) return null
  for (const name of names) {
    if (given(name) === null) {
      problems.push(
        `${name}: missing. Twilio SMS needs ${names.join(', ')}; give it or remove all.`,
      )
    }
  }
  const accountSid = given('TWILIO_ACCOUNT_SID') ?? ''
  if (accountSid !== '' && !/^AC\w+$/.test(accountSid)) {
    problems.push(
      'TWILIO_ACCOUNT_SID: is not an account SID. It starts with AC; see the Twilio console.',
    )
  }
  return {
    accountSid,
    authToken: given('TWILIO_AUTH_TOKEN') ?? '',
    from: given('TWILIO_FROM') ?? '',
    apiUrl: checked<string | null>(
      'TWILIO_API_URL',
      null,
      webUrl,
      'Give an http(s) address, or remove it.',
    ),
  }
}

function readDataKey(value: string | null, channelOn: boolean, problems: SettingsProblem[]) {
  const make = 'Make one with: openssl rand -base64 32'
  if (value === null) {
    if (channelOn) {
      problems.push(
        `DATA_KEY: missing. With a channel on it must be given; it seals people's numbers. ${make}`,
      )
    }
    return null
  }
  const key = Buffer.from(value, 'base64')
  if (key.length === 32 && /^[A-Za-z0-9+/_-]+=*$/.test(value)) return key
  problems.push(`DATA_KEY: is not 32 bytes in base64. ${make}`)
  return null
}

function readCoordinators(value: string | null, problems: SettingsProblem[]): Address[] {
  const names = (value ?? '')
    .split(',')
    .flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  for (const [index, name] of names.entries()) {
    const form = ADDRESS_FORMS[name.slice(0, name.indexOf(':')) as ChannelName]
    if (form?.test(name) !== true) {
      problems.push(
        `COORDINATORS: entry ${index + 1} is not an address. Write sms:+628111234567, telegram:12345 or whatsapp:628111234567, parted by commas.`,
      )
    }
  }
  return names as Address[]
}

function settingsWarnings(coordinators: number, unreachable: number, offset: number): string[] {
  const warnings: string[] = []
  if (coordinators === 0) {
    warnings.push('COORDINATORS is not set: nobody is pinged about new or late complaints.')
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
