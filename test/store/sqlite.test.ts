// The contract on SQLite, in memory and in a file.

import { openStore } from '../../src/store/open.ts'
import { describeStore } from './contract.ts'
import { PARTS } from './given.ts'
import { newPath, openAt } from './temporary.ts'

describeStore('SQLite in memory', () => openStore({ ...PARTS, url: 'sqlite::memory:' }))

describeStore('SQLite in a file', () => openAt(newPath()))
