// Plays a script of citizens and officers through a whole gateway with a real store, and writes who was told what.
// Lines: `NAME (channel, role of AGENCY)` brings somebody on; `NAME: words` speaks; `api:` moves over the API; `at:` and `wait:` move the clock; `> NAME: ...` is made anew.

import type { Channel, Receive } from '../../src/channels/channel.ts'
import { instantOf } from '../../src/complaints/clocks.ts'
import { STAFF_ROLES, type StaffRole } from '../../src/complaints/staff.ts'
import {
  type Address,
  type Choice,
  channelOf,
  type InboundMessage,
  type MediaRef,
} from '../../src/message.ts'
import { type InProcess, openInProcess, TOKEN } from '../support/in-process.ts'

interface Actor {
  readonly name: string
  readonly address: Address
  /** Newest first. */
  readonly told: {
    readonly providerId: string
    readonly text: string
    readonly choices: readonly Choice[]
  }[]
}

interface Stage {
  readonly gateway: InProcess
  readonly actors: Map<string, Actor>
  readonly tickets: string[]
  readonly said: string[]
  /** Told so far, to whomever: codes of invitations, and digits to confirm with. */
  readonly codes: string[]
  readonly pins: string[]
  hear: Receive
}

const UNITS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 }
const MADE = /^\s*(>|\[|\|)/
const ZONE = 'Asia/Makassar'

/** What a script has become. Everything that is not made anew stays as it was written. */
export async function played(script: string): Promise<string> {
  const stage = await open()
  const out: string[] = []
  try {
    for (const raw of script.split('\n')) {
      if (MADE.test(raw)) continue
      out.push(raw)
      await carriedOut(stage, raw)
      out.push(...taken(stage))
    }
  } finally {
    await stage.gateway.stop()
  }
  return out.join('\n')
}

async function open(): Promise<Stage> {
  const stage = {
    actors: new Map<string, Actor>(),
    ...{
      tickets: [] as string[],
      said: [] as string[],
      codes: [] as string[],
      pins: [] as string[],
    },
  }
  let hear: Receive | null = null
  const chat: Channel = {
    name: 'telegram',
    account: 'telegram',
    buttons: true,
    start: async (receive) => {
      hear = receive
    },
    send: async (message) => {
      told(message.to, message.id, message.text, message.choices)
      return { outcome: 'accepted', providerIds: [`p-${message.id}`] }
    },
    stop: async () => {},
    check: async () => ({ ok: true, detail: '' }),
    health: () => ({ state: 'up', since: new Date(0), lastIn: null, lastOut: null, why: null }),
  }
  const told = (to: Address, id: string, text: string, choices: readonly Choice[]) => {
    const actor = [...stage.actors.values()].find(({ address }) => address === to)
    actor?.told.unshift({ providerId: `p-${id}`, text, choices })
    const buttons = choices.map(({ label }) => label).join(' | ')
    const lines = text.replaceAll('\n', '\n  | ')
    stage.said.push(
      `  > ${actor?.name ?? channelOf(to)}: ${lines}${buttons === '' ? '' : `\n  [${buttons}]`}`,
    )
    for (const [, code = ''] of text.matchAll(/DAFTAR ([A-Z0-9]{8})\b/g)) stage.codes.push(code)
    for (const [, pin = ''] of text.matchAll(/\b(\d{4}) dalam 10 menit/g)) stage.pins.push(pin)
    for (const [ticket] of text.matchAll(/\b\d{8}\b/g))
      if (!stage.tickets.includes(ticket)) stage.tickets.push(ticket)
  }
  const gateway = await openInProcess({}, {}, [chat])
  gateway.answer((message) => {
    told(message.to, message.id, message.text, [])
    return { outcome: 'accepted', providerIds: [`p-${message.id}`] }
  })
  // Before anybody is there: else the schedule's own first tick sends the day's digest between any two lines.
  await gateway.assembly.tick()
  return { ...stage, gateway, hear: (event) => (hear as Receive)(event) }
}

async function carriedOut(stage: Stage, raw: string): Promise<void> {
  const line = raw.trim()
  if (line === '' || line.startsWith('#')) return
  const [, name = '', channel = '', role, agency] =
    /^(\w[\w ]*) \((sms|telegram)(?:, (\w+)(?: of (\w+))?)?\)$/.exec(line) ?? []
  if (name !== '') return brought(stage, name, channel, role, agency)
  const [, who = '', words = ''] = /^([\w ]+?): ?(.*)$/s.exec(line) ?? []
  if (who === 'at') return moved(stage, at(words))
  if (who === 'wait') return moved(stage, new Date(stage.gateway.now().getTime() + spanOf(words)))
  if (who === 'api') return overApi(stage, filled(stage, words))
  const actor = stage.actors.get(who)
  if (actor === undefined) throw new Error(`"${raw}": nobody is called "${who}"`)
  await speak(stage, actor, filled(stage, words))
}

/** Ten digits and no name that stands in any text: whoever is brought on is known by nothing else. */
async function brought(stage: Stage, name: string, channel: string, role = '', agency?: string) {
  const number = 40_000_001 + stage.actors.size
  const address: Address = channel === 'sms' ? `sms:+628${number}` : `telegram:${number}`
  stage.actors.set(name, { name, address, told: [] })
  if (role === '') return
  const known = STAFF_ROLES.find((one) => one === role) as StaffRole
  const code = `CODE${stage.actors.size}AB`
  const { gateway } = stage
  const expiresAt = new Date(gateway.now().getTime() + 72 * 3_600_000)
  const invitation = { role: known, agency: agency ?? null, name, staffId: null, expiresAt }
  await gateway.store.invite({ type: 'invite', code, invitation, by: 'operator' }, gateway.now())
  await speak(stage, stage.actors.get(name) as Actor, `DAFTAR ${code}`)
}

/** `(foto)` before the words, also behind these: a picture. `(tekan LABEL)` taps the newest such button, `(kutip)` or `(kutip WORD)` replies to the newest message (with that word). */
async function speak(stage: Stage, actor: Actor, words: string): Promise<void> {
  const { address, told } = actor
  const [, kind = '', detail = '', rest = ''] =
    /^\((tekan|kutip)\s*([^)]*)\)\s*(.*)$/s.exec(words) ?? []
  const more: Partial<InboundMessage> = {}
  if (kind === 'tekan') {
    const choice = told.flatMap(({ choices }) => choices).find(({ label }) => label === detail)
    if (choice === undefined) throw new Error(`${actor.name} has no button "${detail}"`)
    Object.assign(more, { choice: choice.value })
  }
  if (kind === 'kutip')
    Object.assign(more, {
      quotedId: told.find(({ text }) => text.includes(detail))?.providerId ?? null,
    })
  const [, photo = '', typed = ''] = /^(\(foto\))?\s*(.*)$/s.exec(kind === '' ? words : rest) ?? []
  const text = photo === '' ? (kind === '' ? words : rest) : typed
  if (photo !== '') Object.assign(more, { media: [pictureOf(++heard)] })
  if (channelOf(address) === 'sms') return stage.gateway.says(address, text, more)
  const message: InboundMessage = {
    ...{
      channel: 'telegram',
      account: 'telegram',
      providerId: `in-${stage.actors.size}-${++heard}`,
    },
    ...{ from: address, text, media: [], position: null, quotedId: null, album: null, edits: null },
    ...{ start: null, choice: null, answerable: true, consent: null },
    ...more,
  }
  await stage.hear({ type: 'message', message })
  await stage.gateway.assembly.drain()
}

