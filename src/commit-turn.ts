// Commits a turn, with its attachments where they can be fetched, and wakes who is to fetch or remove them.
// At the terminal attachments are only played: nothing is kept of them.

import type { Channel } from './channels/channel.ts'
import type { Store, TurnOutcome, TurnRecord } from './store/store.ts'

interface CommitParts {
  readonly store: Pick<Store, 'commitTurn'>
  readonly channels: readonly Channel[]
  /** There are attachments to fetch, or files of somebody erased to remove. */
  readonly wakeMedia?: () => void
}

export function createCommit({ store, channels, wakeMedia }: CommitParts) {
  const fetching = new Set(channels.flatMap((c) => (c.fetchMedia ? [c.account] : [])))
  return async (record: TurnRecord): Promise<TurnOutcome> => {
    const account = record.inbound?.message.account ?? ''
    const media = fetching.has(account) ? (record.media ?? []) : []
    const outcome = await store.commitTurn({ ...record, media })
    const concerned = media.length > 0 || record.erase != null
    if (outcome === 'committed' && concerned) wakeMedia?.()
    return outcome
  }
}
