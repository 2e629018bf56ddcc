// How fast this number may speak: like a person, with one to three seconds between two messages in a chat.
// Rule: a slot is taken when it is given, so that those who wait never leave together.

type Slot =
  | { readonly type: 'given'; readonly inMs: number }
  /** Nothing is free within `mostMs`; nothing was taken. */
  | { readonly type: 'none'; readonly inMs: number }

export interface Pace {
  slot(chat: string, mostMs: number): Slot
}

export interface Gaps {
  readonly shortestMs: number
  readonly longestMs: number
  /** Between any two messages, whoever they are for. */
  readonly anyMs: number
}

/** Nobody outside WhatsApp knows its limits; these are what people who were not banned keep to. */
const GAPS: Gaps = { shortestMs: 1_000, longestMs: 3_000, anyMs: 250 }

/** Chats remembered before those whose gap is long over are forgotten. */
const MOST_CHATS = 1_000

/** `chance`: from 0 up to, not including, 1. */
export function createPace(nowMs: () => number, chance: () => number, gaps: Gaps = GAPS): Pace {
  /** When each may hear the next one. */
  const free = new Map<string, number>()
  let anyFree = 0

  function forget(now: number): void {
    for (const [chat, at] of free) if (at <= now) free.delete(chat)
  }

  return {
    slot(chat, mostMs) {
      const now = nowMs()
      const { shortestMs, longestMs, anyMs } = gaps
      const turn = dueAt(anyFree, now, mostMs + anyMs)
      const at = Math.max(turn, dueAt(free.get(chat) ?? 0, now, mostMs + longestMs))
      if (at - now > mostMs) return { type: 'none', inMs: at - now }
      if (free.size >= MOST_CHATS) forget(now)
      free.set(chat, at + shortestMs + Math.floor((longestMs - shortestMs) * chance()))
      // By its turn, not by its slot: a chat that waits for itself holds up nobody else.
      anyFree = turn + anyMs
      return { type: 'given', inMs: at - now }
    },
  }
}

/** Further away than anything is ever put: the clock was set back, and what it said before holds no more. */
function dueAt(at: number, now: number, mostMs: number): number {
  return at - now > mostMs ? now : Math.max(now, at)
}
