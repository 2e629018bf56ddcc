// Attachments on disk, each under the SHA-256 of its bytes, so that the same picture is there once.
// A file appears whole and on the disk or not at all; several machines may share the folder.

import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewId } from '../clock.ts'

export interface MediaFolder {
  /** Resolves once it is on the disk, its owner's alone. Rejects with the system's own error. */
  put(digest: string, bytes: Uint8Array): Promise<void>
  /** Null: it is not there. Rejects with the system's own error. */
  read(digest: string): Promise<Uint8Array | null>
  /** Gone already is as good. */
  remove(digest: string): Promise<void>
  /** Removes what processes that were ended left half written before `before`. */
  sweep(before: Date): Promise<void>
}

const DRAFT = '.draft-'

export function createMediaFolder(folder: string, newId: NewId): MediaFolder {
  const shelf = (digest: string) => join(folder, digest.slice(0, 2))
  const place = (digest: string) => join(shelf(digest), digest)

  return {
    async put(digest, bytes) {
      await mkdir(shelf(digest), { recursive: true, mode: 0o700 })
      const draft = join(folder, DRAFT + newId())
      try {
        await write(draft, bytes)
        await rename(draft, place(digest))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await settle(shelf(digest))
      await settle(folder)
    },
    async read(digest) {
      try {
        return await readFile(place(digest))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    async remove(digest) {
      await rm(place(digest), { force: true })
    },
    async sweep(before) {
      const names = await readdir(folder).catch(() => [])
      for (const name of names.filter((one) => one.startsWith(DRAFT))) {
        const path = join(folder, name)
        const found = await stat(path).catch(() => null)
        if (found !== null && found.mtime < before) await rm(path, { force: true })
      }
    },
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A name is on the disk only when its folder is. */
async function settle(folder: string): Promise<void> {
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
