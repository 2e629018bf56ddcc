// Commits a turn as the channel it came in by wants it: with attachments only where they can be fetched (the terminal
// only plays them), and with the account open again where whoever writes can be written to. A case is linked only while
// who filed it hears so.

import type { Channel } from './channels/channel.ts'
import { CODE_KIND } from './store/outbox-port.ts'
import type { Conversation, TurnOutcome, TurnRecord, TurnStore } from './store/turn-port.ts'

interface CommitParts {
  readonly store: Pick<TurnStore, 'commitTurn'>
  readonly channels: readonly Channel[]
  /** There are attachments to fetch, or files of somebody erased to remove. */
  readonly wakeMedia?: () => void
}

export function createCommit({ store, channels, wakeMedia }: CommitParts) {
  const fetching = new Set(channels.flatMap((c) => (c.fetchMedia ? [c.account] : [])))
  const opened = new Set(channels.flatMap((c) => (c.opensByHearing ? [c.account] : [])))
  return async (record: TurnRecord, { closed }: Conversation): Promise<TurnOutcome> => {
    if (linksUnheard(record)) return 'stale'
    const account = record.inbound?.message.account ?? ''
    const media = fetching.has(account) ? (record.media ?? []) : []
    const resumes = record.resumes === true || (closed && opened.has(account))
    const outcome = await store.commitTurn({ ...record, media, resumes })
    const sendsOn = (record.attaches ?? []).some(({ duty }) => duty === 'pass')
    const concerned = media.length > 0 || sendsOn || record.erase != null
    if (outcome === 'committed' && concerned) wakeMedia?.()
    return outcome
  }
}

/** Brought here by a code, but who filed it was gone when they were to be told: decided again, the code does not fit. */
function linksUnheard({ links, outbound }: TurnRecord): boolean {
  const byCode = links.filter(({ reporter, support }) => !reporter && support !== true)
  return byCode.some(
    ({ ticket }) => !outbound.some((one) => one.kind === CODE_KIND && one.ticket === ticket),
  )
}
