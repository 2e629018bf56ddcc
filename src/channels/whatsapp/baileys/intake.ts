// What a session brings: read, handed on in each person's order, and its spool row dropped once it is stored.
// Rule: what could not be stored stays in the spool and is tried again; nothing is handed on after the end.

import { proto, unpadRandomMax16 } from '@whiskeysockets/baileys'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Address, Receipt, ReceiptStatus } from '../../../message.ts'
import type { Receive } from '../../channel.ts'
import { judgeAck } from './codes.ts'
import type { Health } from './health.ts'
import { ACCOUNT, type Ignored, type Read, readMessage } from './reading.ts'
import type { Envelopes, Spool, Spooled } from './spool.ts'

export interface IntakeParts {
  readonly spool: Spool
  readonly envelopes: Envelopes
  readonly health: Pick<Health, 'heard'>
  /** The number behind a LID, where it is known. */
  readonly phoneOf: (lid: string) => Promise<string | null>
  /** They wrote to us: now we may write to them. */
  readonly noteWriter: (address: Address) => Promise<void>
  readonly chatKey: (address: Address) => string
  readonly nowMs: () => number
  readonly log: Pick<Logger, 'warn'>
  readonly onIgnored: (reason: Ignored) => void
  readonly hold: <T>(work: Promise<T>) => Promise<T>
}

export interface Intake {
  open(receive: Receive | null): void
  messages(raw: readonly unknown[]): void
  updates(raw: readonly unknown[]): void
  /** Hands on what has lain in the spool for longer than `olderMs`. */
  sweep(olderMs: number): Promise<void>
}

/** [WAProto: WebMessageInfo.Status] */
const STATUSES: Readonly<Record<number, ReceiptStatus>> = {
  0: 'failed',
  2: 'sent',
  3: 'delivered',
  4: 'read',
  5: 'read',
}

const update = z.object({
  key: z.object({ id: z.string(), fromMe: z.literal(true) }),
  update: z.object({
    status: z.number(),
    messageStubParameters: z.array(z.string()).nullish().catch(null),
  }),
})

const named = z.object({ key: z.object({ id: z.string(), remoteJid: z.string() }) })
const alternate = z.object({
  key: z.object({ remoteJid: z.string(), remoteJidAlt: z.string().nullish() }),
})

export function createIntake(parts: IntakeParts): Intake {
  const { spool, envelopes, log } = parts
  const lines = new Map<string, Promise<void>>()
  let receive: Receive | null = null
  let sweeping = false

  /** After what came before it in the same chat. */
  function inLine(chat: string, work: () => Promise<void>): Promise<void> {
    const done = (lines.get(chat) ?? Promise.resolve()).then(work).catch((error: unknown) => {
      log.warn({ err: error }, 'what came by WhatsApp could not be stored yet')
    })
    lines.set(chat, done)
    void done.then(() => {
      if (lines.get(chat) === done) lines.delete(chat)
    })
    return parts.hold(done)
  }

  async function read(raw: unknown): Promise<Read> {
    const key = alternate.safeParse(raw).data?.key
    const lid = /^(\d+)[^@]*@lid$/.exec(key?.remoteJid ?? '')?.[1]
    const phone = lid === undefined || key?.remoteJidAlt ? null : await parts.phoneOf(lid)
    return readMessage(raw, parts, () => phone)
  }

  /** True: its row may go. */
  async function handOn(raw: unknown): Promise<boolean> {
    const { message, ignored } = await read(raw)
    if (ignored !== undefined) {
      parts.onIgnored(ignored)
      // What lies in the spool under its id came in another ciphertext, which could be opened.
      return ignored !== 'placeholder'
    }
    if (receive === null) return false
    // Whichever of their names the answer goes to.
    for (const name of [message.from, ...(message.alsoKnownAs ?? [])]) await parts.noteWriter(name)
    await receive({ type: 'message', message })
    parts.health.heard()
    return true
  }

  async function take(raw: unknown): Promise<void> {
    const of = keyOf(raw)
    const hash = of === null ? null : envelopes.hashOf(of)
    if (!(await handOn(raw)) || of === null || hash === null) return
    await spool.drop(hash)
    envelopes.done(of)
  }

  async function takeSpooled(spooled: Spooled): Promise<void> {
    const raw = rawOf(spooled)
    if (raw === null) parts.onIgnored('unreadable')
    if (raw === null || (await handOn(raw))) await spool.drop(spooled.hash)
  }

  return {
    open: (handler) => {
      receive = handler
    },
    messages: (raw) => {
      for (const one of raw) void inLine(keyOf(one)?.from ?? '', () => take(one))
    },
    updates: (raw) => {
      for (const one of raw) {
        const receipt = receiptOf(one)
        const handler = receive
        if (receipt !== null && handler !== null)
          void inLine(`receipt ${receipt.providerId}`, () => handler({ type: 'receipt', receipt }))
      }
    },
    sweep: async (olderMs) => {
      if (sweeping || receive === null) return
      sweeping = true
      try {
        const now = parts.nowMs()
        // One from the future is of before the clock was set back.
        const old = (await spool.all()).filter(({ at }) => at <= now - olderMs || at > now)
        await Promise.all(old.map((one) => inLine(one.envelope.from, () => takeSpooled(one))))
      } catch (error) {
        log.warn({ err: error }, 'the spool of WhatsApp could not be read')
      } finally {
        sweeping = false
      }
    },
  }
}

function keyOf(raw: unknown): { readonly id: string; readonly from: string } | null {
  const key = named.safeParse(raw).data?.key
  return key === undefined ? null : { id: key.id, from: key.remoteJid }
}

/** As Baileys would have brought it; null: no message at all, which Baileys asked its sender for again. */
function rawOf({ envelope: { id, from, alt }, plain }: Spooled): unknown {
  const message = decoded(plain)
  if (message === null) return null
  // What our own phone said comes wrapped like this, and only that.
  const fromMe = message.deviceSentMessage != null
  return { key: { id, remoteJid: from, remoteJidAlt: alt, fromMe }, message }
}

function decoded(plain: Uint8Array): proto.IMessage | null {
  try {
    return proto.Message.decode(unpadRandomMax16(plain))
  } catch {
    return null
  }
}

function receiptOf(raw: unknown): Receipt | null {
  const read = update.safeParse(raw).data
  const status = STATUSES[read?.update.status ?? -1]
  if (read === undefined || status === undefined) return null
  const code = status === 'failed' ? (read.update.messageStubParameters?.[0] ?? null) : null
  const failure = status === 'failed' ? judgeAck(code).class : null
  return {
    ...{ channel: 'whatsapp', account: ACCOUNT, providerId: read.key.id, messageId: null },
    ...{ status, code, failure: failure === 'throttled' ? 'transient' : failure },
  }
}
