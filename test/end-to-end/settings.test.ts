// A start that must be refused: every mistake at once, each with its cure, and an exit code above 0.

import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../support/gateway-process.ts'
import { inWorld } from '../support/world.ts'

async function withoutPhrase(file: string, key: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(new RegExp(`^${key}:.*$`, 'm'), ''))
}

test('every mistake in settings and city is told at once, with its place, and no secret is repeated', () =>
  inWorld(async (world) => {
    const config = join(world.folder, 'config')
    await cp(join(ROOT, 'config'), config, { recursive: true })
    const categories = join(config, 'categories.yaml')
    const text = await readFile(categories, 'utf8')
    await writeFile(categories, text.replace('agency: DPUPR', 'agency: NOBODY'))
    await withoutPhrase(join(config, 'phrases', 'id.yaml'), 'notice_assign')
    await withoutPhrase(join(config, 'phrases', 'en.yaml'), 'ask_which')
    const wrong = {
      ...{
        TWILIO_AUTH_TOKEN: undefined,
        TWILIO_FROM: '',
        PUBLIC_URL: undefined,
        PORT: 'seventeen',
      },
      ...{ DATA_KEY: 'tooshortandsecret', COORDINATORS: 'sms:+62811,+628110000001' },
      ...{ KENTONGAN_CLOCK_OFFSET_MS: 'tomorrow', LOG_LEVEL: 'loud' },
    }
    const start = world.spawn({ env: { ...world.env(), ...wrong, CONFIG_DIR: config } })
    expect(await start.ended()).toBeGreaterThan(0)
    const why = start.stderr()
    for (const name of Object.keys(wrong)) expect(why).toContain(name)
    expect(why).not.toContain('tooshortandsecret')
    expect(why).not.toContain('8110000001')
    expect(why).toMatch(/categories\.yaml.*\d+.*NOBODY/)
    expect(why).toMatch(/id\.yaml:\d+: .*"notice_assign" is missing/)
    expect(why).toMatch(/en\.yaml:\d+: .*"ask_which" is missing\. Add it/)
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
