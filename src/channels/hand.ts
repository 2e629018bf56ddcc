// What a channel has in hand: sends and events that were begun, so that a stop can wait for them.

export interface Hand {
  /** Passes on what `work` comes to. */
  held<T>(work: Promise<T>): Promise<T>
  /** Resolves when all that is in hand now has ended, however it ended. */
  settled(): Promise<unknown>
}

export function createHand(): Hand {
  const inHand = new Set<Promise<unknown>>()
  return {
    async held<T>(work: Promise<T>): Promise<T> {
      inHand.add(work)
      try {
        return await work
      } finally {
        inHand.delete(work)
      }
    },
    settled: () => Promise.allSettled(inHand),
  }
}
