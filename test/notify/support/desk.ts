// A desk over a real store: citizens and coordinators with addresses, channels that a test scripts, a clock it sets.
// Every part is the real one; only the providers behind the channels are played.

import { randomBytes } from 'node:crypto'
import type { Channel } from '../../../src/channels/channel.ts'
import { measure } from '../../../src/channels/measure.ts'
import type { City } from '../../../src/city/city.ts'
import type { Complaint, HistoryEvent } from '../../../src/complaints/complaint.ts'
import type { MoveRequest, Mover } from '../../../src/complaints/moves.ts'
import type { StaffChange } from '../../../src/complaints/staff.ts'
import { type Address, channelOf, type Language } from '../../../src/message.ts'
import { createHerald, type Herald } from '../../../src/notify/herald.ts'
import { createOutbox, type Outbox, type OutboxParts } from '../../../src/notify/outbox.ts'
import { createSchedule, type Schedule } from '../../../src/notify/schedule.ts'
import { openStore } from '../../../src/store/open.ts'
import type { NewOutbound } from '../../../src/store/outbox-port.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Conversation } from '../../../src/store/turn-port.ts'
import { countingChance, countingIds, moveOf } from './cases.ts'
import { town } from './town.ts'

export interface Desk {
  readonly store: Store
  readonly herald: Herald
  readonly outbox: Outbox
  readonly schedule: Schedule
  readonly city: City
  readonly newId: () => string
  readonly logged: { readonly level: string; readonly fields: object; readonly text: string }[]
  readonly timeouts: Address[]
  now(): Date
  /** Pushes the clock, never back. */
  setClock(to: Date): void
  /** As somebody does who has set it wrong before. */
  setBack(to: Date): void
  /** Another gateway process over the same store: what only lived in memory is gone. */
  restart(parts?: Partial<OutboxParts>): Promise<Desk>
}

export interface DeskOptions {
  readonly now: Date
  readonly channels: readonly Channel[]
  readonly coordinators?: readonly Address[]
  readonly city?: City
  readonly store?: Store
  /** Several desks over one store, each a process of its own. */
  readonly shared?: boolean
  readonly onTimeout?: (address: Address) => Promise<void>
  readonly outbox?: Partial<OutboxParts>
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  let now = options.now
  const clock = () => now
  const city = options.city ?? town
  const newId = countingIds(`id-${randomBytes(4).toString('hex')}`)
  const logged: Desk['logged'][number][] = []
  const line = (level: string) => (fields: object, text: string) => {
    logged.push({ level, fields, text })
  }
  const log = { info: line('info'), warn: line('warn'), error: line('error') }
  const dataKey = Buffer.alloc(32, 7)
  const store =
    options.store ?? (await openStore({ url: 'sqlite::memory:', dataKey, clock, newId, log }))
  const coordinators = options.coordinators ?? []
  const herald = await createHerald({ store, city, measure, coordinators, clock, newId })
  const observe = { outbound: () => {}, send: () => {}, segments: () => {} }
  const { channels } = options
  const chance = countingChance()
  const parts = { store, channels, clock, chance, city, log, observe, ...options.outbox }
  const outbox = createOutbox(parts)
  const timeouts: Address[] = []
  const onTimeout =
    options.onTimeout ??
    (async (address: Address) => {
      timeouts.push(address)
    })
  const process = { holder: newId(), shared: options.shared ?? false }
  const schedule = createSchedule({
    ...{ store, city, herald, outbox, clock, log, onTimeout },
    ...process,
  })
  return {
    ...{ store, herald, outbox, schedule, city, newId, logged, timeouts },
    now: clock,
    setClock: (to) => {
      if (to < now) throw new Error('the clock was pushed back')
      now = to
    },
    setBack: (to) => {
      now = to
    },
    restart: (more = {}) =>
      openDesk({ ...options, now, store, outbox: { ...options.outbox, ...more } }),
  }
}

export async function conversationOf(desk: Desk, address: Address): Promise<Conversation> {
  const ids = { personId: desk.newId(), addressId: desk.newId() }
  return desk.store.conversation(address, { now: desk.now(), midnight: desk.now() }, ids)
}

