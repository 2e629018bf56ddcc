// What one poll brought: each chat in its order, the chats side by side; and how far all of it is stored.

import type { Logger } from 'pino'
import type { Intake } from './intake.ts'
import type { Reading } from './reading.ts'
import { updateIdOf } from './update.ts'

export interface Batches {
  /** `next`: where the next poll begins; null: as this one did. `stored`: whether all of it was. */
  store(
    updates: readonly unknown[],
  ): Promise<{ readonly next: number | null; readonly stored: boolean }>
}

interface Item {
  /** Null: Telegram gave none, and it cannot be passed by itself. */
  readonly id: number | null
  readonly reading: Reading
  done: boolean
}

export function createBatches(parts: {
  readonly intake: Pick<Intake, 'read' | 'take'>
  /** What was fetched and not begun is left to the next start. */
  readonly stopping: AbortSignal
  readonly log: Pick<Logger, 'error'>
}): Batches {
  const { intake, log } = parts

  /** What follows one that could not be stored waits with it. */
  async function inOrder(items: readonly Item[]): Promise<void> {
    for (const item of items) {
      if (parts.stopping.aborted) return
      try {
        await intake.take(item.reading)
        item.done = true
      } catch (error) {
        log.error({ err: error, waiting: items.length }, 'could not store what Telegram brought')
        return
      }
    }
  }

  return {
    async store(updates) {
      const items = updates.map(
        (raw): Item => ({ id: updateIdOf(raw), reading: intake.read(raw), done: false }),
      )
      const lanes = new Map<string, Item[]>()
      for (const item of items) {
        const lane = lanes.get(item.reading.chat)
        if (lane === undefined) lanes.set(item.reading.chat, [item])
        else lane.push(item)
      }
      await Promise.all([...lanes.values()].map(inOrder))
      const open = items.find(({ done }) => !done)
      if (open !== undefined) return { next: open === items[0] ? null : open.id, stored: false }
      const last = items.flatMap(({ id }) => id ?? []).at(-1)
      return { next: last === undefined ? null : last + 1, stored: true }
    },
  }
}
