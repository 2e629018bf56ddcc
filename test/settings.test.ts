// What the environment says becomes Settings, or one list of everything that is wrong with it.

import { describe, expect, test } from '@jest/globals'
import { readSettings, type Settings } from '../src/settings.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const TWILIO = {
  PUBLIC_URL: 'https://lapor.example.org/',
  DATA_KEY: KEY,
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001',
  TWILIO_AUTH_TOKEN: 'secret-token',
  TWILIO_FROM: '+12025550100',
}

function settingsOf(env: Record<string, string>): Settings {
  const read = readSettings(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.settings
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const read = readSettings(env)
  return 'problems' in read ? read.problems : []
}

describe('with nothing set', () => {
  test('it listens on loopback, keeps its data under data/ and has no channel', () => {
    const settings = settingsOf({})
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 1708,
      databaseUrl: 'sqlite:data/kentongan.db',
      configDir: 'config',
      mediaDir: 'data/media',
      shortCode: '1708',
      twilio: null,
      apiToken: null,
      dataKey: null,
    })
  })

  test('it warns that nobody is pinged', () => {
    expect(settingsOf({}).warnings).toEqual([expect.stringContaining('COORDINATORS')])
  })

  test('an empty value is as good as none', () => {
    expect(settingsOf({ PORT: ' ', API_TOKEN: '' })).toMatchObject({ port: 1708, apiToken: null })
  })
})

describe('with Twilio', () => {
  test('all it needs turns it on', () => {
    const settings = settingsOf(TWILIO)
    expect(settings.twilio).toMatchObject({ accountSid: TWILIO.TWILIO_ACCOUNT_SID, apiUrl: null })
    expect(settings.publicUrl).toBe('https://lapor.example.org')
    expect(settings.dataKey).toHaveLength(32)
  })

  for (const name of Object.keys(TWILIO)) {
    test(`without ${name} it refuses and names it`, () => {
      const { [name]: _gone, ...rest } = TWILIO as Record<string, string>
      expect(problemsOf(rest)).toEqual([expect.stringMatching(new RegExp(`^${name}: missing`))])
    })
  }
})

