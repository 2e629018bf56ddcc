// What the login keeps of people goes with them: keys and names of whoever the store no longer knows.
// Rule: only who is unknown at two looks in a row, so that neither a first message nor the last word to somebody loses
// its key on the way.

import { type Address, addressOf } from '../../../message.ts'
import type { Vault } from '../../vault.ts'
import { ownUsers } from './keys.ts'
import { SPOOL, spooledFrom } from './spool.ts'

export interface ForgettingParts {
  readonly vault: Vault
  /** The store has an address of this name, or one that it leads to. */
  readonly isKnown: (address: Address) => Promise<boolean>
  /** Of these nothing is remembered either. */
  readonly onForgotten: () => void
}

const MAPPING = 'lid-mapping'
/** Baileys' kinds and ours whose names begin with somebody's number or hidden id. */
const OF_PEOPLE = ['session', 'identity-key', 'device-list', 'tctoken', MAPPING, 'wrote'] as const
type Named = Readonly<Record<string, readonly string[]>>

/** Resolves with how many people were forgotten. */
export type Look = () => Promise<number>

export function createForgetting({ vault, isKnown, onForgotten }: ForgettingParts): Look {
  let suspects: ReadonlySet<string> = new Set()

  async function isSomebody(user: string, partner: string | undefined): Promise<boolean> {
    for (const one of partner === undefined ? [user] : [user, partner]) {
      if (await isKnown(addressOf('whatsapp', one))) return true
      if (await isKnown(addressOf('whatsapp', `lid.${one}`))) return true
    }
    return false
  }

  return async () => {
    const named = await namesByUser(vault)
    const partners = await partnersIn(vault)
    // What they wrote is not in the inbox yet.
    const waiting = await writersInSpool(vault)
    const unknown = new Set<string>()
    for (const user of named.keys()) {
      const partner = partners.get(user)
      if (waiting.has(user) || waiting.has(partner ?? '')) continue
      if (!(await isSomebody(user, partner))) unknown.add(user)
    }
    const gone = [...unknown].filter((user) => suspects.has(user))
    suspects = unknown
    if (gone.length === 0) return 0
    await vault.set(removing(gone.map((user) => named.get(user) ?? {})))
    onForgotten()
    return gone.length
  }
}

/** Digits of a session (`628…_1.0`), a jid, an address, a mapping. */
function userOf(name: string): string {
  return /^(?:whatsapp:(?:lid\.)?)?(\d+)/.exec(name)?.[1] ?? ''
}

/** All but our own. */
async function namesByUser(vault: Vault): Promise<ReadonlyMap<string, Named>> {
  const own = await ownUsers(vault)
  const named = new Map<string, Record<string, string[]>>()
  for (const kind of OF_PEOPLE) {
    for (const name of (await vault.all(kind)).keys()) {
      const user = userOf(name)
      if (user === '' || own.has(user)) continue
      const theirs = named.get(user) ?? {}
      named.set(user, theirs)
      theirs[kind] = [...(theirs[kind] ?? []), name]
    }
  }
  return named
}

/** A number to the hidden id that stands for it, and back. */
async function partnersIn(vault: Vault): Promise<ReadonlyMap<string, string>> {
  const mapped = [...(await vault.all(MAPPING))]
  return new Map(mapped.map(([name, text]) => [userOf(name), String(JSON.parse(text))]))
}

async function writersInSpool(vault: Vault): Promise<ReadonlySet<string>> {
  const rows = [...(await vault.all(SPOOL))].map(([hash, text]) =>
    spooledFrom(hash, JSON.parse(text)),
  )
  return new Set(
    rows.flatMap((row) => [userOf(row?.envelope.from ?? ''), userOf(row?.envelope.alt ?? '')]),
  )
}

function removing(all: readonly Named[]): Readonly<Record<string, Readonly<Record<string, null>>>> {
  return Object.fromEntries(
    OF_PEOPLE.map((kind) => {
      const names = all.flatMap((named) => named[kind] ?? [])
      return [kind, Object.fromEntries(names.map((name) => [name, null]))]
    }),
  )
}
