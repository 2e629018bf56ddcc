// How long each call of the store takes, on the empty store and on the full one: medians, in microseconds.
// Each time another person or complaint is asked for, so that nothing stands in a cache for having been asked before.

import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { City } from '../src/city/city.ts'
import { newTicket } from '../src/complaints/ticket.ts'
import { createNewId } from '../src/ids.ts'
import type { Address } from '../src/message.ts'
import { openStore } from '../src/store/open.ts'
import type { Store } from '../src/store/store.ts'
import { complaint, event, inbound, outbound, turn } from '../test/store/given.ts'
import { line, median } from './load.ts'
import { knownNumber } from './million-fill.ts'

const TIMES = 60
const WARM = 10
const DAY_MS = 86_400_000
const newId = createNewId(Date.now, randomUUID)

export interface CallsParts {
  readonly emptyUrl: string
  readonly fullUrl: string
  readonly dataKey: Buffer
  readonly city: City
  readonly people: number
}

/** By name: on the empty store, on the full one. */
export type Calls = ReadonlyMap<string, readonly [empty: number, full: number]>

export async function timeCalls(parts: CallsParts): Promise<Calls> {
  const { emptyUrl, fullUrl, dataKey } = parts
  const onOne = async (url: string) => {
    const log = pino({ level: 'silent' })
    const store = await openStore({ url, dataKey, clock: () => new Date(), newId, log })
    const figures = await timed(store, parts)
    await store.close()
    return figures
  }
  const empty = await onOne(emptyUrl)
  const full = await onOne(fullUrl)
  return new Map(
    [...full].map(([name, us]) => [name, [empty.get(name) ?? Number.NaN, us] as const]),
  )
}

export function printCalls(calls: Calls): void {
  console.log('  calls of the store, µs (median): empty, full')
  for (const [name, [empty, full]] of calls)
    line(`    ${name}`, empty.toFixed(0), full.toFixed(0).padStart(9))
}

async function timed(store: Store, parts: CallsParts): Promise<Map<string, number>> {
  const figures = new Map<string, number>()
  for (const [name, call, times = TIMES] of await callsOf(store, parts)) {
    const values: number[] = []
    for (let time = 0; time < times; time++) {
      const begun = performance.now()
      await call(time)
      if (time >= WARM || times <= WARM) values.push(1000 * (performance.now() - begun))
    }
    figures.set(name, median(values))
  }
  return figures
}

type Call = readonly [name: string, call: (time: number) => Promise<unknown>, times?: number]

async function callsOf(store: Store, parts: CallsParts): Promise<readonly Call[]> {
  return [...turns(store, parts), ...(await reads(store, parts)), ...chores(store, parts)]
}

const at = () => ({ now: new Date(), midnight: new Date(Date.now() - DAY_MS / 2) })
const ids = () => ({ personId: newId(), addressId: newId() })
const numbered = (number: string): Address => `sms:${number}`
const chance = (below: number) => Math.floor(Math.random() * below)

function turns(store: Store, { people }: CallsParts): readonly Call[] {
  const hundred = (time: number) => numbered(knownNumber(1 + (time % 100)))
  const somebody = () => numbered(knownNumber(1 + chance(people)))
  const stranger = () => numbered(`+62899${10_000_000 + chance(90_000_000)}`)
  const file = async (address: Address) => {
    const now = new Date()
    const known = await store.conversation(address, at(), ids())
    const filed = complaint(newTicket(chance), { filedAt: now })
    const { ticket } = filed
    const words = { ticket, receivedAt: now }
    const begun = performance.now()
    await store.commitTurn(
      turn(known, {
        now,
        inbound: inbound(address, words),
        changes: [
          { expectVersion: 0, complaint: filed, events: [event({ at: now })], tallies: [] },
        ],
        links: [{ ticket, reporter: true }],
        outbound: [outbound(known.addressId, { ticket, createdAt: now })],
      }),
    )
    return performance.now() - begun
  }
  return [
    ['conversation, a new person', () => store.conversation(stranger(), at(), ids())],
    ['conversation, somebody known', () => store.conversation(somebody(), at(), ids())],
    ['conversation, 200 complaints', (time) => store.conversation(hundred(time), at(), ids())],
    ['conversation and commitTurn, a new person files', () => file(stranger())],
    ['conversation and commitTurn, a known person files', () => file(somebody())],
  ]
}

