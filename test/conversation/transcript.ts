// Replays a transcript that a city official can read against the real reducer, and writes what really happened.
// Lines: `channel:`, `at:`, `wait:`, `citizen:` (also citizen2:), `picture:` (it says where it was taken), `officer:`, `bot:`, `choices:`, `filed:`, `moved:`, `(silent: why)`.

import { instantOf } from '../../src/complaints/clocks.ts'
import { ARCHIVE_REASONS, type Complaint, MOVES } from '../../src/complaints/complaint.ts'
import type { MoveRequest } from '../../src/complaints/moves.ts'
import { type DialogueState, dialogueStateOf, readState } from '../../src/conversation/state.ts'
import type { Address, ChannelName, InboundMessage, MediaKind } from '../../src/message.ts'
import type { TestCity } from '../support/city.ts'
import { emptied, fill, swap, ticketValues } from './placeholders.ts'
import { createWorld, type Happened, type World } from './world.ts'

export interface Replay {
  /** The transcript as it really went. */
  readonly text: string
  /** Where the dialogue stood, and what came in. */
  readonly met: readonly { readonly state: DialogueState; readonly message: InboundMessage }[]
  readonly world: World
  /** Who wrote last. */
  readonly last: Address
}

/** A transcript with this line speaks of places of the reference city, and runs only there. */
export const NAMES_PLACES = '# names places'

const PEOPLE: Readonly<Record<ChannelName, string>> = {
  sms: '+62811500000',
  telegram: '50000',
  whatsapp: '62811600000',
}
const UNITS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 }
const MEDIA: Readonly<Record<string, MediaKind>> = {
  foto: 'photo',
  suara: 'voice',
  berkas: 'document',
  stiker: 'sticker',
}
/** What the bot and the world say; on replay these lines are made anew. */
const MADE = /^(bot|choices|filed|moved|\(silent|\(timeout|bot to)/

/** The lines that drive a transcript; what the bot said is left out. */
function drivingLines(text: string): readonly string[] {
  const lines: string[] = []
  let made = false
  for (const each of text.split('\n')) {
    if (!/^\s+\|/.test(each)) made = MADE.test(each)
    if (!made) lines.push(each)
  }
  return lines
}

export function replay(script: string, test: TestCity): Replay {
  const world = createWorld(test.city, instantOf('2026-11-23', 10, test.city.zone))
  const local = script.includes(NAMES_PLACES)
  const out: string[] = []
  const met: { state: DialogueState; message: InboundMessage }[] = []
  let channel: ChannelName = 'sms'
  let code = ''
  let last: Address = addressOf(channel, 'citizen')
  const tell = (happened: Happened) => {
    const style = channel === 'sms' ? 'sms' : 'chat'
    for (const { text } of happened.elsewhere) code = /\b\d{6}\b/.exec(text)?.[0] ?? code
    for (const each of written(happened, test, local).map((one) => swap(one, { kode: code })))
      out.push(
        emptied(
          each,
          world,
          test,
          local ? 'tickets' : each.startsWith('filed') ? 'chat' : style,
          script,
        ),
      )
  }
  const moveTo = (at: Date) => {
    world.now = at
    for (const address of world.due()) {
      out.push('(timeout)')
      tell(world.timeout(address))
    }
  }
  for (const raw of drivingLines(script)) {
    out.push(raw)
    const filled = fill(raw, { ...test.values, ...ticketValues(world), kode: code })
    const [, key = '', rest = ''] = /^([a-z]+\d?):\s?(.*)$/.exec(filled) ?? []
    if (key === 'channel') channel = rest.trim() as ChannelName
    else if (key === 'at') moveTo(momentOf(rest, world))
    else if (key === 'wait') moveTo(new Date(world.now.getTime() + spanOf(rest)))
    else if (key === 'officer') world.official(...officialMove(rest))
    else if (key.startsWith('picture')) {
      const [lat = 0, lon = 0] = rest.split(',').map(Number)
      tell(world.picture(addressOf(channel, key.replace('picture', 'citizen')), { lat, lon }))
    } else if (key.startsWith('citizen')) {
      const address = addressOf(channel, key)
      last = address
      const message = readMessage(rest)
      const state = dialogueStateOf(readState(world.talk(address).state), world.now.getTime())
      const happened = world.say(address, message)
      met.push({ state, message: { text: '', media: [], ...message } as InboundMessage })
      tell(happened)
    }
  }
  return { text: out.join('\n'), met, world, last }
}

function addressOf(channel: ChannelName, who: string): Address {
  return `${channel}:${PEOPLE[channel]}${who.slice('citizen'.length) || '1'}`
}

export function momentOf(text: string, world: World): Date {
  const [, date = '', hour = '', minute = ''] =
    /^(\d{4}-\d\d-\d\d) (\d\d)\.(\d\d)$/.exec(text.trim()) ?? []
  if (date === '') throw new Error(`"at: ${text}" must be like 2026-11-25 10.00`)
  const whole = instantOf(date, Number(hour), world.city.zone)
  return new Date(whole.getTime() + Number(minute) * 60_000)
}

export function spanOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d+) (second|minute|hour|day)s?$/.exec(text.trim()) ?? []
  const seconds = UNITS[unit]
  if (seconds === undefined) throw new Error(`"wait: ${text}" must be like 4 minutes`)
  return Number(count) * seconds * 1000
}

