// What is left to do about attachments beside fetching: tell their senders, send on those of answers, remove files that
// nobody needs.
// One round at a time; what fails is logged and comes again with the next.

import type { Clock } from '../clock.ts'
import type { MediaNews, MediaStore } from '../store/media-port.ts'
import type { MediaFolder } from './folder.ts'

export interface ChoreParts {
  readonly store: MediaStore
  readonly folder: MediaFolder
  readonly clock: Clock
  /** The time by which the folder dates its files: not shifted for a trial. */
  readonly folderClock: Clock
  /** Tells the sender in a turn of theirs, once. */
  readonly tell: (news: MediaNews) => Promise<unknown>
  /** Puts what came with answers and updates into the outbox, for whose complaint it is. */
  readonly sendOn: () => Promise<unknown>
  readonly log: {
    info(fields: object, text: string): void
    error(fields: object, text: string): void
  }
}

export interface Chores {
  wake(): void
  /** Resolves after a round that began now. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const PAGE = 50
/** Longer than removing a file takes: whoever holds it that long has died. */
const WIPE_MS = 10 * 60_000
/** A draft is written within a lease. */
const DRAFT_LIFE_MS = 3_600_000
const SWEEP_EVERY_MS = 3_600_000

export function createChores(parts: ChoreParts): Chores {
  const { store, folder, clock, folderClock, tell, sendOn, log } = parts
  let running: Promise<void> | null = null
  let woken = false
  let stopped = false
  let sweptMs = 0

  async function tellAll(): Promise<void> {
    for (const news of await store.mediaNews(clock(), PAGE)) {
      if (stopped) return
      await step('tell', () => tell(news))
    }
  }

  async function removeAll(): Promise<void> {
    let digests: readonly string[]
    do {
      digests = await store.leaseWipes(clock(), WIPE_MS, PAGE)
      for (const digest of digests) {
        await step('remove', async () => {
          await folder.remove(digest)
          await store.wiped(digest)
        })
      }
    } while (digests.length === PAGE && !stopped)
  }

  async function sweep(): Promise<void> {
    const now = folderClock().getTime()
    if (now - sweptMs < SWEEP_EVERY_MS) return
    await folder.sweep(new Date(now - DRAFT_LIFE_MS))
    sweptMs = now
  }

  async function step(chore: string, work: () => Promise<unknown>): Promise<void> {
    try {
      if (!stopped) await work()
    } catch (error) {
      log.error({ err: error, chore }, 'a chore of the attachments failed; it comes again')
    }
  }

  async function rounds(): Promise<void> {
    while (woken && !stopped) {
      woken = false
      await step('news', tellAll)
      await step('answers', sendOn)
      await step('files', removeAll)
      await step('drafts', sweep)
    }
  }

  function wake(): void {
    woken = true
    if (stopped || running !== null) return
    running = rounds().finally(() => {
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
      await running
    },
  }
}
