// A graceful stop under load: what was acknowledged is kept, what was not is refused, and it ends with 0 in time.

import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { eventually, within } from '../support/gateway-process.ts'
import { diceOf, openStream } from '../support/stream.ts'
import { inWorld, MORNING } from '../support/world.ts'

const LATER = new Date(Date.parse(MORNING) + 300_000).toISOString()

test('SIGTERM under a stream of messages ends with 0 within 10 s and loses nothing acknowledged', () =>
  inWorld(async (world) => {
    world.twilio.answerBy(() => ({ type: 'accept', afterMs: 20 }))
    const stream = openStream(8, diceOf(7))
    const gateway = await world.start()
    stream.use(gateway)
    await within(world.twilio.sendCount(60), 30_000, () => `only ${world.twilio.sends.length}`)
    expect(await gateway.stop()).toBe(0)
    const kept = stream.written.filter(({ files, acknowledged }) => files && acknowledged)
    expect(kept.length).toBeGreaterThan(10)

    const again = await world.start({ at: LATER })
    const texts = (await again.complaints()).map(({ text }) => text ?? '')
    for (const { mark } of kept) {
      const stored = texts.filter((text) => text.endsWith(mark)).length
      expect({ mark, stored }).toEqual({ mark, stored: 1 })
    }
    stream.use(again)
    await stream.finish()
    // What was being sent when it was told to stop was settled, not sent again.
    const ids = world.twilio.sends.map(({ statusCallback }) => statusCallback)
    expect(new Set(ids).size).toBe(ids.length)
    expect(await again.stop()).toBe(0)
  }))

test('a provider that never answers does not hold the stop beyond 10 s', () =>
  inWorld(async (world) => {
    const gateway = await world.start()
    world.twilio.answerBy(() => ({ type: 'hang' }))
    await gateway.sms('+6281210006001', 'BANJARMASIN got mampet di kuin utara')
    await world.replies('+6281210006001', 1)
    expect(await gateway.stop()).toBe(0)
  }))

test('SIGTERM while it is still starting ends it with 0 as well', () =>
  inWorld(async (world) => {
    const url = `sqlite:${join(world.folder, 'new', 'k.db')}`
    const start = world.spawn({ env: { PORT: '0', DATABASE_URL: url } })
    await start.prints(/made a key/)
    start.signal('SIGTERM')
    expect(await start.ended(10_000)).toBe(0)
  }))

test('SIGTERM while a channel still waits for its first answer ends it with 0 as well', () =>
  inWorld(async (world) => {
    const telegram = await startFakeTelegram()
    world.atClose(() => void telegram.stop())
    telegram.answerBy(() => ({ type: 'hang' }))
    const channel = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url }
    const start = world.spawn({ env: world.env({ env: channel }) })
    await eventually(
      async () => telegram.calls.length,
      (calls) => calls > 0,
    )
    start.signal('SIGTERM')
    expect([await start.ended(10_000), start.stderr()]).toEqual([0, ''])
  }))
