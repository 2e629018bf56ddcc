// The detail of /health: how each account fares, also before the last start, what is wrong, what reached nobody.

import { expect, test } from '@jest/globals'
import type { ChannelHealth } from '../src/channels/channel.ts'
import { accountsSeen, healthDetail } from '../src/health.ts'
import type { AccountPast } from '../src/store/watch-port.ts'
import { referenceCity } from './support/city.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 2, minute))
const { city } = referenceCity()

const channel = (health: Partial<ChannelHealth>) => ({
  ...({ name: 'sms', account: 'twilio', buttons: false } as const),
  start: async () => {},
  send: async () => ({ outcome: 'window-closed' }) as const,
  stop: async () => {},
  check: async () => ({ ok: true, detail: '' }),
  health: (): ChannelHealth => ({
    ...({ state: 'up', since: at(0), lastIn: null, lastOut: null, why: null } as const),
    ...health,
  }),
})

const past: AccountPast = {
  ...{ account: 'twilio', lastIn: at(-30), lastOut: at(5) },
  alarms: { down: null, silent: null },
}

const detailOf = (health: Partial<ChannelHealth>, known: AccountPast | null) => {
  const seen = accountsSeen([channel(health)], { past: () => known })
  const counts = async () => ({
    ...{ stuck: 0, orphanReceipts: 0, complaints: {}, overdue: {}, pending: {} },
    ...{ failed: 1, expired: 0 },
    media: { wanted: 0, oldestSeconds: 0, failing: 0, wipes: 0 },
    undelivered: [
      { ticket: '12345674', kind: 'assign', channel: 'sms', at: at(1), reason: 'gone' } as const,
    ],
  })
  return healthDetail({ seen, counts, city, warnings: () => [] }, at(9))
}

test('the last in and out are the latest of any process, told or not', async () => {
  const { channels } = await detailOf({ lastIn: at(1) }, past)
  expect(channels).toEqual([
    {
      ...{ channel: 'sms', account: 'twilio', state: 'up', why: null },
      ...{ since: '2026-11-25T10:00:00.000+08:00', last_in: '2026-11-25T10:01:00.000+08:00' },
      ...{ last_out: '2026-11-25T10:05:00.000+08:00', down_told: null, silent_told: null },
    },
  ])
  expect((await detailOf({}, null)).channels[0]?.last_in).toBeNull()
})

test('an incident is among the warnings, with why', async () => {
  const down = { ...past, alarms: { down: at(7), silent: at(8) } }
  const told = await detailOf({ state: 'down', why: 'no answer' }, down)
  expect(told.channels[0]?.down_told).toBe('2026-11-25T10:07:00.000+08:00')
  const about = told.warnings.filter((text) => text.startsWith('twilio '))
  expect(about).toEqual([
    'twilio cannot carry messages (no answer).',
    'twilio is silent where it used to be busy. Send it a message to try.',
  ])
})

test('what reached nobody is listed by ticket', async () => {
  const { undelivered } = await detailOf({}, past)
  const when = '2026-11-25T10:01:00.000+08:00'
  const told = { ticket: '12345674', kind: 'assign', channel: 'sms', at: when, reason: 'gone' }
  expect(undelivered).toEqual([told])
})
