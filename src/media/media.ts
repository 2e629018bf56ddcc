// Attachments after their message was stored: fetched for a day, kept by digest, told of, and removed when nobody needs
// them. Everything is found again in the store, so a process may end anywhere; waking is only a hint.

import type { Channel } from '../channels/channel.ts'
import { within } from '../channels/patience.ts'
import { createPump } from '../pump.ts'
import type { LeasedMedia, MediaSettlement } from '../store/media-port.ts'
import { type Attempt, createAttempt, sha256 } from './attempt.ts'
import { type ChoreParts, createChores } from './chores.ts'
import { createPictures } from './picture.ts'

export interface MediaParts extends ChoreParts {
  readonly channels: readonly Channel[]
  readonly observe: { media(channel: string, outcome: string): void }
  /** How long a channel may take for one. */
  readonly timeoutMs?: number
}

export interface Media {
  /** A hint that there is something to fetch, to tell or to remove; the schedule alone is enough. */
  wake(): void
  /** Resolves when nothing is due any more. */
  drain(): Promise<void>
  /** Fetches nothing new, and waits a moment for what is in hand: what is not settled by then is fetched again. */
  stop(): Promise<void>
}

/** A leased row, and the moment after which its file may no longer be put in place. */
type InHand = LeasedMedia & { readonly leaseUntil: Date }

const WIDTH = 4
/** Longer than a download and its drawing may take; an erased one's file is looked for again after it. */
const LEASE_MS = 5 * 60_000
const TIMEOUT_MS = 150_000
/** Before the second attempt, the third ...; then the last one again and again. */
const BACKOFF_MS = [10_000, 30_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000]
/** The replies in hand must not wait for a download. */
const STOP_WITHIN_MS = 1_000
/** While somebody removes the same file. */
const BUSY_MS = 5_000
/** What waits longer is left to the schedule. */
const LONGEST_TIMER_MS = 60_000

export function createMedia(parts: MediaParts): Media {
  const { store, channels, folder, clock, observe, log } = parts
  const attempt = createAttempt({
    ...{ channels, pictures: createPictures() },
    timeoutMs: parts.timeoutMs ?? TIMEOUT_MS,
  })
  const chores = createChores(parts)
  let stopped = false
  const rings = new Set<NodeJS.Timeout>()
  const pump = createPump<InHand>({
    width: WIDTH,
    lease: async (limit) => {
      const now = clock()
      const leaseUntil = new Date(now.getTime() + LEASE_MS)
      const rows = await store.leaseMedia(now, LEASE_MS, limit)
      return rows.map((row) => ({ ...row, leaseUntil }))
    },
    carry: async (row) => {
      try {
        await take(row)
      } catch (error) {
        // The lease runs out and it is fetched again.
        if (!stopped) log.error({ err: error, attachment: row.id }, 'an attachment was not settled')
      }
    },
    onFault: (error) =>
      log.error({ err: error }, 'no attachments leased; the schedule tries again'),
  })

  async function take(row: InHand): Promise<void> {
    const began = clock()
    const made = await attempt(row)
    const digest = made.outcome === 'keep' ? sha256(made.bytes) : null
    const settlement = made.outcome === 'keep' ? await kept(row, made) : given(row, made)
    if (settlement === null) return
    const ours = await store.settleMedia(row.id, row.lease, settlement, { digest, now: clock() })
    told(row, settlement, began)
    if (settlement.status === 'retry') ring(settlement.retryAt)
    if (!ours || settlement.status !== 'retry') chores.wake()
  }

  /** Null: it was erased meanwhile, or is somebody else's by now. */
  async function kept(
    row: InHand,
    { bytes, contentType, position }: Extract<Attempt, { outcome: 'keep' }>,
  ): Promise<MediaSettlement | null> {
    const digest = sha256(bytes)
    const claim = await store.claimMedia(row.id, row.lease, digest, clock())
    if (claim === 'gone' || clock() >= row.leaseUntil) return null
    if (claim === 'busy') return again('the same file is being removed', BUSY_MS)
    try {
      await folder.put(digest, bytes)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      log.error({ err: error, attachment: row.id }, 'an attachment cannot be written to MEDIA_DIR')
      return given(row, { outcome: 'retry', reason: code ?? 'MEDIA_DIR' })
    }
    return { status: 'stored', contentType, bytes: bytes.length, position }
  }

  function given(row: InHand, made: Exclude<Attempt, { outcome: 'keep' }>): MediaSettlement {
    if (made.outcome === 'refuse') return { status: 'refused', reason: made.reason }
    const now = clock().getTime()
    const left = row.until.getTime() - now
    const asked = made.afterMs ?? 0
    // A wait the provider asked for is never shortened: one that outlasts the day is the end of it.
    if (left <= 0 || asked > left) return { status: 'refused', reason: 'lost' }
    const backoff = BACKOFF_MS[Math.min(row.attempts, BACKOFF_MS.length - 1)] ?? 0
    return again(made.reason, Math.max(asked, Math.min(backoff, left)))
  }

  const again = (reason: string, ms: number): MediaSettlement => ({
    status: 'retry',
    reason,
    retryAt: new Date(clock().getTime() + ms),
  })

  function told({ id, account, ref }: InHand, settlement: MediaSettlement, began: Date): void {
    const { status } = settlement
    const reason = status === 'stored' ? null : settlement.reason
    const outcome = status === 'refused' && reason === 'lost' ? 'lost' : status
    observe.media(channels.find((one) => one.account === account)?.name ?? account, outcome)
    const ms = clock().getTime() - began.getTime()
    log.info({ attachment: id, account, kind: ref.kind, outcome, reason, ms }, 'attachment')
  }

  /** What comes up within the minute does not wait for the schedule. */
  function ring(at: Date): void {
    const ms = at.getTime() - clock().getTime()
    if (ms > LONGEST_TIMER_MS) return
    const timer = setTimeout(() => {
      rings.delete(timer)
      pump.wake()
    }, ms + 1).unref()
    rings.add(timer)
  }

  return {
    wake() {
      pump.wake()
      chores.wake()
    },
    async drain() {
      await pump.drain()
      await chores.drain()
    },
    async stop() {
      stopped = true
      for (const timer of rings) clearTimeout(timer)
      rings.clear()
      await within(Promise.all([pump.stop(), chores.stop()]), STOP_WITHIN_MS)
    },
  }
}
