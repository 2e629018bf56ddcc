// Takes what is due in one kind of lane and carries it, several people at a time.
// Replies and notices each have their own pump, so that no notice ever holds up a reply.

import type { Lane, Leased } from '../store/store.ts'

export interface LanePumpParts {
  readonly lane: Lane
  /** How many messages may be in hand at once. */
  readonly width: number
  readonly lease: (lane: Lane, limit: number) => Promise<readonly Leased[]>
  /** Sends and settles one; never rejects. */
  readonly carry: (row: Leased) => Promise<void>
  readonly onFault: (error: unknown) => void
}

export interface LanePump {
  /** There may be something to do. */
  wake(): void
  /** Resolves when nothing is due and nothing is in hand. */
  drain(): Promise<void>
  /** Leases nothing more; resolves when what is in hand is settled. */
  stop(): Promise<void>
}

export function createLanePump({ lane, width, lease, carry, onFault }: LanePumpParts): LanePump {
  const inHand = new Set<Promise<void>>()
  let running: Promise<void> | null = null
  let stopped = false
  let woken = false
  let nudge: () => void = () => {}

  function start(row: Leased): void {
    const sending = carry(row).finally(() => inHand.delete(sending))
    inHand.add(sending)
  }

  /** A send is settled, or somebody woke us. */
  function somethingHappens(): Promise<void> {
    const nudged = new Promise<void>((resolve) => {
      nudge = resolve
    })
    return woken ? Promise.resolve() : Promise.race([...inHand, nudged])
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false
      const room = width - inHand.size
      const rows = room > 0 ? await lease(lane, room) : []
      for (const row of rows) start(row)
      // A full catch means there may be more; otherwise only a settled send or a wake brings new heads.
      if (room > 0 && rows.length === room) continue
      if (inHand.size === 0 && !woken) break
      await somethingHappens()
    }
    await Promise.all(inHand)
  }

  function wake(): void {
    woken = true
    nudge()
    if (stopped || running !== null) return
    running = run()
      .catch(onFault)
      .finally(() => {
        running = null
        if (woken) wake()
      })
  }

  return {
    wake,
    async drain() {
      wake()
      while (running !== null) await running
    },
    async stop() {
      stopped = true
      woken = false
      nudge()
      await running
      await Promise.all(inHand)
    },
  }
}
