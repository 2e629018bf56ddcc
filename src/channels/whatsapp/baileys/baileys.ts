// WhatsApp through a linked phone (Baileys, unofficial): messages in and out, and an honest word on whether it works.
// Rule: loaded only where it is on; one process per number; nobody is written to who has not written first.

import type { Logger } from 'pino'
import type { Clock } from '../../../clock.ts'
import type { Address } from '../../../message.ts'
import type { AccountState, Channel, CheckResult, ReadMedia } from '../../channel.ts'
import type { DownloadRules } from '../../download.ts'
import { pause, within } from '../../patience.ts'
import type { Vault } from '../../vault.ts'
import { createConnection, type Told } from './connection.ts'
import { createFiles } from './files.ts'
import { createForgetting } from './forgetting.ts'
import { createHealth } from './health.ts'
import { createIntake } from './intake.ts'
import { forgetLogin, freshOrLinked, isLinked } from './keys.ts'
import { fetchWhatsAppMedia } from './media.ts'
import { createPace, type Gaps } from './pace.ts'
import { muteLibsignal } from './quiet.ts'
import { ACCOUNT, type Ignored } from './reading.ts'
import { createResending, type SentText } from './resending.ts'
import { rounds } from './rounds.ts'
import { createSending } from './sending.ts'
import { openSession } from './session.ts'
import type { Link, Session } from './session-port.ts'
import { createEnvelopes, createSpool } from './spool.ts'
import { createWriters } from './writers.ts'

export interface BaileysOptions {
  readonly vault: Vault
  readonly state: AccountState
  /** Digits: linked by code; null: by QR. */
  readonly number: string | null
  /** Another WebSocket endpoint; null: WhatsApp's. */
  readonly url: string | null
  /** Shows the operator what to scan or to type in. */
  readonly showLink: (link: Link) => void
  /** How a person is named in provider ids, which are stored in plain: a keyed digest, always the same. */
  readonly chatKey: (address: Address) => string
  /** A message of ours by the id of one of its parts, when somebody's phone asks for it again; null: erased. */
  readonly sentText: (providerId: string) => Promise<SentText | null>
  readonly readMedia: ReadMedia
  /** The store knows somebody by this name: of whoever it does not, nothing stays here. */
  readonly isKnown: (address: Address) => Promise<boolean>
  readonly clock: Clock
  readonly log: Logger
  /** From 0 up to, not including, 1. */
  readonly chance: () => number
  readonly onIgnored?: (reason: Ignored) => void
  /** Other patience, pace and hosts than WhatsApp's own: where a test needs them. */
  readonly timeoutMs?: number
  readonly gaps?: Gaps
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly renewMs?: number
  readonly lookMs?: number
  readonly sweepMs?: number
  readonly forgetMs?: number
  readonly media?: { readonly host: string; readonly rules?: DownloadRules }
}

const TIMEOUT_MS = 15_000
const DOWNLOAD_MS = 60_000
/** Less than the outbox waits for a send. */
const UPLOAD_MS = 20_000
const STOP_WITHIN_MS = 5_000
const MEET_MS = 5_000
/** Orphaned for so long after a start, what was decrypted becomes a message without its upsert. */
const SWEEP_MS = 60_000
/** Whoever is gone at one look and at the next is forgotten. */
const FORGET_MS = 30 * 60_000

