// Records as the gateway and the schedule hand them to a store, small and whole, for the store's own tests.

import { randomUUID } from 'node:crypto'
import type {
  ClockName,
  Complaint,
  ComplaintClock,
  HistoryEvent,
} from '../../src/complaints/complaint.ts'
import { NOWHERE } from '../../src/complaints/complaint.ts'
import type { Address, InboundMessage, MediaRef, Receipt } from '../../src/message.ts'
import type { ComplaintChange } from '../../src/store/case-port.ts'
import type { Leased, NewOutbound } from '../../src/store/outbox-port.ts'
import type { Store } from '../../src/store/store.ts'
import type { Conversation, NewInbound, TurnRecord } from '../../src/store/turn-port.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** As a provider names one. */
export const PHOTO: MediaRef = {
  ...{ kind: 'photo', id: 'M1', url: 'https://example.com/1', contentType: 'image/jpeg' },
  ...{ name: null, bytes: null },
}

/** Wednesday 10.00 in the city. */
export const NOW = new Date('2026-11-25T02:00:00Z')
export const MIDNIGHT = new Date('2026-11-24T16:00:00Z')

export const KEY = Buffer.alloc(32, 7)
export const BUDI: Address = 'sms:+628110000001'
export const SITI: Address = 'sms:+628110000002'

/** `ms` after (or before) ten o'clock. */
export function later(ms: number): Date {
  return new Date(NOW.getTime() + ms)
}

export function clock(name: ClockName, change: Partial<ComplaintClock> = {}): ComplaintClock {
  return {
    name,
    status: 'running',
    dayZero: '2026-11-25',
    days: 3,
    dueAt: later(5 * DAY),
    estimate: false,
    left: null,
    step: 0,
    pinging: false,
    nextAt: later(2 * DAY),
    ...change,
  }
}

export function complaint(ticket: string, change: Partial<Complaint> = {}): Complaint {
  return {
    ticket,
    version: 1,
    state: 'received',
    class: 'complaint',
    category: 'street-light',
    agency: null,
    proposedAgency: 'works',
    copiedTo: ['water'],
    place: { ...NOWHERE, kelurahan: 'Hulu', text: 'gang 5', lat: -3.3166, lon: 114.59 },
    text: 'the lamp is out',
    channel: 'sms',
    language: 'id',
    anonymous: false,
    confidential: true,
    urgent: false,
    overLimit: false,
    rating: null,
    filedAt: NOW,
    closedAt: null,
    everAssigned: false,
    handOffs: 0,
    extensions: 0,
    holder: null,
    asked: null,
    firstAnsweredAt: null,
    reopens: 0,
    mergedInto: null,
    archiveReason: null,
    externalId: null,
    cameFrom: null,
    mergedFrom: null,
    rules: {
      verify: 3,
      follow_up: 5,
      finish: { information: 5, complaint: 14, aspiration: 14 },
      finish_inspection: 60,
      reply: 10,
      facts: 10,
      reopen: 10,
    },
    clocks: [clock('verify')],
    ...change,
  }
}

export function event(change: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    at: NOW,
    move: 'file',
    from: null,
    to: 'received',
    role: 'citizen',
    actor: 'citizen',
    note: null,
    detail: {},
    ...change,
  }
}

export function message(from: Address, change: Partial<InboundMessage> = {}): InboundMessage {
  return {
    channel: 'sms',
    account: 'twilio',
    providerId: randomUUID(),
    from,
    text: 'lamp out',
    media: [],
    position: null,
    quotedId: null,
    album: null,
    edits: null,
    start: null,
    choice: null,
    answerable: true,
    consent: null,
    ...change,
  }
}

export function inbound(from: Address, change: Partial<NewInbound> = {}): NewInbound {
  return {
    id: randomUUID(),
    message: message(from),
    receivedAt: NOW,
    ticket: null,
    outcome: 'answered',
    stuck: null,
    ...change,
  }
}

