// Runs jobs one after the other for one key, side by side for different keys.
// A failed job never blocks the next of its key.

export interface InTurn {
  run<T>(key: string, job: () => Promise<T>): Promise<T>
  /** Refuses new jobs at once; resolves when those in hand are done. */
  stop(): Promise<void>
}

export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  let stopped = false

  async function run<T>(key: string, job: () => Promise<T>): Promise<T> {
    if (stopped) throw new Error('the gateway is stopping and takes no new work; come again')
    const before = last.get(key)
    const mine = before === undefined ? job() : before.then(job, job)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }

  return {
    run,
    stop: async () => {
      stopped = true
      await Promise.allSettled(last.values())
    },
  }
}
