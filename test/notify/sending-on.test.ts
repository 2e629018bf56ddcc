// Files that came with an answer go to whose complaint it is, and to nobody else who hears of it.

import { expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import type { Address } from '../../src/message.ts'
import { createSendingOn } from '../../src/notify/sending-on.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import {
  DAY,
  file,
  inbound,
  later,
  lease,
  MINUTE,
  message,
  NOW,
  PARTS,
  PHOTO,
  say,
} from '../store/given.ts'
import { referenceCity } from '../support/city.ts'

const TICKET = '12345670'
const OTHER = '10000003'
const REPORTER: Address = 'telegram:700100001'
const SECOND: Address = 'telegram:700100002'
const SUPPORTER: Address = 'telegram:700100003'
const FOLLOWER: Address = 'telegram:700100004'
const OFFICER: Address = 'telegram:700100005'
const DIGEST = 'a'.repeat(64)

const { city } = referenceCity()

async function inStore(story: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ ...PARTS, url: 'sqlite::memory:' })
  try {
    await story(store)
  } finally {
    await store.close()
  }
}

const heard = (address: Address) => ({ inbound: inbound(address, { message: message(address) }) })

/** An officer's picture that came with an answer, stored. */
async function answered(store: Store): Promise<void> {
  const words = message(OFFICER, { media: [PHOTO] })
  const media = [{ id: 'm0', part: 0, ref: PHOTO, until: later(DAY), duty: 'pass' as const }]
  await say(store, OFFICER, {
    inbound: inbound(OFFICER, { message: words, ticket: TICKET }),
    media,
  })
  const [row] = await store.leaseMedia(NOW, MINUTE, 1)
  if (row === undefined) throw new Error('nothing was leased')
  await store.claimMedia(row.id, row.lease, DIGEST, NOW)
  const stored = { status: 'stored', contentType: 'image/jpeg', bytes: 9, position: null } as const
  await store.settleMedia(row.id, row.lease, stored, { digest: DIGEST, now: NOW })
}

async function sentOn(store: Store, now = NOW) {
  let made = 0
  const newId = () => `row-${++made}`
  await createSendingOn({ store, city, clock: () => now, newId, measure })()
  return (await lease(store, now)).filter(({ kind }) => kind === 'files')
}

test('the one who filed it gets them, not who joined it or came along by a merge', () =>
  inStore(async (store) => {
    await file(store, REPORTER, TICKET, { confidential: false })
    await file(store, FOLLOWER, OTHER)
    await say(store, SUPPORTER, {
      ...heard(SUPPORTER),
      links: [{ ticket: TICKET, reporter: false, support: true }],
    })
    await say(store, REPORTER, { follows: [{ ticket: TICKET, from: OTHER }] })
    expect(await store.listeners(TICKET)).toHaveLength(3)
    await answered(store)
    const rows = await sentOn(store)
    expect(rows.map(({ address }) => address)).toEqual([REPORTER])
    expect(rows[0]?.attachments).toMatchObject([{ digest: DIGEST, contentType: 'image/jpeg' }])
    expect(rows[0]?.text).toContain(TICKET)
    expect(await sentOn(store)).toEqual([])
  }))

test('of two addresses of one citizen the one they last wrote from gets them', () =>
  inStore(async (store) => {
    await file(store, REPORTER, TICKET)
    const links = [{ ticket: TICKET, reporter: false }]
    await say(store, SECOND, { ...heard(SECOND), links, now: later(MINUTE) })
    await answered(store)
    expect((await sentOn(store)).map(({ address }) => address)).toEqual([SECOND])
  }))

test('nobody gets them at a number that was silent for long', () =>
  inStore(async (store) => {
    await file(store, REPORTER, TICKET)
    await answered(store)
    expect(await sentOn(store, later(91 * DAY))).toEqual([])
    expect(await store.toSendOn(9)).toEqual([])
  }))

test('nobody gets them who said STOP', () =>
  inStore(async (store) => {
    await file(store, REPORTER, TICKET)
    await say(store, REPORTER, { ...heard(REPORTER), stoppedAt: NOW })
    await answered(store)
    expect(await sentOn(store)).toEqual([])
  }))
