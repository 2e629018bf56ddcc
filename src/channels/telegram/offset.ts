// Where the next poll begins. Kept in the store, but only as a memory: what was stored twice is dropped there.
// Rule: it is the last update's id and one, never a maximum; ids restart, often lower, after a week of silence.

import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { AccountState } from '../channel.ts'

export interface Offset {
  /** Null: without one, from the earliest that was not confirmed. */
  next(): Promise<number | null>
  /** Everything before it is stored. */
  passed(next: number): Promise<void>
}

const KEY = 'offset'
/** "If there are no new updates for at least a week", then ids begin anew. [https://core.telegram.org/bots/api#update] */
const SILENCE_MS = 6 * 24 * 3_600_000

const keptSchema = z.object({ next: z.number(), atMs: z.number() })
type Kept = Readonly<z.infer<typeof keptSchema>>

export function createOffset(parts: {
  readonly state: Pick<AccountState, 'get' | 'setMany'>
  readonly clock: Clock
  readonly log: { warn(fields: object, text: string): void }
}): Offset {
  const { state, clock, log } = parts
  let kept: Kept | null | undefined

  async function read(): Promise<Kept | null> {
    try {
      const json = await state.get(KEY)
      return json === null ? null : keptSchema.parse(JSON.parse(json))
    } catch (error) {
      log.warn({ err: error }, 'the offset of Telegram cannot be read; polling without one')
      return null
    }
  }

  return {
    async next() {
      kept ??= await read()
      if (kept === null) return null
      return clock().getTime() - kept.atMs < SILENCE_MS ? kept.next : null
    },
    async passed(next) {
      kept = { next, atMs: clock().getTime() }
      try {
        await state.setMany({ [KEY]: JSON.stringify(kept) })
      } catch (error) {
        log.warn({ err: error }, 'the offset of Telegram was not written down')
      }
    },
  }
}
