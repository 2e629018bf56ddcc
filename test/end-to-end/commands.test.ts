// The operator's commands beside a running gateway, without one, and where something is wrong. Inside the test, as a
// process where the process is the point; the gateway is always one.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { DECIDING_THAT_THROWS } from '../support/breaking.ts'
import type { Gateway } from '../support/gateway.ts'
import { operateIn } from '../support/operator-beside.ts'
import { sharedGateway } from '../support/shared-world.ts'
import { inWorld } from '../support/world.ts'

const CITIZEN = '+6281210005001'
const OTHER = '+6281210005002'

async function files(gateway: Gateway, from: string, words: string): Promise<void> {
  expect(await gateway.sms(from, `BANJARMASIN ${words}`)).toBe(200)
}

describe('beside a running gateway', () => {
  const shared = sharedGateway()
  const command = (args: readonly string[], env = {}) => operateIn(shared.world, args, env)
  /** Another database, which is not there. */
  const nowhere = () => ({ DATABASE_URL: `sqlite:${join(shared.world.folder, 'new', 'k.db')}` })

  test('check finds everything in order and sends nothing', async () => {
    await files(shared.gateway, CITIZEN, 'lampu jalan padam di jl kuin selatan')
    await shared.world.replies(CITIZEN, 2)
    const sent = shared.world.twilio.sends.length
    const check = shared.world.spawn({ args: ['check'] })
    check.endInput()
    const code = await check.ended()
    const out = check.stdout()
    expect(out).toMatch(/^ok {5}database: .* \(a gateway runs on it\): 1 complaints/m)
    expect(out).toMatch(/^ok {5}sms through twilio: the Twilio account is active/m)
    expect(out).toMatch(/^ok {5}city: Kota Banjarmasin/m)
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('All is in order.') })
    expect(shared.world.twilio.sends).toHaveLength(sent)
    await files(shared.gateway, OTHER, 'got mampet di kuin utara')
  })

  test('check names everything that is wrong at once, each with its cure', async () => {
    const { code, out } = await command(['check'], {
      ...{ PORT: 'abc', TWILIO_FROM: undefined, CONFIG_DIR: join(shared.world.folder, 'none') },
      DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    })
    expect(code).toBe(1)
    expect(out).toMatch(/^WRONG {2}setting: PORT: /m)
    expect(out).toMatch(/^WRONG {2}setting: TWILIO_FROM: missing/m)
    expect(out).toMatch(/^WRONG {2}city: /m)
    expect(out).toMatch(/^WRONG {2}database: DATA_KEY does not fit/m)
  })

  test('check tells of a provider that refuses us, and makes no database that is not there', async () => {
    shared.world.twilio.setAccountStatus('suspended')
    const { code, out } = await command(['check'], nowhere())
    shared.world.twilio.setAccountStatus('active')
    expect(code).toBe(1)
    expect(out).toMatch(/^WRONG {2}sms through twilio: the Twilio account is suspended/m)
    expect(out).toMatch(/^ok {5}database: .* is not there yet; the first start makes it/m)
    expect(existsSync(join(shared.world.folder, 'new'))).toBe(false)
  })

  test('export tells complaints without identities, and leaves a line in the audit trail', async () => {
    const [phone, secret] = ['+6281210005003', '+6281210005004']
    await files(shared.gateway, phone, 'sampah menumpuk di kuin utara, hubungi 0812 1000 5003')
    await files(shared.gateway, secret, 'RAHASIA jalan berlubang di pekauman dekat rumah saya')
    const csv = await command(['export', '--since', '2026-11-25', '--until', '2026-11-25'])
    expect(csv.code).toBe(0)
    expect(csv.out).toMatch(/hubungi \*\*\*\*/)
    expect(csv.out).not.toMatch(/5003|5004|8121|berlubang|dekat rumah/)
    const jsonl = await command(['export', '--format', 'jsonl'])
    const rows = jsonl.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const filed = await shared.gateway.complaints()
    expect(rows.map(({ ticket }) => ticket)).toEqual(filed.map(({ ticket }) => ticket).reverse())
    for (const { confidential, text } of rows) expect(text === null).toBe(confidential)
    expect(rows.some(({ confidential }) => confidential)).toBe(true)
    const db = new Database(shared.world.database, { readonly: true })
    const audit = db.prepare("select detail from audit where action = 'export'").pluck().all()
    db.close()
    expect(audit.map((detail) => JSON.parse(String(detail)).format)).toEqual(['csv', 'jsonl'])
  })

  test('retain applies the rules', async () => {
    const later = String(Date.parse('2028-11-25T10:00:00+08:00') - Date.now())
    const { code, out } = await command(['retain'], { KENTONGAN_CLOCK_OFFSET_MS: later })
    expect(code).toBe(0)
    expect(out).toMatch(/^0 complaints, over for 365 days, parted from their people$/m)
  })

  test('replay is refused, and says what to do', async () => {
    const { code, err } = await command(['replay'])
    expect(code).toBe(1)
    expect(err).toMatch(/is in use by another gateway; stop that one first/)
  })
})

describe('replay', () => {
  test('decides what was stuck, and the answer goes to the person once the gateway runs', () =>
    inWorld(async (world) => {
      const broken = await world.start({
        preload: DECIDING_THAT_THROWS,
        env: { STUMBLE_AT: 'tersandung' },
      })
      await files(broken, CITIZEN, 'lampu jalan padam tersandung di jl kuin selatan')
      await files(broken, OTHER, 'got mampet tersandung di pekauman')
      await world.replies(CITIZEN, 1)
      await world.replies(OTHER, 1)
      expect(await broken.stop()).toBe(0)

      const still = world.spawn({
        args: ['replay', '--stuck'],
        env: { ...world.env(), STUMBLE_AT: 'pekauman' },
        preload: DECIDING_THAT_THROWS,
      })
      expect(await still.ended()).toBe(1)
      expect(still.stdout()).toBe('1 stuck messages were decided; 1 are still stuck\n')
      expect(await operateIn(world, ['replay'])).toMatchObject({
        code: 0,
        out: '1 stuck messages were decided; 0 are still stuck\n',
      })

      const mended = await world.start({ at: '2026-11-25T10:05:00+08:00' })
      expect((await world.replies(CITIZEN, 2))[1]).toMatch(/diterima, ID/)
      expect((await world.replies(OTHER, 2))[1]).toMatch(/diterima, ID/)
      expect(await mended.complaints()).toHaveLength(2)
      expect((await mended.http('/metrics')).text).toMatch(/^kentongan_stuck_messages 0$/m)
      expect(await mended.stop()).toBe(0)
    }))
})
