// The events that wait for the database: on disk, sealed, and in memory in the order they came.
// What is in memory is on disk; what is read out is given back or done, one event of a person at a time.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ChannelEvent } from '../channels/channel.ts'
import { type Folder, leftBehind, makeFolder, type TakeLock } from './folders.ts'
import { readRecords, recordOf, type Sealing } from './records.ts'
import { createSegments, SEGMENT, type Segment } from './segments.ts'

export interface WaitingParts {
  readonly dir: string
  /** Of our own folder; later processes have greater ones. */
  readonly name: string
  readonly lock: TakeLock
  readonly sealing: Sealing
  readonly log: {
    warn(fields: object, text: string): void
    error(fields: object, text: string): void
  }
  /** 100,000 events and 64 MiB unless told. */
  readonly most?: { readonly events: number; readonly bytes: number }
}

export interface Entry {
  readonly event: ChannelEvent
  readonly key: string
  readonly segment: Segment
}

export interface Waiting {
  /** Resolves once it is on the disk. Rejects when the spool is full or the disk is. */
  add(event: ChannelEvent): Promise<void>
  /** Whether an event of this person waits, or is being read out. */
  has(key: string): boolean
  /** The oldest event of a person none of whose events is in hand; null: there is none now. */
  take(): Entry | null
  /** It is in the database. */
  done(entry: Entry): Promise<void>
  /** It is not: it stays the first of its person, and is not taken again before `again`. */
  putBack(entry: Entry): void
  /** What was put back may be taken. */
  again(): void
  /** Takes over what processes that have ended left behind; how many events that brought. */
  adopt(): Promise<number>
  size(): { readonly events: number; readonly bytes: number }
  /** How many records were set aside because they could not be read. */
  damaged(): number
  close(): Promise<void>
}

const MOST = { events: 100_000, bytes: 64 * 1024 * 1024 }

/** Whose turn it is: a person's messages keep their order, the receipts of a message theirs. */
export function keyOf(event: ChannelEvent): string {
  switch (event.type) {
    case 'message':
      return event.message.from
    case 'receipt': {
      const { account, messageId, providerId } = event.receipt
      return `receipt ${account} ${messageId ?? providerId}`
    }
    case 'opt-out':
    case 'opt-in':
    case 'moved':
      return event.from
    case 'group':
      return event.address
  }
}

export async function openWaiting(parts: WaitingParts): Promise<Waiting> {
  const { dir, lock, sealing, log, most = MOST } = parts
  const own = await makeFolder(dir, parts.name, lock)
  const segments = createSegments(own.path)
  const live = new Set<Segment>()
  const adopted = new Map<Segment, Folder>()
  const queues = new Map<string, Entry[]>()
  const resting = new Set<string>()
  const ready = new Set<string>()
  let events = 0
  let adding = 0
  let damaged = 0

  function put(event: ChannelEvent, segment: Segment): void {
    const key = keyOf(event)
    const queue = queues.get(key)
    const entry = { event, key, segment }
    live.add(segment)
    events += 1
    if (queue !== undefined) queue.push(entry)
    else {
      queues.set(key, [entry])
      ready.add(key)
    }
  }

  const bytes = () => [...live].reduce((sum, segment) => sum + segment.bytes, 0)

  async function add(event: ChannelEvent): Promise<void> {
    if (events + adding >= most.events || bytes() >= most.bytes) {
      throw new Error(`the spool is full (${events} events, ${bytes()} bytes)`)
    }
    adding += 1
    try {
      put(event, await segments.append(recordOf(event, sealing)))
    } finally {
      adding -= 1
    }
  }

  async function done({ key, segment }: Entry): Promise<void> {
    const queue = queues.get(key) ?? []
    queue.shift()
    events -= 1
    if (queue.length > 0) ready.add(key)
    else queues.delete(key)
    const folder = adopted.get(segment)
    if (segment.left === 1) live.delete(segment)
    await segments.release(segment)
    if (folder !== undefined && segment.left === 0) {
      adopted.delete(segment)
      if (![...adopted.values()].includes(folder)) await folder.leave()
    }
  }

  async function takeOver(folder: Folder): Promise<number> {
    const names = (await readdir(folder.path)).filter((name) => SEGMENT.test(name)).sort()
    let found = 0
    try {
      for (const name of names) found += await readOut(folder, join(folder.path, name))
    } finally {
      if (![...adopted.values()].includes(folder)) await folder.leave()
    }
    return found
  }

  async function readOut(folder: Folder, path: string): Promise<number> {
    const content = await readFile(path)
    const records = readRecords(content, sealing)
    if (records.damaged.length > 0) await setAside(path, records.damaged)
    const left = records.events.length
    const segment = { path, bytes: content.length, left }
    if (left === 0) await rm(path)
    else adopted.set(segment, folder)
    for (const event of records.events) put(event, segment)
    return left
  }

  /** As it stands, beside the folders, so that it can be looked at; nothing else waits for it. */
  async function setAside(path: string, pieces: readonly string[]): Promise<void> {
    damaged += pieces.length
    const aside = join(dir, `${basename(join(path, '..'))}-${basename(path)}.damaged`)
    await writeFile(aside, pieces.join('\n'), { encoding: 'latin1', mode: 0o600, flush: true })
    log.error(
      { file: aside, records: pieces.length },
      'damaged records of the spool were set aside; what they held is lost unless the file can be mended',
    )
  }

  return {
    add,
    done,
    has: (key) => queues.has(key),
    take() {
      for (const key of ready) {
        ready.delete(key)
        const [entry] = queues.get(key) ?? []
        if (entry !== undefined) return entry
      }
      return null
    },
    putBack: ({ key }) => void resting.add(key),
    again() {
      for (const key of resting) ready.add(key)
      resting.clear()
    },
    async adopt() {
      let found = 0
      for (const folder of await leftBehind(dir, lock)) found += await takeOver(folder)
      if (found > 0) log.warn({ events: found }, 'took over a spool left behind')
      return found
    },
    size: () => ({ events, bytes: bytes() }),
    damaged: () => damaged,
    async close() {
      await segments.close()
      for (const folder of new Set([...adopted.values(), own])) await folder.leave()
    },
  }
}