export function outbound(addressId: string, change: Partial<NewOutbound> = {}): NewOutbound {
  const createdAt = change.createdAt ?? NOW
  return {
    id: randomUUID(),
    addressId,
    account: 'twilio',
    lane: 'reply',
    kind: 'reply',
    ticket: null,
    text: 'thank you',
    choices: [],
    segments: 1,
    createdAt,
    dueAt: createdAt,
    expiresAt: new Date(createdAt.getTime() + DAY),
    ...change,
  }
}

export function receipt(providerId: string, change: Partial<Receipt> = {}): Receipt {
  return {
    channel: 'sms',
    account: 'twilio',
    providerId,
    messageId: null,
    status: 'delivered',
    code: null,
    failure: null,
    ...change,
  }
}

export function conversationOf(store: Store, address: Address, now = NOW): Promise<Conversation> {
  const ids = { personId: randomUUID(), addressId: randomUUID() }
  return store.conversation(address, { now, midnight: MIDNIGHT }, ids)
}

/** A turn of this conversation that says and changes nothing unless told to. */
export function turn(known: Conversation, change: Partial<TurnRecord> = {}): TurnRecord {
  return {
    now: NOW,
    address: known.address,
    personId: known.personId,
    addressId: known.addressId,
    expectVersion: known.version,
    state: '{"v":1}',
    wakeAt: null,
    inbound: inbound(known.address),
    language: known.language,
    stoppedAt: known.stoppedAt,
    privacyTold: known.privacyTold,
    changes: [],
    links: [],
    outbound: [],
    ...change,
  }
}

/** Loads the conversation and commits a turn of it. */
export async function say(store: Store, address: Address, change: Partial<TurnRecord> = {}) {
  const known = await conversationOf(store, address)
  return store.commitTurn(turn(known, change))
}

/** Files a complaint for this address, as the first message of a person does. */
export async function file(
  store: Store,
  address: Address,
  ticket: string,
  change: Partial<Complaint> = {},
): Promise<Complaint> {
  const filed = complaint(ticket, change)
  const outcome = await say(store, address, {
    inbound: inbound(address, { ticket }),
    changes: [
      { expectVersion: 0, complaint: filed, events: [event({ at: filed.filedAt })], tallies: [] },
    ],
    links: [{ ticket, reporter: true }],
  })
  if (outcome !== 'committed') throw new Error(`filing ${ticket} was ${outcome}`)
  return filed
}

/** The next version of a complaint with one event. */
export function moved(
  before: Complaint,
  change: Partial<Complaint>,
  happened: Partial<HistoryEvent>,
): ComplaintChange {
  const after = { ...before, version: before.version + 1, ...change }
  const from = before.state
  const events = [event({ from, to: after.state, role: 'coordinator', ...happened })]
  return { expectVersion: before.version, complaint: after, events, tallies: [] }
}

/** Puts messages into the outbox of an address. */
export async function post(
  store: Store,
  address: Address,
  ...messages: readonly Partial<NewOutbound>[]
): Promise<readonly NewOutbound[]> {
  const known = await conversationOf(store, address)
  const rows = messages.map((one) => outbound(known.addressId, one))
  const outcome = await store.commitTurn(turn(known, { outbound: rows }))
  if (outcome !== 'committed') throw new Error(`posting was ${outcome}`)
  return rows
}

export const LEASE_MS = 60_000

export function lease(store: Store, now = NOW, limit = 100): Promise<readonly Leased[]> {
  return store.leaseDue(now, LEASE_MS, limit)
}

/** Leases what is due and settles it all as sent; the provider ids are `P-` and our own id. */
export async function sendAll(store: Store, now = NOW): Promise<readonly Leased[]> {
  const rows = await lease(store, now)
  for (const row of rows) {
    const providerIds = [`P-${row.id}`]
    await store.settle(row.id, row.lease, {
      status: 'sent',
      account: 'twilio',
      providerIds,
      at: now,
    })
  }
  return rows
}

/** What a store is opened with in tests, beside its URL. */
export const PARTS = {
  dataKey: KEY,
  clock: () => NOW,
  newId: () => randomUUID(),
  log: { warn() {}, error() {} },
}

type Fact = (store: Store) => Promise<void>
/** A test's body with a store of its own. */
export type InStore = (fact: Fact) => () => Promise<void>
