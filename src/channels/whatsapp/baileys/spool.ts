// What was decrypted and is not in the inbox yet. Baileys receipts before it hands over and nobody awaits it, so the
// plaintext is kept in the same transaction as the session that can decrypt it only once.
// Rule: a row goes when the inbox has its message, never before.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Vault } from '../../vault.ts'
import { kindOf } from './people.ts'

/** A key type of our own among Baileys' (its transactions carry any). */
export const SPOOL = 'inbox-spool'

/** What stood around the ciphertext. */
const envelope = z.object({
  id: z.string(),
  from: z.string(),
  /** The sender's other name: a number for an id, or the other way round. */
  alt: z.string().nullable(),
})
export type Envelope = z.infer<typeof envelope>

const row = z.object({ envelope, plain: z.string(), at: z.number() })

export interface Spooled {
  readonly hash: string
  readonly envelope: Envelope
  /** As it was encrypted: protobuf, padded. */
  readonly plain: Uint8Array
  readonly at: number
}

/** Sender and ciphertext: who repeats somebody else's ciphertext gets nothing of it. */
export function hashOf(from: string, ciphertext: Uint8Array): string {
  return createHash('sha256').update(from).update('\n').update(ciphertext).digest('hex')
}

export function spoolText({ envelope, plain, at }: Omit<Spooled, 'hash'>): string {
  return JSON.stringify({ envelope, plain: Buffer.from(plain).toString('base64'), at })
}

export function spooledFrom(hash: string, text: unknown): Spooled | null {
  const read = typeof text === 'string' ? row.safeParse(JSON.parse(text)).data : undefined
  if (read === undefined) return null
  return { ...read, hash, plain: Buffer.from(read.plain, 'base64') }
}

export interface Spool {
  all(): Promise<readonly Spooled[]>
  drop(hash: string): Promise<void>
}

export function createSpool(vault: Vault): Spool {
  return {
    all: async () => {
      const rows = [...(await vault.all(SPOOL))].flatMap(([hash, text]) => {
        // As the key store wrote it: a string, as JSON.
        const spooled = spooledFrom(hash, JSON.parse(text))
        return spooled === null ? [] : [spooled]
      })
      return rows.sort((one, other) => one.at - other.at)
    },
    drop: (hash) => vault.set({ [SPOOL]: { [hash]: null } }),
  }
}

/** A stanza as it came, before anything of it is decrypted. */
export interface Stanza {
  readonly attrs: Readonly<Record<string, string | undefined>>
  readonly content?: unknown
}

const enc = z.object({ tag: z.literal('enc'), content: z.instanceof(Uint8Array) })

/** Enough for what is in hand at once; what is never decrypted must not stay for ever. */
const MOST_ENVELOPES = 2_000

/** Which ciphertext came in which envelope, and which message lies under which hash. */
export function createEnvelopes() {
  const envelopes = new Map<string, Envelope>()
  const hashes = new Map<string, string>()
  const digest = (ciphertext: Uint8Array) =>
    createHash('sha256').update(ciphertext).digest('base64')
  const keyOf = ({ from, id }: Pick<Envelope, 'from' | 'id'>) => `${from}\n${id}`

  function keep<K, V>(map: Map<K, V>, key: K, value: V): void {
    map.set(key, value)
    const [oldest] = map.keys()
    if (map.size > MOST_ENVELOPES && oldest !== undefined) map.delete(oldest)
  }

  return {
    note({ attrs, content }: Stanza): void {
      const { id, from } = attrs
      if (id === undefined || from === undefined || kindOf(from) !== 'person') return
      const alt = attrs.sender_pn ?? attrs.sender_lid ?? null
      for (const part of Array.isArray(content) ? content : []) {
        const read = enc.safeParse(part).data
        if (read !== undefined) keep(envelopes, digest(read.content), { id, from, alt })
      }
    },
    /** Once: it is decrypted now. */
    take(ciphertext: Uint8Array): Envelope | null {
      const key = digest(ciphertext)
      const found = envelopes.get(key) ?? null
      envelopes.delete(key)
      return found
    },
    spooled: (of: Envelope, hash: string) => keep(hashes, keyOf(of), hash),
    /** Where the message of this id lies, if it does. */
    hashOf: (of: Pick<Envelope, 'from' | 'id'>) => hashes.get(keyOf(of)) ?? null,
    done: (of: Pick<Envelope, 'from' | 'id'>) => void hashes.delete(keyOf(of)),
  }
}

export type Envelopes = ReturnType<typeof createEnvelopes>
