// WhatsApp through Meta's Cloud API: its webhook in, the Graph API out, and an honest word on whether it works.
// Rule: free words go only within a day of the person's own; what Meta refuses is never taken for sent.

import type { Logger } from 'pino'
import { z } from 'zod'
import type { Clock } from '../../../clock.ts'
import type {
  Channel,
  ChannelHealth,
  CheckResult,
  ReadMedia,
  Receive,
  SendResult,
} from '../../channel.ts'
import type { DownloadRules } from '../../download.ts'
import { createHand } from '../../hand.ts'
import { createPace } from '../../pace.ts'
import { pause, within } from '../../patience.ts'
import { createAccountWarnings } from './account-news.ts'
import { type Answer, createGraphApi } from './client.ts'
import { judgeRefusal } from './codes.ts'
import type { ListWords } from './content.ts'
import { LIMITS } from './limits.ts'
import { fetchCloudMedia } from './media.ts'
import { ACCOUNT, type Ignored, type NameOf } from './reading.ts'
import { checkRegistered } from './registered.ts'
import { createSending } from './sending.ts'
import { cloudWebhook } from './webhook.ts'

export interface CloudOptions {
  readonly token: string
  readonly phoneNumberId: string
  readonly appSecret: string
  readonly verifyToken: string
  /** Whose templates `checkTemplates` looks at; null: the account that Meta says the token is for. */
  readonly businessAccountId?: string | null
  /** Where the Graph API is to be found, with or without a version in its path; null: at Meta. */
  readonly apiUrl: string | null
  readonly words: ListWords
  readonly readMedia: ReadMedia
  /** The same id has always the same name, and only here. */
  readonly nameOf: NameOf
  readonly clock: Clock
  readonly log: Logger
  /** How long to wait for Meta's answer. 10 s unless told. */
  readonly timeoutMs?: number
  /** Another way to let time pass, where a test needs it. */
  readonly wait?: (ms: number) => Promise<void>
  /** From where attachments may be fetched: from public hosts, unless a test has its own. */
  readonly rules?: DownloadRules
  /** Called for each request whose signature or token is missing or wrong. */
  readonly onForgery?: () => void
  /** Called for each item that is nobody's message to us. */
  readonly onIgnored?: (reason: Ignored) => void
}

/** A day, less what a message may be under way and clocks may differ. Beyond it Meta has the last word. */
const FREE_FOR_MS = 24 * 3_600_000 - 10 * 60_000
const TIMEOUT_MS = 10_000
const DOWNLOAD_MS = 60_000
const STOP_WITHIN_MS = 5_000

export function createWhatsAppCloud(options: CloudOptions): Channel {
  const { clock, log, token, apiUrl } = options
  const api = createGraphApi({ ...options, timeoutMs: options.timeoutMs ?? TIMEOUT_MS })
  const { held, settled } = createHand()
  let receive: Receive | null = null
  let health: ChannelHealth = {
    ...{ state: 'down', since: clock(), lastIn: null, lastOut: null },
    why: 'not started',
  }

  function turn(state: ChannelHealth['state'], why: string | null): void {
    if (state !== health.state && state !== 'up') log.error({ state, why }, 'WhatsApp is not well')
    const since = state === health.state ? health.since : clock()
    health = { ...health, state, why, since }
  }

  function onAnswer(answer: Answer, result: SendResult): void {
    if (result.outcome === 'suspended') turn('paused', result.reason)
    else if (answer.type === 'unreachable' || answer.type === 'silent')
      turn('down', `no answer from Meta (${answer.why})`)
    else turn('up', null)
    if (result.outcome === 'accepted') health = { ...health, lastOut: clock() }
  }

  const accountWarnings = createAccountWarnings()
  const pace = createPace(() => clock().getTime(), LIMITS)
  const send = createSending({ ...options, api, pace, wait: options.wait ?? pause, onAnswer })

  return {
    name: 'whatsapp',
    account: ACCOUNT,
    buttons: true,
    // Meta repeats for days what was not answered with 200.
    redelivers: true,
    opensByHearing: true,
    freeForMs: FREE_FOR_MS,
    webhooks: [
      cloudWebhook({
        ...options,
        onAccount: (news) => {
          const told = accountWarnings.take(news)
          if (told !== null) log.warn({ field: news.field }, told)
        },
        onForgery: options.onForgery ?? (() => {}),
        onIgnored: options.onIgnored ?? (() => {}),
        handOn: async (event) => {
          if (receive === null) throw new Error('the WhatsApp channel is not started')
          await held(receive(event))
          health = { ...health, lastIn: clock() }
        },
      }),
    ],
    start: async (handler) => {
      receive = handler
      turn('up', null)
    },
    send: (message) => held(send(message)),
    // Not waited for by a stop: what is broken off is fetched again.
    fetchMedia: (ref) =>
      fetchCloudMedia(
        { api, token, apiUrl, clock, timeoutMs: DOWNLOAD_MS, rules: options.rules },
        ref,
      ),
    stop: async () => {
      receive = null
      await within(settled(), STOP_WITHIN_MS)
      turn('down', 'stopped')
    },
    check: async () => checked(await api.get(`${options.phoneNumberId}?fields=verified_name`)),
    checkTemplates: (wanted) => {
      const { businessAccountId = null } = options
      return checkRegistered({ api, token, businessAccountId }, wanted)
    },
    health: () => health,
    warnings: accountWarnings.list,
  }
}

const named = z.object({ verified_name: z.string() })

function checked(answer: Answer): CheckResult {
  switch (answer.type) {
    case 'made': {
      const name = named.safeParse(answer.result).data?.verified_name
      return name === undefined
        ? { ok: false, detail: 'Meta does not know this WHATSAPP_CLOUD_PHONE_NUMBER_ID' }
        : { ok: true, detail: `"${name}" answers` }
    }
    case 'refused': {
      const { reason } = judgeRefusal(answer.status, answer.code)
      const cure = 'Check WHATSAPP_CLOUD_TOKEN and WHATSAPP_CLOUD_PHONE_NUMBER_ID'
      return { ok: false, detail: `${reason}. ${cure}` }
    }
    case 'unreachable':
    case 'silent':
      return { ok: false, detail: `no answer from Meta (${answer.why}). Check the network` }
  }
}
