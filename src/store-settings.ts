// The settings that copying a database and putting it back need, apart: a mistake elsewhere must not stand in their way.
// DATABASE_URL is never repeated in a message: it may hold a password.

import { type Env, type Environment, openEnvironment, wholeNumber } from './environment.ts'

export interface StoreSettings {
  readonly databaseUrl: string
  /** 32 bytes; null: to be made beside the database, allowed only without channels. */
  readonly dataKey: Buffer | null
  /** Where attachments lie, by digest. */
  readonly mediaDir: string
  readonly clockOffsetMs: number
}

const MAKE_KEY = 'Make one with: openssl rand -base64 32'

export function readStoreSettings(
  env: Env,
): { readonly settings: StoreSettings } | { readonly problems: readonly string[] } {
  const from = openEnvironment(env)
  const settings = {
    databaseUrl: readDatabaseUrl(from),
    dataKey: readDataKey(from, false),
    mediaDir: readMediaDir(from),
    clockOffsetMs: readClockOffset(from),
  }
  return from.problems.length > 0 ? { problems: from.problems } : { settings }
}

export const readMediaDir = ({ given }: Environment) => given('MEDIA_DIR') ?? 'data/media'

export const readSpoolDir = ({ given }: Environment) => given('SPOOL_DIR') ?? 'data/spool'

export function readClockOffset({ checked }: Environment): number {
  const cure = 'Give whole milliseconds, or remove it.'
  return checked('KENTONGAN_CLOCK_OFFSET_MS', 0, wholeNumber(-1e13, 1e13), cure)
}

/** Never repeated: such a URL may hold a password. */
export function readDatabaseUrl({ given, refuse }: Environment): string {
  const usual = 'sqlite:data/kentongan.db'
  const value = given('DATABASE_URL') ?? usual
  if (/^postgres(ql)?:/.test(value)) {
    if (!URL.canParse(value) || new URL(value).pathname.length < 2)
      refuse('DATABASE_URL', 'is no URL. Write postgres://USER:PASSWORD@HOST:PORT/DATABASE')
  } else if (!/^sqlite:(?!\/\/[^/]|~).+/.test(value)) {
    refuse(
      'DATABASE_URL',
      `is not understood. Write sqlite:PATH, for example ${usual}, or postgres://…`,
    )
  }
  return value
}

export function readDataKey({ given, refuse }: Environment, needed: boolean): Buffer | null {
  const value = given('DATA_KEY')
  if (value === null) {
    if (needed) {
      refuse(
        'DATA_KEY',
        `missing. With a channel on it must be given; it seals people's numbers. ${MAKE_KEY}`,
      )
    }
    return null
  }
  const key = Buffer.from(value, 'base64')
  if (key.length === 32 && /^[A-Za-z0-9+/_-]+=*$/.test(value)) return key
  refuse('DATA_KEY', `is not 32 bytes in base64. ${MAKE_KEY}`)
  return null
}
