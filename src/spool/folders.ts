// A folder of its own for each process, beside those of others; one whose process is dead belongs to who finds it.
// The operating system drops a lock when its holder dies, whatever else it leaves behind.

import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { settleFolder } from './segments.ts'

/** Throws when another process has it. */
export type TakeLock = (path: string) => { release(): void }

export interface Folder {
  readonly path: string
  /** Gives it up; it is deleted if nothing is left in it. */
  leave(): Promise<void>
}

const PRIVATE = 0o700
const LOCK = '.lock'
/** As main.ts names them: what else lies there (lost+found, for one) is not ours to lock, read or delete. */
const OURS = /^\d+(-|$)/

/** A neighbour that looks for what the dead left may take a folder before its maker has locked it. */
const TRIES = 5

/** `name`: never used before; names are read out in their order. */
export async function makeFolder(dir: string, name: string, lock: TakeLock): Promise<Folder> {
  try {
    for (let tries = 1; ; tries++) {
      const path = join(dir, tries === 1 ? name : `${name}-${tries}`)
      await mkdir(path, { recursive: true, mode: PRIVATE })
      const taken = attempt(() => lock(path))
      if ('done' in taken) {
        await settleFolder(dir)
        return held(path, taken.done)
      }
      if (tries === TRIES) throw taken.error
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`cannot write the spool ${dir} (${why}); make it writable, or set SPOOL_DIR`)
  }
}

function attempt<T>(work: () => T): { readonly done: T } | { readonly error: unknown } {
  try {
    return { done: work() }
  } catch (error) {
    return { error }
  }
}

/** Those whose process has ended, each now ours; oldest first. */
export async function leftBehind(dir: string, lock: TakeLock): Promise<readonly Folder[]> {
  const found: Folder[] = []
  for (const { name } of await foldersIn(dir)) {
    const path = join(dir, name)
    try {
      found.push(held(path, lock(path)))
    } catch {
      // Its process lives, or another one was faster.
    }
  }
  return found
}

async function foldersIn(dir: string) {
  const entries = await readdir(dir, { withFileTypes: true })
  const ours = entries.filter((entry) => entry.isDirectory() && OURS.test(entry.name))
  return ours.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function held(path: string, lock: { release(): void }): Folder {
  return {
    path,
    async leave() {
      // The folder before its lock: whoever gets the lock of a folder that is gone finds nothing to take.
      const gone = await rmdir(path).then(
        () => true,
        () => false,
      )
      lock.release()
      if (gone) await rm(path + LOCK, { force: true })
    },
  }
}
