// What an account keeps that nobody else may read: keys and logins, by kind and name. Sealed by whoever builds it.

/** A name to what it holds; null removes it. */
export type VaultEntries = Readonly<Record<string, string | null>>

export interface Vault {
  /** Those of these that there are. */
  get(kind: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** All of a kind. */
  all(kind: string): Promise<ReadonlyMap<string, string>>
  /** By kind. Durable once it resolves: all of it, or nothing if it rejects. */
  set(changes: Readonly<Record<string, VaultEntries>>): Promise<void>
}
