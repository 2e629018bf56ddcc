// Takes what is due and carries it, several rows at a time; a wake-up is only a hint that there may be more.
// Each kind of work has a pump of its own, so that no notice holds up a reply and no download either of them.

export interface PumpParts<Row> {
  /** How many rows may be in hand at once. */
  readonly width: number
  readonly lease: (limit: number) => Promise<readonly Row[]>
  /** Does and settles one; never rejects. */
  readonly carry: (row: Row) => Promise<void>
  readonly onFault: (error: unknown) => void
}

export interface Pump {
  /** There may be something to do. */
  wake(): void
  /** Resolves when nothing is due and nothing is in hand. */
  drain(): Promise<void>
  /** Leases nothing more; resolves when what is in hand is settled. */
  stop(): Promise<void>
}

export function createPump<Row>({ width, lease, carry, onFault }: PumpParts<Row>): Pump {
  const inHand = new Set<Promise<void>>()
  let running: Promise<void> | null = null
  let stopped = false
  let woken = false
  let nudge: () => void = () => {}

  function start(row: Row): void {
    const carrying = carry(row).finally(() => inHand.delete(carrying))
    inHand.add(carrying)
  }

  /** A row is settled, or somebody woke us. */
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
      const rows = room > 0 ? await lease(room) : []
      for (const row of rows) start(row)
      // A full catch means there may be more; otherwise only a settled row or a wake brings new ones.
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
