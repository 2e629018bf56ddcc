// The contract on a real PostgreSQL.

import { openStore } from '../../src/store/open.ts'
import { emptiedDatabase } from '../support/postgres.ts'
import { describeStore } from './contract.ts'
import { PARTS } from './given.ts'

describeStore('PostgreSQL', async () => openStore({ ...PARTS, url: await emptiedDatabase() }))