/**
 * Before the words: `(foto)`, `(suara)`, `(stiker)`, `(titik -3.3, 114.5)`, `(tekan VALUE)`, `(tekan lama VALUE)` for the
 * oldest such button, `(kutip TICKET)`, `(album NAME)`, `(mulai PAYLOAD)`, `(pesan NAME)` to name a message and
 * `(ubah NAME)` to edit it.
 */
export function readMessage(rest: string): Partial<InboundMessage> {
  const found: { -readonly [K in keyof InboundMessage]?: InboundMessage[K] } = {}
  let text = rest
  for (;;) {
    const match =
      /^\((foto|suara|berkas|stiker|titik|tekan|kutip|album|mulai|pesan|ubah|pengirim|operator)\s*([^)]*)\)\s*/.exec(
        text,
      )
    if (match === null) return { ...found, text: unescaped(text) }
    const [whole, kind = '', detail = ''] = match
    const media = MEDIA[kind]
    if (media !== undefined)
      found.media = [
        ...(found.media ?? []),
        { kind: media, id: '', url: `media:${kind}`, contentType: null, name: null, bytes: null },
      ]
    else if (kind === 'tekan') found.choice = detail
    else if (kind === 'kutip') found.quotedId = detail
    else if (kind === 'album') found.album = detail
    else if (kind === 'mulai') found.start = detail
    else if (kind === 'pesan') found.providerId = `message ${detail}`
    else if (kind === 'ubah') found.edits = `message ${detail}`
    else if (kind === 'pengirim') found.answerable = false
    else if (kind === 'operator') found.consent = detail as 'stop'
    else {
      const [lat = 0, lon = 0] = detail.split(',').map(Number)
      found.position = { lat, lon }
    }
    text = text.slice(whole.length)
  }
}

function unescaped(text: string): string {
  return text.replaceAll('\\n', '\n')
}

/** `answer 12345674 words`, `assign 12345674 AGENCY`, `archive 12345674 spam`, `merge 12345674 23456786`. */
function officialMove(rest: string): [string, MoveRequest] {
  const [name = '', ticket = '', ...others] = rest.trim().split(' ')
  const move = MOVES.find((one) => one === name)
  if (move === undefined) throw new Error(`"officer: ${rest}": there is no move "${name}"`)
  const text = others.join(' ')
  if (move === 'assign' || move === 'transfer') return [ticket, { move, agency: text }]
  if (move === 'merge') return [ticket, { move, into: text }]
  if (move === 'number') return [ticket, { move, externalId: text }]
  if (ARCHIVE_REASONS.some((reason) => reason === text) || move === 'close' || move === 'return')
    return [ticket, { move, reason: text }]
  return [ticket, text === '' ? { move } : { move, note: text }]
}

function written(happened: Happened, test: TestCity, local: boolean): readonly string[] {
  const silent = happened.turn.effects.flatMap((one) =>
    one.type === 'silent' ? [`(silent: ${one.reason})`] : [],
  )
  return [
    ...happened.filed.map((complaint) => `filed: ${filedWords(complaint, test, local)}`),
    ...happened.moved.map(
      ({ move, after, placed }) =>
        `moved: ${after.ticket} · ${move} · ${after.state}${placed ? ` · ${placeWords(after)}` : ''}`,
    ),
    ...happened.replies.flatMap(({ text, choices }) => [
      `bot: ${text.replaceAll('\n', '\n   | ')}`.replaceAll(/ +$/gm, ''),
      ...(choices.length > 0 ? [`choices: ${choices.map(({ label }) => label).join(' | ')}`] : []),
    ]),
    ...happened.elsewhere.map(({ to, text }) => `bot to ${to}: ${text}`),
    ...silent,
  ]
}

function placeWords({ place }: Complaint): string {
  const parts = [place.text, place.kelurahan, place.lat === null ? null : 'titik']
  return parts.filter((part) => part !== null).join(', ') || 'tanpa lokasi'
}

/** Only the matters that every city knows by a placeholder are named in a transcript for any city. */
function categoryWords({ category }: Complaint, test: TestCity, local: boolean): string {
  if (category === null) return 'kategori terbuka'
  const shared = Object.values(test.matters).some((matter) => matter.category.id === category)
  const name = test.city.categoryById.get(category)?.name.id ?? category
  return shared || local ? name : 'kategori lain'
}

function filedWords(complaint: Complaint, test: TestCity, local: boolean): string {
  const flags = (['anonymous', 'confidential', 'urgent', 'overLimit'] as const).filter(
    (flag) => complaint[flag],
  )
  const known = categoryWords(complaint, test, local)
  const words = (complaint.text ?? '').replaceAll('\n', ' / ')
  return [
    complaint.ticket,
    complaint.class,
    known,
    placeWords(complaint),
    ...flags,
    `"${words}"`,
  ].join(' · ')
}
