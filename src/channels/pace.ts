// How fast an account may speak: in all, to one person, to one group; and the waits that its provider asked for.
// Rule: a slot is taken when it is given, so that those who wait never leave together.

/** At most `count` in any `ms`. */
export interface Rate {
  readonly count: number
  readonly ms: number
}

export interface Limits {
  readonly overall: Rate
  readonly chat: Rate
  /** Instead of a person it is a group, which has this one too. */
  readonly group: Rate
}

type Slot =
  | { readonly type: 'given'; readonly inMs: number }
  /** Nothing is free within `mostMs`; nothing was taken. */
  | { readonly type: 'none'; readonly inMs: number }

export interface Pace {
  slot(chat: string, isGroup: boolean, mostMs: number): Slot
  /** The provider asked us to wait; a longer wait in force stays. */
  hold(ms: number): void
  /** What is left of that wait, in milliseconds; 0: none. */
  heldMs(): number
}

/** Chats remembered before those whose limits have passed are forgotten. */
const MOST_CHATS = 1_000

export function createPace(nowMs: () => number, limits: Limits): Pace {
  const overall: number[] = []
  const chats = new Map<string, number[]>()
  let heldUntil = 0

  function forget(now: number): void {
    for (const [chat, times] of chats) {
      if ((times.at(-1) ?? 0) + limits.group.ms < now) chats.delete(chat)
    }
  }

  return {
    slot(chat, isGroup, mostMs) {
      const now = nowMs()
      const own = chats.get(chat) ?? []
      const rates = isGroup ? [limits.chat, limits.group] : [limits.chat]
      const first = Math.max(now, ...rates.map((rate) => afterLast(own, rate)))
      const at = between(overall, limits.overall, first)
      if (at - now > mostMs) return { type: 'none', inMs: at - now }
      own.push(at)
      if (own.length > limits.group.count) own.shift()
      if (chats.size > MOST_CHATS) forget(now)
      chats.set(chat, own)
      overall.push(at)
      overall.sort((one, other) => one - other)
      while ((overall[0] ?? now) < now - limits.overall.ms) overall.shift()
      return { type: 'given', inMs: at - now }
    },
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, nowMs() + ms)
    },
    heldMs: () => Math.max(0, heldUntil - nowMs()),
  }
}

/** When the next may follow those before it. */
function afterLast(times: readonly number[], { count, ms }: Rate): number {
  const before = times.at(-count)
  return before === undefined ? 0 : before + ms
}

/** The first moment from `first` on that makes no window of the rate too full, whatever was promised already. */
function between(times: readonly number[], { count, ms }: Rate, first: number): number {
  for (let at = first; ; ) {
    const near = times.filter((one) => one > at - ms && one < at + ms)
    if (near.length < count) return at
    at = (near[0] ?? at) + ms
  }
}
