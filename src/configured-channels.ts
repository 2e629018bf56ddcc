// The channels that the settings turn on. With main.ts the only importer of adapters.
// A provider's library is loaded only where its channel is on.

import type { Logger } from 'pino'
import type { AccountState, Channel, Menus, ReadMedia } from './channels/channel.ts'
import { createTwilio } from './channels/sms/twilio/twilio.ts'
import type { Vault } from './channels/vault.ts'
import type { Chance, Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'
import type { Settings } from './settings.ts'
import type { OutboxStore } from './store/outbox-port.ts'
import type { PeopleStore } from './store/people-port.ts'

export interface ConfiguredParts {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Logger
  /** Null where nobody counts. */
  readonly metrics: Pick<Metrics, 'inbound'> | null
  readonly stateOf: (account: string) => AccountState
  readonly vaultOf: (account: string) => Vault
  readonly store: Pick<OutboxStore, 'sentText'> & Pick<PeopleStore, 'knownNames'>
  readonly chance: Chance
  /** To whoever sits before the process: what is to be scanned or typed in. */
  readonly tell: (line: string) => void
  /** The same words give the same digest, and only here. */
  readonly digest: (words: string) => string
  readonly menus: Menus
  readonly readMedia: ReadMedia
  /** What stands on the button that opens a list of choices. */
  readonly listWords: string
  /** What a group of people may say to us. */
  readonly isForGroups: (text: string) => boolean
}

/** None is started. */
export async function configuredChannels(parts: ConfiguredParts): Promise<Channel[]> {
  return [
    ...twilioChannel(parts),
    ...(await telegramChannel(parts)),
    ...(await whatsAppChannel(parts)),
    ...(await linkedPhone(parts)),
  ]
}

function twilioChannel({ settings, clock, log, metrics }: ConfiguredParts): Channel[] {
  const { twilio, publicUrl } = settings
  if (twilio === null || publicUrl === null) return []
  const onForgery = () => metrics?.inbound('sms', 'forged')
  return [createTwilio({ ...twilio, publicUrl, clock, log, onForgery })]
}

/** Enough of a digest to tell chats apart. */
const KEY_LENGTH = 16
/** Enough of a digest that no two messages share it. */
const NAME_LENGTH = 32

async function telegramChannel(parts: ConfiguredParts): Promise<Channel[]> {
  const { settings, clock, log, metrics, menus, isForGroups, readMedia, digest } = parts
  const { telegram, publicUrl } = settings
  if (telegram === null) return []
  const { createTelegram } = await import('./channels/telegram/telegram.ts')
  const { token, apiRoot, webhookSecret: secret } = telegram
  return [
    createTelegram({
      ...{ token, apiRoot, clock, log, menus, isForGroups, readMedia },
      state: parts.stateOf('telegram'),
      webhook: secret === null || publicUrl === null ? null : { publicUrl, secret },
      chatKey: (chat) => digest(`telegram:${chat}`).slice(0, KEY_LENGTH),
      onForgery: () => metrics?.inbound('telegram', 'forged'),
      onIgnored: (reason) => metrics?.inbound('telegram', `ignored:${reason}`),
    }),
  ]
}

async function whatsAppChannel(parts: ConfiguredParts): Promise<Channel[]> {
  const { settings, clock, log, metrics, readMedia, digest } = parts
  const { whatsAppCloud } = settings
  if (whatsAppCloud === null) return []
  const { createWhatsAppCloud } = await import('./channels/whatsapp/cloud/cloud.ts')
  return [
    createWhatsAppCloud({
      ...{ ...whatsAppCloud, clock, log, readMedia, words: { open: parts.listWords } },
      nameOf: (id) => digest(`whatsapp:${id}`).slice(0, NAME_LENGTH),
      onForgery: () => metrics?.inbound('whatsapp', 'forged'),
      onIgnored: (reason) => metrics?.inbound('whatsapp', `ignored:${reason}`),
    }),
  ]
}

/** For `chance` of the whole process: fractions as fine as these. */
const FRACTIONS = 2 ** 32

async function linkedPhone(parts: ConfiguredParts): Promise<Channel[]> {
  const { settings, clock, log, metrics, readMedia, digest, store, chance } = parts
  const { whatsAppBaileys } = settings
  if (whatsAppBaileys === null) return []
  const { createWhatsAppBaileys } = await import('./channels/whatsapp/baileys/baileys.ts')
  const { ACCOUNT } = await import('./channels/whatsapp/baileys/reading.ts')
  const { createLinkPrinter } = await import('./channels/whatsapp/baileys/link-printer.ts')
  return [
    createWhatsAppBaileys({
      ...{ ...whatsAppBaileys, clock, log, readMedia },
      vault: parts.vaultOf(ACCOUNT),
      state: parts.stateOf(ACCOUNT),
      showLink: createLinkPrinter(parts.tell),
      chatKey: (address) => digest(address).slice(0, KEY_LENGTH),
      sentText: (providerId) => store.sentText(ACCOUNT, providerId),
      isKnown: async (address) => (await store.knownNames(address, null)).at !== null,
      chance: () => chance(FRACTIONS) / FRACTIONS,
      onIgnored: (reason) => metrics?.inbound('whatsapp', `ignored:${reason}`),
    }),
  ]
}
