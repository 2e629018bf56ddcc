// What an operator is told about a database, whatever holds it.

/** Before it is copied or replaced. */
export interface Contents {
  readonly complaints: number
  /** When the newest complaint was filed; null: none. */
  readonly newestAt: Date | null
  /** Messages waiting to be sent. */
  readonly waiting: number
}

/** All that can be said of it without touching it. */
export interface DatabaseState extends Contents {
  readonly stuck: number
  /** Against this program's tables; `none`: there are none yet. */
  readonly age: 'none' | 'older' | 'same' | 'newer'
  /** What speaks against using it: a sentence each, with its cure. */
  readonly troubles: readonly string[]
}

export const COUNTED = {
  complaints: 'select count(*) from complaints',
  newest: 'select max(filed_at) from complaints',
  waiting: "select count(*) from outbox where status = 'pending'",
  stuck: 'select count(*) from inbox where stuck is not null',
} as const

export function contentsFrom(count: (sql: string) => number): Contents {
  const newest = count(COUNTED.newest)
  return {
    complaints: count(COUNTED.complaints),
    newestAt: newest === 0 ? null : new Date(newest),
    waiting: count(COUNTED.waiting),
  }
}

export function keyTrouble(name: string): string {
  return `DATA_KEY does not fit ${name}: it was sealed with another key; give that one`
}

export function ageTrouble(name: string): string {
  return `${name} was written by a newer version of Kentongan; use that version`
}
