// Telegram: updates in by long polling or by webhook, messages out, and an honest word on whether it works.
// Rule: telegraf asks the Bot API and names its types; the loop, the webhook and the limits are our own.

import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { AccountState, Channel, Menus, ReadMedia } from '../channel.ts'
import { createHand } from '../hand.ts'
import { createPace, type Limits } from '../pace.ts'
import { pause, within } from '../patience.ts'
import type { Webhook } from '../webhook.ts'
import { createBotApi } from './api.ts'
import { createButtons } from './buttons.ts'
import { checkBot } from './check.ts'
import { createHealth } from './health.ts'
import { createIntake } from './intake.ts'
import { LIMITS } from './limits.ts'
import { fetchFile } from './media.ts'
import { setMenus } from './menu.ts'
import { createPolling } from './polling.ts'
import { ACCOUNT, createReading, type Ignored } from './reading.ts'
import { createRegistering } from './registering.ts'
import { createSending } from './sending.ts'
import { telegramWebhook, UPDATES_PATH } from './webhook.ts'

export interface TelegramOptions {
  readonly token: string
  /** Where the Bot API is to be found, without a slash at its end; null: at Telegram. */
  readonly apiRoot: string | null
  /** How Telegram reaches us, and what it proves itself by; null: long polling. */
  readonly webhook: { readonly publicUrl: string; readonly secret: string } | null
  readonly state: AccountState
  /** How a chat is named in provider ids, which are stored in plain: a keyed digest, always the same. */
  readonly chatKey: (chat: string) => string
  readonly clock: Clock
  readonly log: Logger
  readonly menus?: Menus
  /** Where the files that go out are read. None: there are none. */
  readonly readMedia?: ReadMedia
  /** What a group may say to us. Nothing, unless told. */
  readonly isForGroups?: (text: string) => boolean
  /** How long to wait for an answer. 10 s unless told. */
  readonly timeoutMs?: number
  /** Called for each request whose secret is missing or wrong. */
  readonly onForgery?: () => void
  /** Called for each update that is nobody's message to us. */
  readonly onIgnored?: (reason: Ignored) => void
  /** Other limits than Telegram's own, and another way to let time pass: where a test or a benchmark needs them. */
  readonly limits?: Limits
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly renewMs?: number
  readonly lookMs?: number
}

const TIMEOUT_MS = 10_000
const DOWNLOAD_MS = 60_000
/** Less than the outbox waits for a send. */
const UPLOAD_MS = 25_000
const STOP_WITHIN_MS = 5_000
/** A start waits so long for Telegram's first answer, so that health is true from the beginning. */
const MEET_MS = 2_000

export function createTelegram(options: TelegramOptions): Channel {
  const { clock, log, state, chatKey, webhook: hook } = options
  const wait = options.wait ?? pause
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const pace = createPace(() => clock().getTime(), options.limits ?? LIMITS)
  const api = createBotApi({ ...options, timeoutMs, onWait: pace.hold })
  const health = createHealth(clock, log)
  const buttons = createButtons(state)
  const { held, settled } = createHand()
  const intake = createIntake({
    ...{ api, buttons, pace, health, wait, log, hold: held },
    read: createReading({ chatKey, isForGroups: options.isForGroups ?? (() => false) }),
    onIgnored: options.onIgnored ?? (() => {}),
  })
  const send = createSending({
    ...{ api, buttons, pace, health, chatKey, wait },
    readMedia: options.readMedia ?? (async () => null),
    uploadMs: options.timeoutMs ?? UPLOAD_MS,
  })
  const url = hook === null ? null : hook.publicUrl.replace(/\/+$/, '') + UPDATES_PATH
  const door =
    hook === null || url === null
      ? createPolling({ ...options, api, intake, health, wait })
      : createRegistering({ ...options, api, health, wait, url, secret: hook.secret })
  const webhooks: readonly Webhook[] =
    hook === null
      ? []
      : [
          telegramWebhook({
            ...{ secret: hook.secret, intake, log },
            onForgery: options.onForgery ?? (() => {}),
          }),
        ]

  async function closeIntake(): Promise<void> {
    intake.open(null)
    await within(door.close(), STOP_WITHIN_MS)
  }

  return {
    name: 'telegram',
    account: ACCOUNT,
    buttons: true,
    // Polled, it stays until the offset passes it; posted, until it is answered with 2xx.
    redelivers: true,
    // A chat that turned us away and writes again has let us in, whether or not Telegram says so.
    opensByHearing: true,
    webhooks,
    start: async (receive) => {
      intake.open(receive)
      await within(door.open(), MEET_MS)
      const { menus } = options
      if (menus !== undefined && intake.isOpen())
        void held(
          setMenus({ api, state, menus, log }).catch((error: unknown) =>
            log.warn({ err: error }, 'the menu of commands was not set'),
          ),
        )
    },
    send: (message) => held(send(message)),
    // Not waited for by a stop: what is broken off is fetched again.
    fetchMedia: (ref) => fetchFile({ api, pace, clock, timeoutMs: DOWNLOAD_MS }, ref),
    closeIntake,
    stop: async () => {
      await closeIntake()
      await within(settled(), STOP_WITHIN_MS)
      health.end()
    },
    check: () => checkBot(api, url),
    health: health.read,
  }
}
