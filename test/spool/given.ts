// Events as channels hand them over, folders of their own, and a spool over a database that a test takes away.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import type { ChannelEvent } from '../../src/channels/channel.ts'
import type { Address } from '../../src/message.ts'
import type { Sealing } from '../../src/spool/records.ts'
import { openWaiting, type Waiting, type WaitingParts } from '../../src/spool/waiting.ts'
import { createSpool, type Spool, type SpoolParts } from '../../src/spool.ts'
import { takeLock } from '../../src/store/lock.ts'
import { createSeal } from '../../src/store/seal.ts'
import { StoreAway } from '../../src/store/store.ts'

export const ANA: Address = 'sms:+628110000001'
export const BUDI: Address = 'sms:+628110000002'

export function sealingWith(byte: number): Sealing {
  const { seal, open } = createSeal(Buffer.alloc(32, byte))
  return { seal: (words) => seal(words, 'spool'), open: (sealed) => open(sealed, 'spool') }
}

export const SEALING = sealingWith(7)

export function messageFrom(from: Address, text: string, account = 'line'): ChannelEvent {
  return {
    type: 'message',
    message: {
      ...{ channel: 'sms', account, providerId: `SM-${text}`, from, text },
      ...{ media: [], position: null, quotedId: null, album: null, choice: null },
      ...{ edits: null, start: null, answerable: true, consent: null },
    },
  }
}

/** What tells events apart here: the words, or whose receipt it is. */
export function textOf(event: ChannelEvent): string {
  switch (event.type) {
    case 'message':
      return event.message.text
    case 'receipt':
      return event.receipt.providerId
    case 'opt-out':
    case 'opt-in':
    case 'moved':
    case 'group':
      return `${event.type} ${event.type === 'group' ? event.state : event.from}`
  }
}

export function receiptOf(providerId: string): ChannelEvent {
  const ids = { providerId, messageId: 'm-1', code: null, failure: null }
  return { type: 'receipt', receipt: { channel: 'sms', account: 'line', status: 'sent', ...ids } }
}

const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-spool-'))
  folders.push(folder)
  return join(folder, 'spool')
}

let made = 0

export function waitingIn(dir: string, more: Partial<WaitingParts> = {}): Promise<Waiting> {
  const log = { warn: () => {}, error: () => {} }
  const name = String(++made).padStart(6, '0')
  const most = { events: 1_000, bytes: 1_000_000 }
  return openWaiting({ dir, name, lock: takeLock, sealing: SEALING, log, most, ...more })
}

export interface PlayedDatabase {
  /** Texts of the messages it took, in order. */
  readonly taken: string[]
  /** What is thrown instead; null: it works. */
  fault: Error | null
  /** It answers nothing before this. */
  readonly hangs?: Promise<void>
  /** Texts that it refuses for good. */
  readonly refused?: readonly string[]
}

export interface Trial {
  readonly spool: Spool
  readonly waiting: Waiting
  readonly database: PlayedDatabase
  readonly logged: string[]
  /** How often it looked whether the database is there. */
  readonly asked: { readonly count: number }
}

export const AWAY = new StoreAway('away')

/** A spool over a database that takes a message at most once, or is away. */
export async function trialIn(
  dir: string,
  database: PlayedDatabase = { taken: [], fault: null },
  more: Partial<WaitingParts & Pick<SpoolParts, 'patienceMs'>> = {},
): Promise<Trial> {
  const waiting = await waitingIn(dir, more)
  const logged: string[] = []
  const asked = { count: 0 }
  const line = (_fields: object, text: string) => void logged.push(text)
  const spool = createSpool({
    waiting,
    receive: async (event) => {
      await new Promise((resolve) => setImmediate(resolve))
      await database.hangs
      if (database.fault !== null) throw database.fault
      const text = textOf(event)
      if (database.refused?.includes(text)) throw new Error('cannot be stored')
      if (!database.taken.includes(text)) database.taken.push(text)
    },
    clock: () => new Date(),
    adoptMs: 20,
    there: async () => {
      asked.count += 1
      if (database.fault !== null) throw database.fault
    },
    redelivering: new Set(['sure']),
    patienceMs: more.patienceMs ?? 0,
    onSpooled: () => {},
    log: { info: line, warn: line, error: line },
  })
  return { spool, waiting, database, logged, asked }
}

/** Resolves when nothing waits any more. */
export async function readOut({ waiting }: Trial): Promise<void> {
  while (waiting.size().events > 0) await new Promise((resolve) => setTimeout(resolve, 10))
}
