// Which faults mean that the database is away, and which that it refuses.

import { expect, test } from '@jest/globals'
import { isAway, mayCome, tellingAway } from '../../src/store/away.ts'
import type { Driver } from '../../src/store/driver.ts'
import { StoreAway } from '../../src/store/store.ts'

const fault = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

test.each([
  ['refused', fault('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
  [
    'refused on each address of a name',
    Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
  ],
  ['lost', fault('read ECONNRESET', 'ECONNRESET')],
  ['lost, in the driver’s words', fault('Connection terminated unexpectedly')],
  ['not connected in time', fault('timeout exceeded when trying to connect')],
  ['not answered in time', fault('Query read timeout')],
  ['out of time', fault('canceling statement due to statement timeout', '57014')],
  ['being shut down', fault('terminating connection', '57P01')],
  ['starting up', fault('the database system is starting up', '57P03')],
  ['out of connections', fault('sorry, too many clients already', '53300')],
  ['out of disk', fault('could not extend file', '53100')],
  ['a standby still', fault('cannot execute UPDATE in a read-only transaction', '25006')],
  ['locked by others', fault('canceling statement due to lock timeout', '55P03')],
  ['at odds with others, try after try', fault('could not serialize access', '40001')],
  ['not letting us in', fault('password authentication failed', '28P01')],
  ['not in its place', fault('database "k" does not exist', '3D000')],
  [
    'lost, as the cause of another fault',
    new Error('Failed query', { cause: fault('x', '08006') }),
  ],
])('a database that is %s is away', (_how, error) => {
  expect(isAway(error)).toBe(true)
})

test.each([
  ['a constraint', fault('duplicate key value', '23505')],
  ['a missing table', fault('relation "x" does not exist', '42P01')],
  ['a fault of ours', new TypeError('x is not a function')],
  ['no error at all', 'ECONNREFUSED'],
])('%s is not', (_what, error) => {
  expect(isAway(error)).toBe(false)
})

test('a start waits for a server that is not up yet, and for no password that is wrong', () => {
  expect(mayCome(fault('the database system is starting up', '57P03'))).toBe(true)
  const refused = fault('password authentication failed', '28P01')
  expect(mayCome(new Error('does not let clerk in', { cause: refused }))).toBe(false)
})

test('a driver tells it with the fault as the cause, and others as they are', async () => {
  const lost = fault('read ECONNRESET', 'ECONNRESET')
  const refused = fault('duplicate key value', '23505')
  const driver: Driver = {
    read: () => Promise.reject(lost),
    write: () => Promise.reject(refused),
    close: async () => {},
  }
  const telling = tellingAway(driver)
  const outcome = await telling.read(async () => 1).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(StoreAway)
  expect((outcome as StoreAway).cause).toBe(lost)
  await expect(telling.write(async () => ({ keep: true, value: 1 }))).rejects.toBe(refused)
})
