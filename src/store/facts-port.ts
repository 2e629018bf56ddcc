// Small durable facts of the processes, and what only one of them may do at a time.
// A lease ends by the database's clock, never by a process's own.

/**
 * Fact: epoch milliseconds at which an older copy was put in place. What came due until then was most likely said
 * already: citizens do not hear it again.
 */
export const RESTORED_AT = 'restored:at'

export interface FactStore {
  /** Small durable facts of the process: keys of `AccountState`, the calendar's fingerprint ... */
  getFact(key: string): Promise<string | null>
  /** Those of these that there are. */
  getFacts(keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** All whose key begins with `prefix`. */
  factsUnder(prefix: string): Promise<ReadonlyMap<string, string>>
  /** All or none; null removes. */
  setFacts(entries: Readonly<Record<string, string | null>>): Promise<void>
  /** Writes the fact if it still is what was read (null: none). False: another process was faster. */
  swapFact(key: string, expected: string | null, value: string): Promise<boolean>
  /**
   * Takes or renews what only one process may do at a time, for `forMs` by the database's clock. Resolves with a
   * token that is greater for every later holder; null: another process holds it.
   */
  takeLease(name: string, holder: string, forMs: number): Promise<number | null>
  /** Hands it over at once; nothing, if it is not this holder's. */
  releaseLease(name: string, holder: string): Promise<void>
}
