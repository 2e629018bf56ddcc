// A transcript of the conversation, played through the real process: signed posts in, real sends out, moves by the API.
// Notices are not in transcripts, so only replies are compared; which send is one, the outbox's rows say.

import { expect } from '@jest/globals'
import Database from 'better-sqlite3'
import { instantOf } from '../../src/complaints/clocks.ts'
import { emptied, fill } from '../conversation/placeholders.ts'
import { NAMES_PLACES } from '../conversation/transcript.ts'
import { referenceCity } from './city.ts'
import type { FakeSend } from './fake-twilio.ts'
import type { ApiComplaint, Gateway } from './gateway.ts'
import { eventually } from './gateway-process.ts'
import type { World } from './world.ts'

interface Step {
  /** `citizen`, `officer`, `wait` ... */
  readonly key: string
  readonly rest: string
  /** What the bot is to say to it, line by line of the transcript. */
  readonly says: readonly string[]
}

const UNITS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 }

/** Whether every line of it can happen by SMS through Twilio. */
export function goesBySms(script: string): boolean {
  const other =
    /^channel: (?!sms)|^citizen\d?: .*\((suara|berkas|stiker|titik|tekan|kutip|pengirim)/m
  return !other.test(script) && !script.includes('(timeout)')
}

export async function playBySms(script: string, world: World): Promise<void> {
  const test = referenceCity()
  const { zone } = test.city
  const style = script.includes(NAMES_PLACES) ? 'tickets' : 'sms'
  let now = instantOf('2026-11-23', 10, zone)
  let started = Date.now()
  let gateway: Gateway | null = null
  const cases: ApiComplaint[] = []

  const running = async () => {
    if (gateway === null) {
      gateway = await world.start({ at: now.toISOString() })
      started = Date.now()
    }
    return gateway
  }
  const moveTo = async (at: Date) => {
    if (gateway !== null) expect(await gateway.stop()).toBe(0)
    gateway = null
    now = at
  }
  /** Knows the cases as the transcripts' placeholders want them. */
  const known = {
    city: test.city,
    get tickets() {
      return cases.map(({ ticket }) => ticket)
    },
    complaint: (ticket: string) => ({
      clocks: (cases.find((one) => one.ticket === ticket)?.due ?? []).map((due) => ({
        name: due.clock,
        dueAt: new Date(due.at),
        status: due.status,
      })),
    }),
  }
  const look = async (by: Gateway) => {
    const found = [...(await by.complaints())].sort((a, b) => a.filed_at.localeCompare(b.filed_at))
    const fresh = found.filter(({ ticket }) => !known.tickets.includes(ticket))
    cases.splice(
      0,
      cases.length,
      ...known.tickets.flatMap((t) => found.filter((c) => c.ticket === t)),
    )
    cases.push(...fresh)
  }
  const numbered = () =>
    Object.fromEntries(known.tickets.map((ticket, place) => [`t${place + 1}`, ticket]))

  const heard = new Map<string, number>()
  for (const { key, rest, says } of stepsOf(script)) {
    const filled = fill(rest, { ...test.values, ...numbered() })
    if (key === 'at') await moveTo(momentOf(filled, zone))
    else if (key === 'wait') {
      await moveTo(new Date(now.getTime() + (Date.now() - started) + spanOf(filled)))
    } else if (key === 'officer') {
      const { status, text } = await officialMove(await running(), filled)
      expect({ filled, status, text }).toMatchObject({ status: 200 })
      // In transcripts an answer has arrived at once, and the citizen's clock runs.
      if (filled.startsWith('answer')) await answerArrived(await running(), filled)
    } else if (key.startsWith('citizen')) {
      const by = await running()
      const number = `+628122000300${key.slice('citizen'.length) || '1'}`
      const { text, fields } = smsOf(filled)
      expect(await by.sms(number, text, fields)).toBe(200)
      const before = heard.get(number) ?? 0
      const replies = await eventually(
        async () => repliesTo(world, number),
        (sent) => sent.length >= before + says.length,
      )
      heard.set(number, replies.length)
      await look(by)
      const said = replies
        .slice(before)
        .map(({ body }) =>
          emptied(`bot: ${body.replaceAll('\n', '\n   | ')}`, known, test, style, script),
        )
      expect({ to: filled, said }).toEqual({ to: filled, said: says })
    }
  }
  await moveTo(now)
}

/** `(operator stop) STOP`, `(foto) words` or plain words, as Twilio would post them. */
function smsOf(line: string) {
  const [, consent, photo, words = ''] =
    /^(?:\(operator (\w+)\) ?)?(\(foto\) ?)?(.*)$/.exec(line) ?? []
  const media = {
    NumMedia: '1',
    MediaUrl0: 'https://api.twilio.com/x',
    MediaContentType0: 'image/png',
  }
  return {
    text: words.replaceAll('\\n', '\n'),
    fields: {
      ...(consent === undefined ? {} : { OptOutType: consent.toUpperCase() }),
      ...(photo === undefined ? {} : media),
    },
  }
}

async function answerArrived(gateway: Gateway, move: string): Promise<void> {
  const ticket = move.split(' ')[1] ?? ''
  await eventually(
    async () => (await gateway.complaint(ticket)).due.map(({ clock }) => clock),
    (clocks) => clocks.includes('reply'),
    1_500,
  ).catch(() => {
    // A long transcript uses up the person's segments of the day, and notices wait for the next.
  })
}

/** Replies; what is told beside them (a case's newest state after MULAI) is no line of a transcript. */
function repliesTo(world: World, number: string): readonly FakeSend[] {
  const database = new Database(world.database, { readonly: true })
  try {
    const kind = database.prepare('select kind from outbox where id = ?').pluck()
    return world.sentTo(number).filter(({ statusCallback }) => {
      const id = new URL(statusCallback ?? '').searchParams.get('id')
      return kind.get(id) === 'reply'
    })
  } finally {
    database.close()
  }
}

function stepsOf(script: string): readonly Step[] {
  const steps: (Step & { says: string[] })[] = []
  for (const line of script.split('\n')) {
    const [, key = '', rest = ''] = /^([a-z]+\d?):\s?(.*)$/.exec(line) ?? []
    const last = steps.at(-1)
    if (key === 'bot') last?.says.push(line)
    else if (/^ {3}\|/.test(line)) last?.says.push(`${last.says.pop()}\n${line}`)
    else if (/^(at|wait|officer|citizen\d?)$/.test(key)) steps.push({ key, rest, says: [] })
  }
  return steps
}

function momentOf(text: string, zone: string): Date {
  const [date = '', time = ''] = text.trim().split(' ')
  const [hour = 0, minute = 0] = time.split('.').map(Number)
  return new Date(instantOf(date, hour, zone).getTime() + minute * 60_000)
}

function spanOf(text: string): number {
  const [, count, unit = ''] = /^(\d+) (\w+?)s?$/.exec(text.trim()) ?? []
  return Number(count) * (UNITS[unit] ?? Number.NaN) * 1000
}

function officialMove(gateway: Gateway, rest: string) {
  const [move = '', ticket = '', ...others] = rest.trim().split(' ')
  const words = others.join(' ')
  switch (move) {
    case 'assign':
    case 'transfer':
      return gateway.move(ticket, move, { agency: words })
    case 'merge':
      return gateway.move(ticket, move, { into: words })
    case 'number':
      return gateway.move(ticket, move, { external_id: words })
    case 'archive':
    case 'close':
    case 'return':
      return gateway.move(ticket, move, { reason: words })
    default:
      return gateway.move(ticket, move, words === '' ? {} : { note: words })
  }
}
