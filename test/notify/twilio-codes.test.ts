// Each of Twilio's error codes from the wire to the outbox: sent, refused, settled, and when it is tried again.
// The table is written by hand from the provider's rules; it shares nothing with the adapter's own.

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { createTwilio } from '../../src/channels/sms/twilio/twilio.ts'
import { type FakeTwilio, startFakeTwilio } from '../support/fake-twilio.ts'
import { ANA, desks, later, MORNING, says } from './support/send-desk.ts'

const HOUR_S = 3_600

/** Seconds until the next attempt: not before the first, by the second at the latest; null: never again. */
type Again = { readonly after: number; readonly by: number; readonly attempts: number } | null

const BACKOFF: Again = { after: 0.9, by: 5, attempts: 1 }
const SUSPENDED: Again = { after: 59, by: 60, attempts: 0 }

const permanent = [21211, 21408, 21612, 21614, 21617, 30004, 30005, 30006, 30007, 63024, 21610]
const transient = [30001, 21611, 30003, 30008, 30410, 63017]

const rows: readonly (readonly [code: number, status: number, again: Again])[] = [
  ...permanent.map((code) => [code, 400, null] as const),
  ...transient.map((code) => [code, 400, BACKOFF] as const),
  [20429, 429, { after: 29, by: 30, attempts: 0 }],
  [20003, 401, SUSPENDED],
  [30002, 400, SUSPENDED],
  [12345, 400, BACKOFF],
]

describe('a send that Twilio refuses with', () => {
  const desk = desks()
  let fake: FakeTwilio
  const channels: { stop(): Promise<void> }[] = []
  beforeAll(async () => {
    fake = await startFakeTwilio()
  })
  afterEach(async () => {
    for (const channel of channels.splice(0)) await channel.stop()
  })
  afterAll(() => fake.stop())

  test.each(rows)(
    '%i (HTTP %i) is settled and tried again as it says',
    async (code, status, again) => {
      const twilio = createTwilio({
        ...{ accountSid: fake.accountSid, authToken: fake.authToken, from: '+15005550006' },
        ...{ apiUrl: fake.url, publicUrl: 'https://lapor.example.go.id', clock: () => MORNING },
        log: pino({ level: 'silent' }),
      })
      channels.push(twilio)
      await twilio.start(async () => {})
      fake.answer({ type: 'refuse', status, code, ...(status === 429 ? { retryAfter: '30' } : {}) })
      const d = await desk({ channels: [twilio] })
      await says(ANA, d, { text: 'a' })
      await d.outbox.drain()

      const leased = (seconds: number) => d.store.leaseDue(later(seconds), 1_000, 16)
      const { failed } = await d.store.counts(MORNING)
      expect(failed).toBe(again === null ? 1 : 0)
      if (again === null) {
        expect(await leased(23 * HOUR_S)).toEqual([])
        return
      }
      expect(await leased(again.after)).toEqual([])
      expect(await leased(again.by)).toMatchObject([{ text: 'a', attempts: again.attempts }])
    },
  )
})
