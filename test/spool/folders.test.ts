// A folder for each process: made, locked, and never lost to a neighbour that looks for what the dead left.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { makeFolder } from '../../src/spool/folders.ts'

const free = { release() {} }

async function inFolder(story: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'kentongan-spool-'))
  await story(dir).finally(() => rm(dir, { recursive: true }))
}

test('a neighbour that was faster to lock a new folder keeps it, and its maker takes another', () =>
  inFolder(async (dir) => {
    let asked = 0
    const lock = () => {
      if (asked++ === 0) throw new Error('in use by another gateway')
      return free
    }
    const folder = await makeFolder(dir, '1-a', lock)
    expect(basename(folder.path)).toBe('1-a-2')
  }))

test('a folder that can never be locked refuses with the cure', () =>
  inFolder(async (dir) => {
    const never = () => {
      throw new Error('EROFS')
    }
    await expect(makeFolder(dir, '1-a', never)).rejects.toThrow(/EROFS.*set SPOOL_DIR/)
  }))
