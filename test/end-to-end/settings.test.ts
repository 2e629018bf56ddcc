// A start that must be refused: every mistake at once, each with its cure, and an exit code above 0.

import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../support/gateway-process.ts'
import { inWorld, type World } from '../support/world.ts'

async function refused(world: World, env: Record<string, string | undefined>): Promise<string> {
  const start = world.spawn({ env: { ...world.env(), ...env } })
  expect(await start.ended()).toBeGreaterThan(0)
  return start.stderr()
}

async function withoutPhrase(file: string, key: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(new RegExp(`^${key}:.*$`, 'm'), ''))
}

test('Twilio half given names each missing setting at once', () =>
  inWorld(async (world) => {
    const why = await refused(world, {
      TWILIO_AUTH_TOKEN: undefined,
      TWILIO_FROM: '',
      PUBLIC_URL: undefined,
      DATA_KEY: undefined,
    })
    for (const name of ['TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'PUBLIC_URL', 'DATA_KEY'])
      expect(why).toContain(name)
  }))

test('wrong values are told together, and no secret is repeated', () =>
  inWorld(async (world) => {
    const why = await refused(world, {
      PORT: 'seventeen',
      DATA_KEY: 'tooshortandsecret',
      COORDINATORS: 'sms:+62811,+628110000001',
      KENTONGAN_CLOCK_OFFSET_MS: 'tomorrow',
      LOG_LEVEL: 'loud',
    })
    for (const name of [
      'PORT',
      'DATA_KEY',
      'COORDINATORS',
      'KENTONGAN_CLOCK_OFFSET_MS',
      'LOG_LEVEL',
    ])
      expect(why).toContain(name)
    expect(why).not.toContain('tooshortandsecret')
    expect(why).not.toContain('8110000001')
  }))

test('a broken city is told with file and line, beside the wrong settings', () =>
  inWorld(async (world) => {
    const config = join(world.folder, 'config')
    await cp(join(ROOT, 'config'), config, { recursive: true })
    const categories = join(config, 'categories.yaml')
    const text = await readFile(categories, 'utf8')
    await writeFile(categories, text.replace('agency: DPUPR', 'agency: NOBODY'))
    await withoutPhrase(join(config, 'phrases', 'id.yaml'), 'notice_assign')
    await withoutPhrase(join(config, 'phrases', 'en.yaml'), 'ask_which')
    const why = await refused(world, { CONFIG_DIR: config, PORT: '-1' })
    expect(why).toMatch(/categories\.yaml.*\d+.*NOBODY/)
    expect(why).toMatch(/id\.yaml:\d+: .*"notice_assign" is missing/)
    expect(why).toMatch(/en\.yaml:\d+: .*"ask_which" is missing\. Add it/)
    expect(why).toMatch(/PORT/)
  }))

test('an unknown command is refused with how to find the right one', () =>
  inWorld(async (world) => {
    const start = world.spawn({ args: ['strat'] })
    expect(await start.ended()).toBeGreaterThan(0)
    expect(start.stderr()).toMatch(/strat/)
  }))

test('without any setting it runs, and says what is off', () =>
  inWorld(async (world) => {
    const start = world.spawn({
      env: { PORT: '0', DATABASE_URL: `sqlite:${join(world.folder, 'fresh', 'new.db')}` },
    })
    const [, port] = await start.prints(/listening on http:\/\/127\.0\.0\.1:(\d+)/)
    const health = await fetch(`http://127.0.0.1:${port}/health`)
    expect(health.status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${port}/api/complaints`)).status).toBe(404)
    await start.prints(/TWILIO_ACCOUNT_SID/)
    await start.prints(/npm run chat/)
    start.signal('SIGTERM')
    expect(await start.ended(10_000)).toBe(0)
  }))
