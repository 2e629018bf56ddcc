// The files of one spool folder: appended in groups, each group with one wait for the disk, deleted once read out.
// Nobody learns that a record is stored before the file, and the folder that names it, are on the disk.

import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface Segment {
  readonly path: string
  bytes: number
  /** Records that are still needed; without any the file goes. */
  left: number
}

export interface Segments {
  /** Resolves with where it stands, once it would outlive the process and the machine. */
  append(record: string): Promise<Segment>
  /** One record of it is no longer needed. */
  release(segment: Segment): Promise<void>
  /** What is appended is on the disk; nothing more is taken. */
  close(): Promise<void>
}

interface Waiting {
  readonly record: string
  resolve(segment: Segment): void
  reject(error: unknown): void
}

/** A file that grew so large is left to be read out, or one record that waits would keep all of them. */
const FULL_BYTES = 1024 * 1024
const PRIVATE = 0o600

export const SEGMENT = /^\d{8}\.spool$/

export function createSegments(folder: string): Segments {
  const queue: Waiting[] = []
  let current: { readonly segment: Segment; readonly file: FileHandle } | null = null
  let made = 0
  let writing: Promise<void> | null = null
  let closed = false

  async function openNext() {
    const path = join(folder, `${String(++made).padStart(8, '0')}.spool`)
    const file = await open(path, 'ax', PRIVATE)
    await settleFolder(folder)
    return { segment: { path, bytes: 0, left: 0 }, file }
  }

  async function write(group: readonly Waiting[]): Promise<Segment> {
    current ??= await openNext()
    const { segment, file } = current
    const bytes = Buffer.from(group.map(({ record }) => record).join(''), 'latin1')
    await file.appendFile(bytes)
    await file.sync()
    // Somebody deleted it under us: what is in it ends with this process.
    if ((await file.stat()).nlink === 0) throw new Error(`${segment.path} is gone from the spool`)
    segment.bytes += bytes.length
    segment.left += group.length
    return segment
  }

  /** After a fault nobody knows how the file ends: what comes next goes into another one. */
  async function leave(): Promise<void> {
    const left = current
    current = null
    await left?.file.close().catch(() => {})
    if (left?.segment.left === 0) await remove(left.segment)
  }

  async function writeAll(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0)
      try {
        const segment = await write(group)
        if (segment.bytes >= FULL_BYTES) await leave()
        for (const one of group) one.resolve(segment)
      } catch (error) {
        await leave()
        for (const one of group) one.reject(error)
      }
    }
  }

  return {
    append: (record) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the spool is closed'))
        queue.push({ record, resolve, reject })
        writing ??= writeAll().finally(() => {
          writing = null
        })
      }),
    async release(segment) {
      segment.left -= 1
      if (segment.left > 0) return
      if (segment !== current?.segment) return remove(segment)
      if (writing === null) await leave()
    },
    async close() {
      closed = true
      await writing
      await leave()
    },
  }
}

/** Not settled on the disk: a file that comes back is read out again, and its events are known by then. */
async function remove(segment: Segment): Promise<void> {
  await rm(segment.path, { force: true })
}

export async function settleFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
