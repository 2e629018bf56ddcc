// Login and Signal keys over the account's vault, as Baileys wants to read and write them.
// Rule: one `set` is one transaction; nothing is believed to be kept before the store said so, so there is no cache.

import {
  type AuthenticationCreds,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys'
import type { Vault } from '../../vault.ts'

const LOGIN = 'login'
const CREDS = 'creds'

const textOf = (value: unknown) => JSON.stringify(value, BufferJSON.replacer)
const parsed = (text: string) => JSON.parse(text, BufferJSON.reviver)

/** Whether a phone was linked. */
export async function isLinked(vault: Vault): Promise<boolean> {
  return (await readCreds(vault)).account !== undefined
}

async function readCreds(vault: Vault): Promise<AuthenticationCreds> {
  const kept = (await vault.get(LOGIN, [CREDS])).get(CREDS)
  return kept === undefined ? initAuthCreds() : parsed(kept)
}

/** Ourselves, by number and hidden id: digits. */
export async function ownUsers(vault: Vault): Promise<ReadonlySet<string>> {
  const { me } = await readCreds(vault)
  return new Set([me?.id, me?.lid].flatMap((jid) => /^\d+/.exec(jid ?? '')?.[0] ?? []))
}

/** A login that was begun and not ended by a phone is void: WhatsApp would turn it away. */
export async function freshOrLinked(vault: Vault): Promise<AuthenticationCreds> {
  const creds = await readCreds(vault)
  return creds.account === undefined ? initAuthCreds() : creds
}

export async function keepCreds(vault: Vault, creds: AuthenticationCreds): Promise<void> {
  await vault.set({ [LOGIN]: { [CREDS]: textOf(creds) } })
}

/** Kinds that are of no use to the next login. What came in and was not handed on stays. */
const OF_A_LOGIN = [
  ...['pre-key', 'session', 'sender-key', 'sender-key-memory', 'identity-key', 'device-list'],
  ...['app-state-sync-key', 'app-state-sync-version', 'tctoken'],
] as const

/** The phone has unlinked us: what was agreed on with everybody is void. */
export async function forgetLogin(vault: Vault): Promise<void> {
  const names = await Promise.all(
    OF_A_LOGIN.map(async (kind) => [kind, [...(await vault.all(kind)).keys()]] as const),
  )
  const none = (all: readonly string[]) => Object.fromEntries(all.map((name) => [name, null]))
  await vault.set({
    ...Object.fromEntries(names.map(([kind, all]) => [kind, none(all)])),
    [LOGIN]: { [CREDS]: null },
  })
}

export function createKeys(vault: Vault): SignalKeyStore {
  async function get<T extends keyof SignalDataTypeMap>(
    type: T,
    ids: string[],
  ): Promise<{ [id: string]: SignalDataTypeMap[T] }> {
    const kept = await vault.get(type, ids)
    return Object.fromEntries([...kept].map(([id, text]) => [id, revived(type, text)]))
  }

  return {
    get,
    set: async (data: SignalDataSet) => {
      const changes = Object.entries(data).map(([type, entries]) => [
        type,
        Object.fromEntries(
          Object.entries(entries ?? {}).map(([id, value]) => [
            id,
            value == null ? null : textOf(value),
          ]),
        ),
      ])
      await vault.set(Object.fromEntries(changes))
    },
  }
}

function revived(type: string, text: string) {
  const value = parsed(text)
  return type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value) : value
}
