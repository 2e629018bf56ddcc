// Our requests held against Twilio's own description of its API, by somebody else's validator.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { FAKE_ACCOUNT } from '../../../support/fake-twilio.ts'
import { type Bench, openBench, outbound } from './harness.ts'

interface Verdict {
  readonly errors: readonly unknown[] | null
  /** Fields the description does not name. */
  readonly unknown: readonly string[]
}

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const PATH = `/2010-04-01/Accounts/${FAKE_ACCOUNT}/Messages.json`

async function judged(body: Readonly<Record<string, string>>): Promise<Verdict> {
  const worker = new Worker(new URL('../../../support/twilio-openapi.mjs', import.meta.url), {
    workerData: [{ path: PATH, body }],
  })
  const [[verdict]] = await once(worker, 'message')
  await worker.terminate()
  return verdict
}

test("what we send is a request Twilio's own description allows", async () => {
  await bench.channel.send(outbound({ text: 'Laporan “diterima” 👍' }))
  const [send] = bench.fake.sends
  expect(await judged(Object.fromEntries(new URLSearchParams(send?.raw)))).toEqual({
    errors: null,
    unknown: [],
  })
})

test('the judge does refuse a request without a receiver, and knows what it does not know', async () => {
  const verdict = await judged({ Body: 'halo', Colour: 'red' })
  expect(JSON.stringify(verdict.errors)).toContain("required property 'To'")
  expect(verdict.unknown).toEqual(['Colour'])
})
