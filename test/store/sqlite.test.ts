// The contract on SQLite: whole in a file, with its two connections, as gateways have it. In memory, where one connection
// reads and writes, what changes most at once; hundreds of tests of the gateway run on such a store besides.

import { openStore } from '../../src/store/open.ts'
import { describeErase } from './contract/erase.ts'
import { describeMoves } from './contract/moves.ts'
import { describeTurns } from './contract/turns.ts'
import { describeStore } from './contract.ts'
import { PARTS } from './given.ts'
import { emptyPath, openAt } from './temporary.ts'

describeStore('SQLite in memory', () => openStore({ ...PARTS, url: 'sqlite::memory:' }), [
  describeTurns,
  describeMoves,
  describeErase,
])

describeStore('SQLite in a file', async () => openAt(await emptyPath()))