function pictureOf(n: number): MediaRef {
  const more = { contentType: 'image/jpeg', name: null, bytes: null }
  return { kind: 'photo', id: `P${n}`, url: '', ...more }
}

/** `assign 12345674 agency=DPUPR note=words to the end`: a move over the API. */
async function overApi({ gateway }: Stage, words: string): Promise<void> {
  const [, move = '', ticket = '', more = ''] = /^(\w+) (\d+) ?(.*)$/s.exec(words) ?? []
  const [, key, value] = /^(\w+)=(.*)$/s.exec(more) ?? []
  const body = { move, actor: 'api', ...(key === undefined ? {} : { [key]: value }) }
  const answer = await fetch(`${gateway.url}/api/complaints/${ticket}/moves`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${words}: ${await answer.text()}`)
  await gateway.assembly.drain()
}

let heard = 0

async function moved({ gateway }: Stage, to: Date): Promise<void> {
  gateway.push(to.getTime() - gateway.now().getTime())
  await gateway.assembly.tick()
  await gateway.assembly.drain()
}

function at(words: string): Date {
  const [, date = '', hour = '', minute = ''] = /^(\S+) (\d+)\.(\d+)$/.exec(words) ?? []
  return new Date(instantOf(date, Number(hour), ZONE).getTime() + Number(minute) * 60_000)
}

function spanOf(words: string): number {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(words) ?? []
  return Number(count) * (UNITS[unit] ?? Number.NaN) * 1000
}

/** `{1}` is the first ticket that was told to anybody; `{angka}` and `{kode}` the last digits and code anybody was told. */
function filled({ tickets, codes, pins }: Stage, words: string): string {
  return words
    .replace(/\{(\d+)\}/g, (_, n: string) => tickets[Number(n) - 1] ?? '00000000')
    .replace('{angka}', pins.at(-1) ?? '0000')
    .replace('{kode}', codes.at(-1) ?? 'ABCD2345')
}

/** What was said since, with tickets by their number and codes hidden. */
function taken({ said, tickets }: Stage): readonly string[] {
  return said.splice(0).flatMap((one) =>
    tickets
      .reduce((text, ticket, i) => text.replaceAll(ticket, `{${i + 1}}`), one)
      .replace(/DAFTAR [A-Z0-9]{8}\b/g, 'DAFTAR {kode}')
      .replace(/(?<![\d/.])\b\d{4}\b(?= dalam 10 menit)/g, '{angka}')
      .split('\n'),
  )
}