let inbound = 0

/** The citizen writes: the complaint is filed with them as its reporter, and what follows is put in the outbox. */
export async function writes(
  desk: Desk,
  address: Address,
  what: {
    readonly files?: readonly Complaint[]
    readonly outbound?: (conversation: Conversation) => readonly NewOutbound[]
    /** Tickets brought here by a code. */
    readonly links?: readonly string[]
    /** The ticket the message is about. */
    readonly about?: string
    readonly stops?: boolean
    readonly account?: string
    readonly wakeAt?: Date
    readonly language?: Language
    readonly erases?: boolean
    /** The number may be somebody else's by now. */
    readonly doubts?: boolean
    readonly staff?: readonly StaffChange[]
  } = {},
): Promise<Conversation> {
  const before = await conversationOf(desk, address)
  const now = desk.now()
  inbound += 1
  const files = what.files ?? []
  const outcome = await desk.store.commitTurn({
    ...{ now, address, personId: before.personId, addressId: before.addressId },
    expectVersion: before.version,
    state: '{}',
    wakeAt: what.wakeAt ?? null,
    inbound: {
      id: desk.newId(),
      message: {
        channel: channelOf(address),
        account: what.account ?? 'line',
        providerId: `in-${inbound}`,
        from: address,
        text: 'pesan',
        media: [],
        position: null,
        quotedId: null,
        album: null,
        edits: null,
        start: null,
        choice: null,
        answerable: true,
        consent: null,
      },
      receivedAt: now,
      ticket: what.about ?? null,
      outcome: 'answered',
      stuck: null,
    },
    language: what.language ?? 'id',
    stoppedAt: what.stops === true ? now : before.stoppedAt,
    privacyTold: null,
    changes: files.map((complaint) => ({
      expectVersion: 0,
      complaint,
      events: [filing(complaint)],
      tallies: [],
    })),
    links: [
      ...files.map(({ ticket }) => ({ ticket, reporter: true })),
      ...(what.links ?? []).map((ticket) => ({ ticket, reporter: false })),
    ],
    staff: what.staff ?? [],
    outbound: what.outbound?.(before) ?? [],
    doubts: what.doubts === true,
    erase: what.erases === true ? { onDuty: [] } : null,
  })
  if (outcome !== 'committed') throw new Error(`the turn was ${outcome}`)
  return before
}

function filing(complaint: Complaint): HistoryEvent {
  return {
    at: complaint.filedAt,
    move: 'file',
    from: null,
    to: 'received',
    role: 'citizen',
    actor: 'citizen',
    note: null,
    detail: {},
  }
}

/** A move, by the coordinator or whoever is given, with everything the herald has to say of it. */
export async function makes(
  desk: Desk,
  ticket: string,
  request: MoveRequest,
  mover?: Mover,
): Promise<Complaint> {
  const complaint = await caseOf(desk, ticket)
  const made = moveOf(complaint, request, desk.now(), mover)
  const outcome = await desk.store.commitMove({
    now: desk.now(),
    changes: [
      {
        expectVersion: complaint.version,
        complaint: made.after,
        events: [made.event],
        tallies: [],
      },
    ],
    outbound: await desk.herald.moved(made, desk.now()),
  })
  if (outcome !== 'committed') throw new Error(`the move was ${outcome}`)
  return made.after
}

export async function caseOf(desk: Desk, ticket: string): Promise<Complaint> {
  const complaint = await desk.store.complaint(ticket)
  if (complaint === null) throw new Error(`no complaint ${ticket}`)
  return complaint
}

/** A message to be sent to this conversation's address. */
export function message(
  desk: Desk,
  to: Pick<Conversation, 'addressId'>,
  more: Partial<NewOutbound> = {},
): NewOutbound {
  const now = desk.now()
  return {
    id: desk.newId(),
    addressId: to.addressId,
    account: 'line',
    lane: 'reply',
    kind: 'reply',
    ticket: null,
    text: 'balasan',
    choices: [],
    segments: 1,
    createdAt: now,
    dueAt: now,
    expiresAt: new Date(now.getTime() + 24 * 3_600_000),
    ...more,
  }
}
