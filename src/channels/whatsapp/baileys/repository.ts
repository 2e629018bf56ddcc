// Baileys' Signal repository with the inbox spool in it: what is decrypted is kept with the session it moved on.
// Rule: a ciphertext that comes again gives the same plaintext again; one whose row could not be kept is not decrypted.

import {
  DEFAULT_CONNECTION_CONFIG,
  type SignalDataSet,
  type SignalKeyStoreWithTransaction,
  type SocketConfig,
} from '@whiskeysockets/baileys'
import { type Envelope, type Envelopes, hashOf, SPOOL, spooledFrom, spoolText } from './spool.ts'

type MakeRepository = SocketConfig['makeSignalRepository']

/** Baileys' key types and ours. */
type SpoolKeys = Pick<SignalKeyStoreWithTransaction, 'transaction'> & {
  get(type: string, ids: string[]): Promise<Readonly<Record<string, unknown>>>
  set(
    data: SignalDataSet | Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): Promise<void>
}

export interface RepositoryParts {
  readonly envelopes: Envelopes
  readonly nowMs: () => number
}

export function spoolingRepository({ envelopes, nowMs }: RepositoryParts): MakeRepository {
  return (auth, logger, pnToLid) => {
    const base = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, pnToLid)
    const keys = auth.keys as unknown as SpoolKeys

    const decryptMessage: typeof base.decryptMessage = async (asked) => {
      const { jid, ciphertext } = asked
      const known = envelopes.take(ciphertext)
      const from = known?.from ?? jid
      const hash = hashOf(from, ciphertext)
      const envelope: Envelope = known ?? { id: hash, from, alt: null }
      const kept = spooledFrom(hash, (await keys.get(SPOOL, [hash]))[hash])
      if (kept !== null) {
        envelopes.spooled(envelope, hash)
        return kept.plain
      }
      const plain = await keys.transaction(async () => {
        const opened = await base.decryptMessage(asked)
        await keys.set({
          [SPOOL]: { [hash]: spoolText({ envelope, plain: opened, at: nowMs() }) },
        })
        return opened
      }, jid)
      envelopes.spooled(envelope, hash)
      return plain
    }

    return { ...base, decryptMessage }
  }
}
