// Removes the PostgreSQL of the test run, with everything in it.

import { shared } from './postgres.global-setup.ts'

export default async function teardown(): Promise<void> {
  await shared.testPostgres?.remove()
}
