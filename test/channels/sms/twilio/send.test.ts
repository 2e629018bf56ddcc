// Sending through the real Twilio library against a fake Twilio on loopback: every code, every silence.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { SendResult } from '../../../../src/channels/channel.ts'
import { CODES, judgeReceipt } from '../../../../src/channels/sms/twilio/codes.ts'
import { FAKE_NUMBER } from '../../../support/fake-twilio.ts'
import { type Bench, NOW, openBench, outbound, PUBLIC } from './harness.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

describe('A message is sent', () => {
  test('by the configured number, with our id in the receipt URL', async () => {
    const result = await bench.channel.send(outbound())
    const [send] = bench.fake.sends
    expect(result).toEqual({ outcome: 'accepted', providerIds: [send?.sid] })
    expect(send).toMatchObject({
      to: '+6281234567890',
      from: FAKE_NUMBER,
      body: 'Laporan diterima, ID 12345670.',
      statusCallback: `${PUBLIC}/channels/sms/twilio/receipts?id=0b5f6e0a-4d7e-4c1e-9c3a-0d6c1c6f2a11#rc=5&rp=all`,
    })
  })

  test('through a Messaging Service when the sender is the SID of one', async () => {
    const other = await openBench({ from: `MG${'2'.repeat(32)}` })
    await other.channel.send(outbound())
    expect(other.fake.sends[0]?.raw).toContain(`MessagingServiceSid=MG${'2'.repeat(32)}`)
    expect(new URLSearchParams(other.fake.sends[0]?.raw).has('From')).toBe(false)
    await other.close()
  })

  test('in GSM-7 where the typography allows it', async () => {
    await bench.channel.send(outbound({ text: '“Sudah” – selesai…' }))
    expect(bench.fake.sends[0]?.body).toBe('"Sudah" - selesai...')
  })

  test('in numbered parts when it is longer than 1,600 characters', async () => {
    const result = await bench.channel.send(outbound({ text: 'kata '.repeat(700) }))
    const bodies = bench.fake.sends.map(({ body }) => body)
    expect(bodies.map((body) => body.slice(0, 6))).toEqual(['(1/3) ', '(2/3) ', '(3/3) '])
    expect(Math.max(...bodies.map((body) => body.length))).toBeLessThanOrEqual(1600)
    expect(result).toEqual({
      outcome: 'accepted',
      providerIds: bench.fake.sends.map(({ sid }) => sid),
    })
  })

  test('and goes on with the part that is still to go', async () => {
    bench.fake.answer(
      { type: 'accept' },
      { type: 'refuse', status: 429, code: 20429, retryAfter: '7' },
    )
    const long = outbound({ text: 'kata '.repeat(700) })
    expect(await bench.channel.send(long)).toEqual({
      outcome: 'partly',
      providerIds: [bench.fake.sends[0]?.sid],
      nextPart: 1,
      reason: 'HTTP 429, code 20429: too many requests',
      afterMs: 7000,
    })
    await bench.channel.send({ ...long, nextPart: 1 })
    expect(bench.fake.sends.map(({ body }) => body.slice(0, 6))).toEqual([
      '(1/3) ',
      '(2/3) ',
      '(3/3) ',
    ])
  })

  test('one after the other over one kept connection', async () => {
    for (let sent = 0; sent < 5; sent += 1) await bench.channel.send(outbound())
    expect(new Set(bench.fake.sends.map(({ port }) => port)).size).toBe(1)
  })

  test('a page in place of a success leaves it unknown whether it went', async () => {
    bench.fake.answer({ type: 'page', status: 200 })
    expect((await bench.channel.send(outbound())).outcome).toBe('unknown')
  })

  test('never to letters or a short code', async () => {
    const result = await bench.channel.send(outbound({ to: 'sms:TELKOMSEL' }))
    expect(result.outcome).toBe('rejected')
    expect(bench.fake.sends).toHaveLength(0)
  })
})

