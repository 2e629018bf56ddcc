// The two weeks of city-desk.txt once more, through the real process with Twilio and Telegram played at the wire.
// What everybody hears is what stands in the script; each `at:` is a new start of the gateway at that moment.

import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { type FakeTelegram, startFakeTelegram } from '../support/fake-telegram.ts'
import type { Gateway } from '../support/gateway.ts'
import { eventually } from '../support/gateway-process.ts'
import { pressUpdate, textUpdate } from '../support/telegram/updates.ts'
import { inWorld, MORNING, type World } from '../support/world.ts'

const SCRIPT = readFileSync(new URL('transcripts/city-desk.txt', import.meta.url), 'utf8')
const FIRST = 40_000_001

interface Play {
  readonly world: World
  readonly telegram: FakeTelegram
  readonly people: Map<string, { readonly chat: number | null; readonly number: string }>
  readonly tickets: string[]
  gateway: Gateway
  at: string
  /** How many messages were looked at. */
  seen: { sms: number; chat: number }
}

test(
  'the two weeks of the city go through the real process as they are written',
  () =>
    inWorld(async (world) => {
      const telegram = await startFakeTelegram()
      try {
        const at = MORNING
        const gateway = await world.start({ at, env: envOf(telegram) })
        const seen = { sms: 0, chat: 0 }
        const play: Play = { world, telegram, people: new Map(), tickets: [], gateway, at, seen }
        const went: string[] = []
        const written: string[] = []
        for (const [line, expected] of steps()) {
          await carriedOut(play, line)
          written.push(line, ...[...expected].sort())
          went.push(line, ...(await heard(play, expected.length)))
        }
        expect(went).toEqual(written)
        expect(await play.gateway.stop()).toBe(0)
      } finally {
        await telegram.stop()
      }
    }),
  180_000,
)

function envOf(telegram: FakeTelegram): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    COORDINATORS: '',
  }
}

/** Each line with what is heard because of it. */
function steps(): readonly (readonly [line: string, heard: readonly string[]])[] {
  const all: [string, string[]][] = []
  for (const line of timeless(SCRIPT).split('\n')) {
    const heard = all.at(-1)?.[1] ?? []
    if (/^ {2}>/.test(line)) heard.push(line.slice(4))
    else if (/^ {2}\|/.test(line)) heard.push(`${heard.pop()}\n${line.slice(4)}`)
    else if (line !== '' && !/^#|^ {2}\[/.test(line)) all.push([line, []])
  }
  return all
}

async function carriedOut(play: Play, line: string): Promise<void> {
  const { world, telegram, people } = play
  const [, name = '', channel = '', role = '', agency = ''] =
    /^(\w+) \((sms|telegram)(?:, (\w+)(?: of (\w+))?)?\)$/.exec(line) ?? []
  if (name !== '') {
    const n = FIRST + people.size
    people.set(name, { chat: channel === 'telegram' ? n : null, number: `+628${n}` })
    if (role !== '') await speak(play, name, `DAFTAR ${await codeFor(play, name, role, agency)}`)
    return
  }
  const [, who = '', words = ''] = /^(\w+): (.*)$/.exec(line) ?? []
  if (who !== 'at') return speak(play, who, words)
  await play.gateway.stop()
  play.at = `${words.replace(' ', 'T').replace('.', ':')}:00+08:00`
  play.gateway = await world.start({ at: play.at, env: envOf(telegram) })
}

/** As the operator invites, beside the running gateway. */
async function codeFor({ world, telegram, at }: Play, name: string, role: string, agency: string) {
  const args = ['invite', '--role', role, '--name', name]
  const more = agency === '' ? [] : ['--agency', agency]
  const env = world.env({ at, env: envOf(telegram) })
  const child = world.spawn({ args: [...args, ...more], env })
  const [, code = ''] = await child.prints(/DAFTAR ([A-Z0-9]{8})/)
  expect(await child.ended(10_000)).toBe(0)
  return code
}

async function speak(play: Play, name: string, words: string): Promise<void> {
  const { telegram, people, gateway, tickets } = play
  const person = people.get(name)
  if (person === undefined) throw new Error(`nobody is called ${name}`)
  const text = words.replace(/\{(\d+)\}/g, (_, n: string) => tickets[Number(n) - 1] ?? '')
  const [, label] = /^\(tekan (.*)\)$/.exec(words) ?? []
  if (person.chat === null) expect(await gateway.sms(person.number, text)).toBe(200)
  else if (label === undefined) telegram.bring(textUpdate(person.chat, text))
  else {
    const sent = [...telegram.sentTo(person.chat)].reverse()
    const on = sent.find(({ buttons }) => buttons.flat().some((one) => one.text === label))
    const button = on?.buttons.flat().find((one) => one.text === label)
    if (on === undefined || button === undefined) throw new Error(`${name} has no "${label}"`)
    telegram.bring(pressUpdate(person.chat, on.message, button.data ?? ''))
  }
}

/** What came since, once so much has come; in an order of its own. */
async function heard(play: Play, count: number): Promise<readonly string[]> {
  const { world, telegram, people, tickets, seen } = play
  const { sends } = world.twilio
  const fresh = () => sends.length - seen.sms + telegram.sent.length - seen.chat
  await eventually(
    async () => fresh(),
    (n) => n >= count,
  )
  const nameOf = (fits: (person: { chat: number | null; number: string }) => boolean) =>
    [...people].find(([, person]) => fits(person))?.[0] ?? '?'
  const all = [
    ...sends
      .slice(seen.sms)
      .map(({ to, body }) => `${nameOf(({ number }) => number === to)}: ${body}`),
    ...telegram.sent
      .slice(seen.chat)
      .map(({ chatId, text }) => `${nameOf(({ chat }) => chat === chatId)}: ${text}`),
  ]
  play.seen = { sms: sends.length, chat: telegram.sent.length }
  for (const [ticket] of all.join('\n').matchAll(/\b\d{8}\b/g))
    if (!tickets.includes(ticket)) tickets.push(ticket)
  return all
    .map(timeless)
    .map((one) => tickets.reduce((text, ticket, n) => text.replaceAll(ticket, `{${n + 1}}`), one))
    .sort()
}

/** In the script no time goes by between two lines; here seconds do, and a begun hour counts. */
function timeless(text: string): string {
  return text.replace(/(Jam kerja, median:).*/g, '$1')
}
