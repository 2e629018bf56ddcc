// One PostgreSQL for the whole test run, started before the first test; its URL reaches them by the environment.

import { type PostgresServer, startPostgres } from './postgres-server.ts'

/** Where the teardown, in the same process, finds what it has to remove. */
export const shared = globalThis as { testPostgres?: PostgresServer }

export default async function setup(): Promise<void> {
  shared.testPostgres = await startPostgres()
  process.env.TEST_POSTGRES_URL = shared.testPostgres.url
}
