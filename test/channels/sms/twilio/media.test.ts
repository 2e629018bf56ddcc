// What Twilio holds for us: asked for with our credentials, followed to where it really lies without them.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { MediaRef } from '../../../../src/message.ts'
import { type Bench, openBench } from './harness.ts'

const BYTES = Buffer.from('a picture')
/** 127.0.0.2 is played as the public internet. */
const rules = {
  isPublic: (address: string) => address === '127.0.0.2',
  schemes: ['http:'],
  resolve: async () => [{ address: '127.0.0.2', family: 4 }],
}
const heard: (string | undefined)[] = []
const storage = createServer((req, res) => {
  heard.push(req.headers.authorization)
  res.end(BYTES)
})

let bench: Bench
let away = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => storage.listen(0, '127.0.0.2', () => resolve()))
  away = `http://storage.example:${(storage.address() as AddressInfo).port}/signed`
  bench = await openBench({ rules })
})
afterAll(async () => {
  await bench.close()
  storage.closeAllConnections()
  await new Promise<void>((resolve) => storage.close(() => resolve()))
})

function fetching(url: string) {
  const ref: MediaRef = {
    ...{ kind: 'photo', id: url, url, contentType: null, name: null, bytes: null },
  }
  return bench.channel.fetchMedia?.(ref)
}

test('it is fetched with our credentials, which nobody is told that Twilio sends us on to', async () => {
  const url = bench.fake.hold({ status: 307, headers: { Location: away } })
  expect(await fetching(url)).toEqual({ outcome: 'fetched', bytes: BYTES })
  expect(bench.fake.fetched.get(url)).toBe(1)
  expect(heard).toEqual([undefined])
})

test('an address that is not Twilio’s gets none of our credentials', async () => {
  heard.length = 0
  expect(await fetching(away)).toEqual({ outcome: 'fetched', bytes: BYTES })
  const lookalike = away.replace('storage.example', 'api.twilio.com.example')
  expect(await fetching(lookalike)).toEqual({ outcome: 'fetched', bytes: BYTES })
  expect(heard).toEqual([undefined, undefined])
})

test.each(['http://127.0.0.1/latest/meta-data', 'http://[::1]/', 'ftp://storage.example/x'])(
  'Twilio cannot send us to %s',
  async (url) => {
    const held = bench.fake.hold({ status: 302, headers: { Location: url } })
    expect(await fetching(held)).toMatchObject({ outcome: 'retry' })
    expect(await fetching(url)).toMatchObject({ outcome: 'retry' })
  },
)

test('what is no address is given up', async () => {
  expect(await fetching('photo')).toEqual({ outcome: 'gone', reason: 'no address' })
})