export function createWhatsAppBaileys(options: BaileysOptions): Channel {
  const { clock, log, vault, state, url, number } = options
  const wait = options.wait ?? pause
  const nowMs = () => clock().getTime()
  const sweepMs = options.sweepMs ?? SWEEP_MS
  const health = createHealth(clock, log)
  const writers = createWriters(vault)
  const envelopes = createEnvelopes()
  const resending = createResending(options.sentText)
  const inHand = new Set<Promise<unknown>>()
  const stopped = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let told: Told | null = null

  async function held<T>(work: Promise<T>): Promise<T> {
    inHand.add(work)
    try {
      return await work
    } finally {
      inHand.delete(work)
    }
  }

  const intake = createIntake({
    ...{ envelopes, health, nowMs, log, hold: held, chatKey: options.chatKey },
    spool: createSpool(vault),
    phoneOf: writers.phoneOf,
    noteWriter: writers.note,
    onIgnored: options.onIgnored ?? (() => {}),
  })

  async function open(next: Told): Promise<Session> {
    told = next
    return openSession({
      ...{ vault, envelopes, url, number, nowMs },
      creds: await freshOrLinked(vault),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      resending,
      onFrame: next.onFrame,
      onOpen: next.onOpen,
      onMessages: (messages) => {
        told?.onLife()
        intake.messages(messages)
      },
      onUpdates: (updates) => {
        told?.onLife()
        intake.updates(updates)
      },
      onLink: (link) => {
        next.onLinking()
        options.showLink(link)
      },
      onFault: (error) => log.warn({ err: error }, 'the login of WhatsApp could not be kept'),
    })
  }

  const forget = createForgetting({ vault, isKnown: options.isKnown, onForgotten: writers.reread })

  function keepOn(): Promise<unknown> {
    const onFault = (error: unknown) =>
      log.warn({ err: error }, 'what is kept of WhatsApp could not be looked through')
    // Also while it cannot connect, or never will again: to who wrote their message counts as delivered.
    const each = { signal: stopped.signal, isOurs: connection.isOurs, onFault }
    return Promise.all([
      // Decrypted before this start and never brought, or not stored since.
      rounds({ ...each, everyMs: sweepMs }, () => intake.sweep(sweepMs)),
      rounds({ ...each, everyMs: options.forgetMs ?? FORGET_MS }, forget),
    ])
  }

  const connection = createConnection({
    ...{ open, state, health, nowMs, chance: options.chance, wait, onOpen: () => {} },
    forget: () => forgetLogin(vault),
    ...(options.renewMs === undefined ? {} : { renewMs: options.renewMs }),
    ...(options.lookMs === undefined ? {} : { lookMs: options.lookMs }),
  })

  const send = createSending({
    ...{ health, wait, session: connection.session, hasWritten: writers.has, resending },
    readMedia: options.readMedia,
    upload: createFiles({ host: options.media?.host ?? null, nowMs, timeoutMs: UPLOAD_MS }),
    pace: createPace(nowMs, options.chance, options.gaps),
  })

  /** The connection stays: what is answered meanwhile goes out. What comes meanwhile waits in the spool. */
  async function closeIntake(): Promise<void> {
    intake.open(null)
    await within(Promise.allSettled(inHand), STOP_WITHIN_MS)
  }

  return {
    name: 'whatsapp',
    account: ACCOUNT,
    // No longer shown by phones unless a business sends them: choices are numbers.
    buttons: false,
    opensByHearing: true,
    // It receipts before we have stored; the spool stands in for its repeating.
    redelivers: true,
    start: async (receive) => {
      muteLibsignal(globalThis.console)
      intake.open(receive)
      const met = new Promise<void>((resolve) => {
        running = Promise.all([connection.run(resolve), keepOn()]).then(() => {})
      })
      await within(met, MEET_MS)
    },
    send: (message) => held(send(message)),
    fetchMedia: (ref) =>
      fetchWhatsAppMedia(
        {
          ...{ host: options.media?.host ?? null, now: clock(), timeoutMs: DOWNLOAD_MS },
          rules: options.media?.rules,
        },
        ref,
      ),
    closeIntake,
    stop: async () => {
      await closeIntake()
      stopped.abort()
      connection.stop()
      await within(running, STOP_WITHIN_MS)
      health.turn('down', 'stopped')
    },
    check: () => checked(vault),
    health: health.read,
  }
}

/** Without connecting: two connections with one login would end each other. */
async function checked(vault: Vault): Promise<CheckResult> {
  return (await isLinked(vault))
    ? { ok: true, detail: 'a phone is linked; whether it answers shows at the start' }
    : {
        ok: false,
        detail: 'no phone is linked; the start shows a QR, or with WHATSAPP_BAILEYS_NUMBER a code',
      }
}
