// The contract on SQLite, in memory and in a file.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/store/open.ts'
import { describeStore } from './contract.ts'
import { PARTS } from './given.ts'

describeStore('SQLite in memory', () => openStore({ ...PARTS, url: 'sqlite::memory:' }))

describeStore('SQLite in a file', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'kentongan-')), 'k.db')
  return openStore({ ...PARTS, url: `sqlite:${path}` })
})
