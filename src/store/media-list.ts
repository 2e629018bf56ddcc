// The files of a folder, each with its size and digest, so that a copy of it can be compared with what was there.
// Regular files only, and none that is still being written; a folder that is not there has none.

import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface MediaFile {
  /** Within the folder. */
  readonly path: string
  readonly bytes: number
  /** SHA-256, hexadecimal. */
  readonly digest: string
}

export async function mediaIn(folder: string): Promise<readonly MediaFile[]> {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files: MediaFile[] = []
  for (const entry of entries.filter((one) => one.isFile() && !one.name.startsWith('.'))) {
    const path = join(entry.parentPath, entry.name)
    const found = await measured(path)
    if (found !== null) files.push({ path: relative(folder, path), ...found })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Null: deleted meanwhile, as the gateway may at any time. */
async function measured(path: string): Promise<Omit<MediaFile, 'path'> | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  return { bytes, digest: hash.digest('hex') }
}