async function reads(store: Store, { city, people }: CallsParts): Promise<readonly Call[]> {
  const samples = (await store.complaints({ limit: 200 })).files.map((file) => file.complaint)
  const sample = (time: number) => samples[time % samples.length] ?? complaint('12345674')
  const nth = <T>(all: readonly T[], time: number) => all[time % all.length] as T
  const villages = city.places.districts.flatMap((district) => district.villages)
  const query = (time: number) => ({
    category: nth(city.categories, time).id,
    class: 'complaint' as const,
    kelurahan: nth(villages, time).name,
    lat: -3.3199,
    lon: 114.59,
    since: new Date(Date.now() - 14 * DAY_MS),
  })
  const known = await store.conversation(numbered(knownNumber(1 + chance(people))), at(), ids())
  const agency = (time: number) => nth(city.agencies, time).id
  const page = { limit: 50 }
  const tasks = (agency: string | null) =>
    store.tasks({ agency, unassigned: false, offset: 0, limit: 10 })
  return [
    ['named', (time) => store.named(known.personId, [sample(time).ticket])],
    ['near', (time) => store.near(known.personId, query(time))],
    ['quoted', () => store.quoted(known.personId, 'twilio', `SM${randomUUID()}`)],
    ['complaint', (time) => store.complaint(sample(time).ticket)],
    ['caseFile', (time) => store.caseFile(sample(time).ticket)],
    ['listeners', (time) => store.listeners(sample(time).ticket)],
    ['complaints, the newest 50', () => store.complaints(page)],
    ['complaints, 50 of a state', () => store.complaints({ ...page, state: 'assigned' })],
    ['complaints, 50 of an agency', (t) => store.complaints({ ...page, agency: agency(t) })],
    [
      'complaints, 50 of a state and an agency',
      (t) => store.complaints({ ...page, state: 'assigned', agency: agency(t) }),
    ],
    [
      'complaints, 50 overdue',
      () => store.complaints({ ...page, dueBefore: new Date(Date.now() - 60_000) }),
    ],
    ['tasks, 10 of an agency', (t) => tasks(agency(t))],
    ['tasks, 10 of all', () => tasks(null)],
    ['contacts', (time) => store.contacts(sample(time).ticket)],
    ['personFile', () => store.personFile(known.addressId, 50)],
    [
      'filedBetween, 500 of a day',
      () =>
        store.filedBetween({
          ...{ since: new Date(Date.now() - 400 * DAY_MS), until: new Date(), after: null },
          limit: 500,
        }),
    ],
  ]
}

function chores(store: Store, { city }: CallsParts): readonly Call[] {
  const now = () => new Date()
  const rules = { ...city.retention, onDuty: [] }
  const receipt = () => ({
    ...{ channel: 'sms', account: 'twilio', providerId: `SM${randomUUID()}`, messageId: null },
    ...{ status: 'delivered', code: null, failure: null },
  })
  const retention = (from: string) => () =>
    store.retain(rules, now(), { dryRun: true, limit: 200, from })
  return [
    ['counts', () => store.counts(now())],
    ['leaseDue', () => store.leaseDue(now(), 60_000, 16)],
    ['expire', () => store.expire(now())],
    ['dueClocks', () => store.dueClocks(now(), 200)],
    ['answersDelivered', () => store.answersDelivered(100)],
    ['answersLost', () => store.answersLost(100)],
    ['askedDue', () => store.askedDue(now(), 100)],
    ['openCounts', () => store.openCounts(now(), now())],
    ['dueConversations', () => store.dueConversations(now(), 200)],
    ['stuck', () => store.stuck(50)],
    [
      'segmentsToday',
      () => store.segmentsToday(randomUUID(), 'twilio', new Date(Date.now() - DAY_MS)),
    ],
    ['recordReceipt, of nobody', () => store.recordReceipt(receipt() as never, now(), now())],
    ['ping', () => store.ping(now())],
    ['auditTrail', () => store.auditTrail(50)],
    ['retain, 200 complaints, dry', retention('complaints')],
    ['retain, 200 of the inbox, dry', retention('inbox')],
    ['retain, 200 of the outbox, dry', retention('outbox')],
    ['retain, 200 addresses, dry', retention('addresses')],
  ]
}