describe('WhatsApp', () => {
  const CLOUD = {
    ...{ DATA_KEY: KEY, WHATSAPP_CLOUD_TOKEN: 'EAAG', WHATSAPP_CLOUD_APP_SECRET: 'abc' },
    ...{ WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922', WHATSAPP_CLOUD_VERIFY_TOKEN: 'x' },
  }

  test('is on with its four settings', () => {
    expect(settingsOf(CLOUD).whatsAppCloud).toEqual({
      ...{ token: 'EAAG', appSecret: 'abc', verifyToken: 'x' },
      ...{ phoneNumberId: '106540352242922', apiUrl: null, businessAccountId: null },
    })
  })

  test('may be given whose templates to look at; alone that turns nothing on', () => {
    const account = { WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID: '102290129340398' }
    const { whatsAppCloud } = settingsOf({ ...CLOUD, ...account })
    expect(whatsAppCloud?.businessAccountId).toBe('102290129340398')
    for (const wrong of [account, { ...CLOUD, WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID: 'Kota' }])
      expect(readSettings(wrong)).toHaveProperty('problems')
  })

  test('half given, or with the number in place of its id, it names what is wrong', () => {
    const { WHATSAPP_CLOUD_APP_SECRET: _, ...half } = CLOUD
    const number = { ...half, WHATSAPP_CLOUD_PHONE_NUMBER_ID: '+62811' }
    const read = readSettings(number)
    const problems = 'problems' in read ? read.problems.join('\n') : ''
    expect(problems).toMatch(/WHATSAPP_CLOUD_APP_SECRET.*missing/)
    expect(problems).toMatch(/WHATSAPP_CLOUD_PHONE_NUMBER_ID.*digits only/)
  })
})

describe('with Telegram', () => {
  const TELEGRAM = { DATA_KEY: KEY, TELEGRAM_BOT_TOKEN: '7000000001:AAtoken_of-tests' }
  const HOOK = { TELEGRAM_WEBHOOK_SECRET: 'secret-token' }

  test('its token turns it on, by long polling from Telegram itself', () => {
    const { telegram } = settingsOf(TELEGRAM)
    const token = TELEGRAM.TELEGRAM_BOT_TOKEN
    expect(telegram).toEqual({ token, apiRoot: null, webhookSecret: null })
  })

  test('a secret without PUBLIC_URL is warned of: it is polled all the same', () => {
    const { warnings, telegram } = settingsOf({ ...TELEGRAM, ...HOOK })
    expect(warnings).toContainEqual(expect.stringContaining('TELEGRAM_WEBHOOK_SECRET'))
    expect(telegram?.webhookSecret).toBe('secret-token')
    const whole = settingsOf({ ...TELEGRAM, ...HOOK, PUBLIC_URL: TWILIO.PUBLIC_URL })
    expect(whole.warnings.join()).not.toContain('TELEGRAM')
  })

  test.each([
    ['http://lapor.example.go.id', true],
    ['https://lapor.example.go.id:8080/gw', true],
    ['https://lapor.example.go.id:8443/gw', false],
    ['https://lapor.example.go.id/gw:8080', false],
  ])('a webhook at %s is warned of: %s', (publicUrl, warned) => {
    const hook = { ...TELEGRAM, ...HOOK, PUBLIC_URL: publicUrl }
    const warns = (given: object) => settingsOf({ ...hook, ...given }).warnings.join()
    expect(warns({}).includes('Telegram posts only to https://')).toBe(warned)
    // A Bot API server of one's own posts anywhere.
    expect(warns({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).not.toContain('posts only')
  })

  test('its coordinators can be reached', () => {
    const { warnings } = settingsOf({ ...TELEGRAM, COORDINATORS: 'telegram:5001' })
    expect(warnings).toEqual([])
  })

  test.each([
    ['no DATA_KEY', { TELEGRAM_BOT_TOKEN: TELEGRAM.TELEGRAM_BOT_TOKEN }, 'DATA_KEY'],
    ['a secret alone', HOOK, 'TELEGRAM_BOT_TOKEN'],
    ['an address alone', { TELEGRAM_API_ROOT: 'http://localhost:1' }, 'TELEGRAM_BOT_TOKEN'],
    ['half a token', { ...TELEGRAM, TELEGRAM_BOT_TOKEN: 'AAtoken' }, 'TELEGRAM_BOT_TOKEN'],
    ['no address', { ...TELEGRAM, TELEGRAM_API_ROOT: 'localhost' }, 'TELEGRAM_API_ROOT'],
    ['odd signs', { ...TELEGRAM, TELEGRAM_WEBHOOK_SECRET: 'a b' }, 'TELEGRAM_WEBHOOK_SECRET'],
  ])('%s is refused by name', (_what, env, name) => {
    const problems = problemsOf({ DATA_KEY: KEY, ...env })
    const expected = [expect.stringMatching(new RegExp(`^${name}: `))]
    expect(name === 'DATA_KEY' ? problemsOf(env) : problems).toEqual(expected)
  })
})

describe('WhatsApp by a linked phone', () => {
  const ON = { WHATSAPP_BAILEYS: 'on', DATA_KEY: KEY }

  test('is on by QR, or with a number by code; and says at every start what it costs', () => {
    expect(settingsOf(ON).whatsAppBaileys).toEqual({ number: null, url: null })
    const more = { WHATSAPP_BAILEYS_NUMBER: '+628111234567', WHATSAPP_BAILEYS_URL: 'ws://[::1]:1/' }
    const given = { number: '628111234567', url: 'ws://[::1]:1/' }
    expect(settingsOf({ ...ON, ...more }).whatsAppBaileys).toEqual(given)
    expect(settingsOf(ON).warnings.join()).toMatch(/may ban .* GPL-3\.0/)
  })

  test('is off unless asked for, also where its number is kept for later', () => {
    expect(settingsOf({}).whatsAppBaileys).toBeNull()
    const off = { WHATSAPP_BAILEYS: 'off', WHATSAPP_BAILEYS_NUMBER: '628111234567' }
    expect(settingsOf(off)).toMatchObject({ whatsAppBaileys: null, dataKey: null })
  })

  test.each([
    ['no key', { WHATSAPP_BAILEYS: 'on' }, 'DATA_KEY'],
    [
      'a number alone',
      { WHATSAPP_BAILEYS_NUMBER: '628111234567', DATA_KEY: KEY },
      'WHATSAPP_BAILEYS',
    ],
    [
      'a number without its country',
      { ...ON, WHATSAPP_BAILEYS_NUMBER: '08111234567' },
      'WHATSAPP_BAILEYS_NUMBER',
    ],
    ['no WebSocket', { ...ON, WHATSAPP_BAILEYS_URL: 'https://localhost' }, 'WHATSAPP_BAILEYS_URL'],
  ])('%s is refused by name', (_what, env: Record<string, string>, name) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name}: `))])
  })
})

describe('what is wrong', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'lapor.example.org'],
    ['PUBLIC_URL', 'https://lapor.example.org/?from=twilio'],
    ['PUBLIC_URL', 'https://lapor.example.org/#rc=5'],
    ['PUBLIC_URL', 'https://name:password@lapor.example.org'],
    ['DATABASE_URL', 'data/kentongan.db'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite://kentongan.db'],
    ['DATABASE_URL', 'sqlite:~/kentongan.db'],
    ['DATABASE_URL', 'postgres://name:password@localhost'],
    ['DATABASE_URL', 'postgres://name:pass#word@localhost/kentongan'],
    ['DATA_KEY', 'c2hvcnQ='],
    ['DATA_KEY', `${KEY.slice(0, -4)} spaces in it`],
    ['COORDINATORS', '+628111234567'],
    ['COORDINATORS', 'sms:0811123456'],
    ['KENTONGAN_CLOCK_OFFSET_MS', 'tomorrow'],
    ['LOG_LEVEL', 'loud'],
    ['SMS_OUT', 'kannel'],
    ['WHATSAPP_BAILEYS', 'yes'],
    ['WHATSAPP_BAILEYS', 'On please'],
  ]
  for (const [name, value] of wrong) {
    test(`${name}=${value} is refused by name`, () => {
      expect(problemsOf({ [name]: value })).toEqual([
        expect.stringMatching(new RegExp(`^${name}: `)),
      ])
    })
  }

  test('everything is told in one go', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'x', TWILIO_FROM: '+12025550100' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'PORT',
      'PUBLIC_URL',
      'DATA_KEY',
      'LOG_LEVEL',
    ])
  })

  for (const from of ['hello', '0811123456', '12025550100', 'sms:+12025550100']) {
    test(`TWILIO_FROM=${from} is no sender`, () => {
      expect(problemsOf({ ...TWILIO, TWILIO_FROM: from })).toEqual([
        expect.stringMatching(/^TWILIO_FROM: /),
      ])
    })
  }

  test('a secret is never repeated', () => {
    const problems = problemsOf({
      DATA_KEY: 'hunter2hunter2',
      TELEGRAM_BOT_TOKEN: 'bot99 hunter2',
      PUBLIC_URL: 'https://lapor:hunter2@lapor.example.org',
      DATABASE_URL: 'postgres://kentongan:hunter2@localhost',
    })
    expect(problems).toHaveLength(4)
    expect(problems.join()).not.toContain('hunter2')
  })
})

test('coordinators may be on several channels, parted by commas', () => {
  const { coordinators } = settingsOf({ COORDINATORS: 'sms:+628111234567, telegram:12345,' })
  expect(coordinators).toEqual(['sms:+628111234567', 'telegram:12345'])
})

test('a coordinator on WhatsApp is named as WhatsApp does, with a plus or without', () => {
  const { coordinators } = settingsOf({ COORDINATORS: 'whatsapp:+628111234567' })
  expect(coordinators).toEqual(['whatsapp:628111234567'])
})

test('a shifted clock is warned of', () => {
  const { warnings, clockOffsetMs } = settingsOf({ KENTONGAN_CLOCK_OFFSET_MS: '-86400000' })
  expect(clockOffsetMs).toBe(-86_400_000)
  expect(warnings).toContainEqual(expect.stringContaining('KENTONGAN_CLOCK_OFFSET_MS'))
})