describe('A refusal becomes an outcome', () => {
  /** One row for each code named in channels.md, as Twilio sends it: HTTP status, code. */
  const rows: readonly [number, number, SendResult['outcome']][] = [
    [400, 21211, 'rejected'],
    [400, 21408, 'rejected'],
    [400, 21612, 'rejected'],
    [400, 21614, 'rejected'],
    [400, 21617, 'rejected'],
    [400, 30004, 'rejected'],
    [400, 30005, 'rejected'],
    [400, 30006, 'rejected'],
    [400, 30007, 'rejected'],
    [400, 63024, 'rejected'],
    [400, 21610, 'opted-out'],
    [429, 20429, 'throttled'],
    [400, 30001, 'retry'],
    [400, 21611, 'retry'],
    [400, 30003, 'retry'],
    [400, 30008, 'retry'],
    [400, 30410, 'retry'],
    [400, 63017, 'retry'],
    [401, 20003, 'suspended'],
    [403, 30002, 'suspended'],
    [400, 99999, 'retry'],
  ]
  test.each(rows)('HTTP %i with code %i is %s', async (status, code, outcome) => {
    bench.fake.answer({ type: 'refuse', status, code })
    expect((await bench.channel.send(outbound())).outcome).toBe(outcome)
  })

  test('and the table holds those codes and no other', () => {
    const named = rows.map(([, code]) => code).filter((code) => code !== 99999)
    expect(CODES.map(({ code }) => code).sort()).toEqual(named.sort())
  })

  const bare: readonly [number, SendResult['outcome']][] = [
    [429, 'throttled'],
    [401, 'suspended'],
    [403, 'suspended'],
    [404, 'suspended'],
    [400, 'retry'],
    [302, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
    [504, 'unknown'],
  ]
  test.each(bare)('HTTP %i without a code is %s', async (status, outcome) => {
    bench.fake.answer({ type: 'refuse', status })
    expect((await bench.channel.send(outbound())).outcome).toBe(outcome)
  })

  test.each([
    ['7', 7000],
    ['Mon, 16 Mar 2026 01:01:30 GMT', 90_000],
  ])("Twilio's own wait, Retry-After: %s, is handed on", async (retryAfter, afterMs) => {
    bench.fake.answer({ type: 'refuse', status: 429, retryAfter })
    expect(await bench.channel.send(outbound())).toEqual({
      outcome: 'throttled',
      reason: 'HTTP 429: too many requests',
      afterMs,
    })
  })

  test('a page of a proxy in place of JSON is tried again', async () => {
    bench.fake.answer({ type: 'page', status: 502 })
    expect((await bench.channel.send(outbound())).outcome).toBe('retry')
  })

  test('and its reason never repeats the number', async () => {
    for (const code of [21211, 20003, 99999]) {
      bench.fake.answer({ type: 'refuse', status: 400, code })
      expect(JSON.stringify(await bench.channel.send(outbound()))).not.toContain('62812')
    }
    expect(bench.logged()).not.toContain('62812')
  })

  test('in a receipt a code we do not know is transient', () => {
    expect(judgeReceipt(99999)).toBe('transient')
    expect(judgeReceipt(null)).toBe('transient')
  })
})

describe('No answer', () => {
  test('none within the time is unknown: it may have been sent', async () => {
    const hasty = await openBench({ timeoutMs: 200 })
    hasty.fake.answer({ type: 'hang' })
    expect(await hasty.channel.send(outbound())).toEqual({
      outcome: 'unknown',
      reason: 'no answer from Twilio (ETIMEDOUT)',
    })
    expect(hasty.channel.health().state).toBe('down')
    await hasty.close()
  })

  test('but a broken line is unknown as well', async () => {
    bench.fake.answer({ type: 'reset' })
    expect((await bench.channel.send(outbound())).outcome).toBe('unknown')
    expect(bench.fake.sends).toHaveLength(1)
    expect(bench.channel.health().state).toBe('down')
  })

  test('a silence after the first part leaves the rest to go, and asks for no pause of the account', async () => {
    bench.fake.answer({ type: 'accept' }, { type: 'reset' })
    const result = await bench.channel.send(outbound({ text: 'kata '.repeat(700) }))
    expect(result).toEqual({
      outcome: 'partly',
      providerIds: [bench.fake.sends[0]?.sid],
      nextPart: 1,
      reason: 'no answer from Twilio (ECONNRESET)',
    })
  })

  test('nobody listening there: nothing was sent, so it is simply tried again', async () => {
    const other = await openBench({ apiUrl: 'http://127.0.0.1:1' })
    expect((await other.channel.send(outbound())).outcome).toBe('retry')
    await other.close()
  })
})

describe('Health and check', () => {
  test('a channel is down until it is started, then up', async () => {
    expect(bench.channel.health()).toMatchObject({ state: 'up', since: NOW, why: null })
  })

  test('a refused account pauses it and says why; a send that works brings it back', async () => {
    bench.fake.answer({ type: 'refuse', status: 401, code: 20003 })
    await bench.channel.send(outbound())
    expect(bench.channel.health()).toMatchObject({
      state: 'paused',
      why: 'HTTP 401, code 20003: the account SID or auth token is not accepted',
      lastOut: null,
    })
    await bench.channel.send(outbound())
    expect(bench.channel.health()).toMatchObject({ state: 'up', why: null, lastOut: NOW })
  })

  test('check looks at the account and sends nothing', async () => {
    expect(await bench.channel.check()).toEqual({
      ok: true,
      detail: 'the Twilio account is active',
    })
    bench.fake.setAccountStatus('suspended')
    expect((await bench.channel.check()).ok).toBe(false)
    expect(bench.fake.sends).toHaveLength(0)
  })

  test('check with a wrong token names the settings to look at', async () => {
    const other = await openBench({ authToken: 'wrong', apiUrl: bench.fake.url })
    expect(await other.channel.check()).toEqual({
      ok: false,
      detail:
        'HTTP 401, code 20003: the account SID or auth token is not accepted. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
    })
    await other.close()
  })

  test('stop waits for the send in hand', async () => {
    bench.fake.answer({ type: 'accept', afterMs: 50 })
    const send = bench.channel.send(outbound())
    await bench.fake.sendCount(1)
    const ended: string[] = []
    await Promise.all([
      send.then(() => ended.push('send')),
      bench.channel.stop().then(() => ended.push('stop')),
    ])
    expect(ended).toEqual(['send', 'stop'])
  })
})
