// One connection to WhatsApp, from its first byte to its end; the next one is another.
// Rule: what it brings is handed on as it comes; how it ended is told once.

import {
  type AuthenticationCreds,
  type BinaryNode,
  makeWASocket,
  type SignalKeyStore,
  type WASocket,
} from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Vault } from '../../vault.ts'
import { createKeys, keepCreds } from './keys.ts'
import { kindOf } from './people.ts'
import { NO_LOG } from './quiet.ts'
import { OWN_STORE } from './reconnect.ts'
import { spoolingRepository } from './repository.ts'
import type { Resending } from './resending.ts'
import type { Ending, Link, Said, Saying, Session } from './session-port.ts'
import type { Envelopes, Stanza } from './spool.ts'
import { unseenIn } from './unseen.ts'

export interface SessionParts {
  readonly creds: AuthenticationCreds
  readonly vault: Vault
  readonly envelopes: Envelopes
  /** Another WebSocket endpoint; null: WhatsApp's. */
  readonly url: string | null
  /** Digits; linked by code instead of by QR. */
  readonly number: string | null
  readonly nowMs: () => number
  /** How long WhatsApp is given to answer. */
  readonly timeoutMs: number
  readonly resending: Pick<Resending, 'again'>
  readonly onFrame: () => void
  readonly onOpen: () => void
  readonly onMessages: (messages: readonly unknown[]) => void
  readonly onUpdates: (updates: readonly unknown[]) => void
  readonly onLink: (link: Link) => void
  /** Something of the login could not be kept. */
  readonly onFault: (error: unknown) => void
}

/** A failing commit is tried once more: the line is cut by then, yet what it keeps is ready when it comes again. */
const COMMITS = { maxCommitRetries: 2, delayBetweenTriesMs: 200 }

const STORE_AWAY = new Error('the store could not be read or written')

export function openSession(parts: SessionParts): Session {
  const { creds, vault, envelopes, url, onFault } = parts
  const socket = makeWASocket({
    auth: { creds, keys: untilFailing(createKeys(vault), () => void socket.end(STORE_AWAY)) },
    logger: NO_LOG,
    ...(url === null ? {} : { waWebSocketUrl: url }),
    ...{ emitOwnEvents: false, markOnlineOnConnect: false, syncFullHistory: false },
    ...{ transactionOpts: COMMITS, connectTimeoutMs: parts.timeoutMs },
    ...{ defaultQueryTimeoutMs: parts.timeoutMs, fireInitQueries: url === null },
    shouldSyncHistoryMessage: () => false,
    shouldIgnoreJid: (jid) => kindOf(jid) !== 'person',
    getMessage: async ({ id }) =>
      id == null ? undefined : ((await parts.resending.again(id)) ?? undefined),
    makeSignalRepository: spoolingRepository(parts),
  })
  socket.ws.prependListener('CB:message', (stanza: Stanza) => {
    envelopes.note(stanza)
    const unseen = unseenIn(stanza)
    if (unseen !== null) parts.onMessages([unseen])
  })
  socket.ws.on('frame', parts.onFrame)
  // Listened to by Baileys, so that the library beneath leaves it open; and Baileys does nothing with it.
  socket.ws.on(
    'unexpected-response',
    () => void socket.end(new Error('refused by whoever stands before WhatsApp')),
  )
  const retries = socket.messageRetryManager
  // Words it remembered would outlive their erasing; without it a retry is asked for late.
  if (retries !== null) retries.addRecentMessage = () => {}
  containFaults(socket)
  socket.ev.on('messages.upsert', ({ messages }) => parts.onMessages(messages))
  socket.ev.on('messages.update', parts.onUpdates)
  let kept: Promise<void> = Promise.resolve()
  socket.ev.on('creds.update', () => {
    // One after the other, the newest last; the next session reads what was kept.
    kept = kept.then(() => keepCreds(vault, creds)).catch(onFault)
  })
  const ended = endingOf(socket, parts)

  return {
    ended: ended.then((ending) => kept.then(() => ending)),
    say: (jid, saying, id) => say(socket, parts.timeoutMs, jid, saying, id),
    uploadDesk: async (fresh) => {
      const { hosts, auth } = await socket.refreshMediaConn(fresh)
      return { hosts: hosts.map(({ hostname }) => hostname), auth }
    },
    end: () => socket.end(undefined),
  }
}

/**
 * What it cannot read or keep, Baileys refuses: to WhatsApp that settles it, or it asks the sender five times and gives
 * up. So the line is cut before anything is said, and WhatsApp brings it again.
 */
function untilFailing(keys: SignalKeyStore, cut: () => void): SignalKeyStore {
  const held = <T>(work: T | Promise<T>) =>
    Promise.resolve(work).catch((error: unknown) => {
      cut()
      throw error
    })
  return {
    get: (type, ids) => held(keys.get(type, ids)),
    set: (data) => held(keys.set(data)),
  }
}

function endingOf(socket: WASocket, parts: SessionParts): Promise<Ending> {
  let isAsked = false
  return new Promise((resolve) => {
    socket.ev.on('connection.update', ({ connection, lastDisconnect, qr }) => {
      if (connection === 'open') parts.onOpen()
      if (qr !== undefined && parts.number === null) parts.onLink({ type: 'qr', qr })
      if (qr !== undefined && parts.number !== null && !isAsked) {
        isAsked = true
        socket
          .requestPairingCode(parts.number)
          .then((code) => parts.onLink({ type: 'code', code }))
          .catch(parts.onFault)
      }
      if (connection === 'close') resolve(readEnding(lastDisconnect?.error))
    })
  })
}

/** As Baileys throws them. */
const boom = z.object({ message: z.string(), output: z.object({ statusCode: z.number() }) })

function readEnding(error: unknown): Ending {
  if (error === STORE_AWAY) return { code: OWN_STORE, byWhatsApp: false }
  const read = boom.safeParse(error).data
  if (read === undefined) return { code: error instanceof Error ? 503 : 428, byWhatsApp: false }
  const byWhatsApp = /^(Stream Errored|Connection Failure|Multi-device)/.test(read.message)
  return { code: read.output.statusCode, byWhatsApp }
}

/**
 * Nobody awaits what Baileys does with a frame. One that it cannot read must not end the process: it ends the
 * connection, and the next one brings what was not acknowledged.
 */
function containFaults({ ws, end }: WASocket): void {
  const contained = [
    'message',
    'open',
    ...ws.eventNames().filter((name) => /^CB:/.test(String(name))),
  ]
  for (const name of contained) {
    const listeners = ws.listeners(name)
    ws.removeAllListeners(name)
    for (const listener of listeners)
      ws.on(name, (...given: unknown[]) => {
        const done: unknown = Reflect.apply(listener, ws, given)
        if (done instanceof Promise)
          done.catch((error: unknown) => end(error instanceof Error ? error : undefined))
      })
  }
}

async function say(
  socket: WASocket,
  timeoutMs: number,
  jid: string,
  saying: Saying,
  id: string,
): Promise<Said> {
  const answer = socket.waitForMessage<BinaryNode>(id, timeoutMs).catch(() => undefined)
  try {
    // Past `sendMessage`, which would fetch whatever link stands in the words.
    await socket.relayMessage(jid, saying, { messageId: id })
  } catch (error) {
    const code = boom.safeParse(error).data?.output.statusCode
    return { type: 'unsent', why: code === undefined ? 'it could not be encrypted' : `${code}` }
  }
  const node = await answer
  return node === undefined
    ? { type: 'silent' }
    : { type: 'acked', error: node.attrs.error ?? null }
}
