// What failed for good at one address, and addresses that change their name: nothing is lost, nothing goes twice.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { NewOutbound } from '../../../src/store/outbox-port.ts'
import type { Store } from '../../../src/store/store.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  type InStore,
  later,
  lease,
  NOW,
  outbound,
  post,
  receipt,
  SITI,
  say,
  sendAll,
} from '../given.ts'

const TICKET = '12345674'
const GROUP: Address = 'telegram:-100777'

const notice = (change: Partial<NewOutbound> = {}) =>
  ({ lane: 'notice', kind: 'assign', ticket: TICKET, ...change }) as const

async function fails(store: Store, ...messages: readonly Partial<NewOutbound>[]) {
  const rows = await post(store, BUDI, ...messages)
  for (const row of await lease(store)) {
    const how = { status: 'failed', reason: 'gone', at: NOW, optedOut: false } as const
    await store.settle(row.id, row.lease, { ...how, account: 'twilio' })
  }
  return rows
}

export function describePassing(inStore: InStore): void {
  describe('what failed for good', () => {
    test(
      'is listed until it is passed on, together with what goes on, once',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
        const [row] = await fails(store, notice())
        const [wanted, ...others] = await store.toPassOn(10)
        expect([wanted?.id, others.length]).toEqual([row?.id, 0])
        const siti = await conversationOf(store, SITI)
        const next = outbound(siti.addressId, notice())
        expect(await store.passOn(row?.id ?? '', next)).toBe('committed')
        expect(await store.passOn(row?.id ?? '', { ...next, id: 'again' })).toBe('stale')
        expect(await store.toPassOn(10)).toEqual([])
        expect((await lease(store)).map(({ id }) => id)).toEqual([next.id])
        expect((await store.counts(NOW)).undelivered).toEqual([])
      }),
    )

    test(
      'knows which addresses the same notice was put in for',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
        const siti = await conversationOf(store, SITI)
        await post(store, SITI, notice(), notice({ kind: 'accept' }))
        await fails(store, notice())
        const [wanted] = await store.toPassOn(1)
        expect(wanted?.tried.has(siti.addressId)).toBe(true)
        expect(wanted?.tried.size).toBe(2)
      }),
    )

    test(
      'may first go again as a template, and is on the list when that fails, too',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const [row] = await post(store, BUDI, notice())
        const [first] = await lease(store)
        expect(first).toMatchObject({ asTemplate: false, heardAt: NOW, heardBy: 'twilio' })
        const again = { status: 'retry', retryAt: NOW, reason: 'shut', counts: true } as const
        await store.settle(row?.id ?? '', first?.lease ?? '', { ...again, asTemplate: true })
        const [second] = await lease(store)
        expect(second).toMatchObject({ id: row?.id, asTemplate: true })
        // A retry of another reason does not forget it.
        await store.settle(row?.id ?? '', second?.lease ?? '', again)
        const [third] = await lease(store)
        expect(third?.asTemplate).toBe(true)
        expect(await store.toPassOn(10)).toEqual([])
        const how = { status: 'failed', reason: 'gone', at: NOW, optedOut: false } as const
        await store.settle(row?.id ?? '', third?.lease ?? '', { ...how, account: 'twilio' })
        expect((await store.toPassOn(10)).map(({ id }) => id)).toEqual([row?.id])
      }),
    )

    test(
      'goes again as a template, too, where a receipt tells of the window, and is listed when it expires',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const [row] = await post(store, BUDI, notice({ expiresAt: later(DAY) }))
        await sendAll(store)
        const shut = { status: 'failed', code: '131047', failure: 'window' } as const
        const effect = await store.recordReceipt(receipt(`P-${row?.id}`, shut), NOW, NOW)
        expect(effect).toMatchObject({ status: 'pending', changed: true })
        expect(await store.toPassOn(10)).toEqual([])
        await store.expire(later(2 * DAY))
        expect((await store.toPassOn(10)).map(({ id }) => id)).toEqual([row?.id])
      }),
    )

    test(
      'is given up where nobody is left, and told to the operator',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const [row] = await fails(store, notice())
        await store.passOn(row?.id ?? '', null)
        const { undelivered } = await store.counts(NOW)
        const told = { ticket: TICKET, kind: 'assign', channel: 'sms', at: NOW, reason: 'gone' }
        expect(undelivered).toEqual([told])
      }),
    )

    test(
      'is not a reply, a code, or what a supporter hears',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const reply = { lane: 'reply', ticket: TICKET } as const
        await fails(
          store,
          { ...reply, kind: 'reply' },
          { ...reply, kind: 'code' },
          { ...reply, kind: 'newest' },
        )
        await fails(store, notice({ kind: 'supported' }))
        await fails(store, notice({ ticket: null }))
        expect(await store.toPassOn(10)).toEqual([])
      }),
    )

    test(
      'may be a ping, also about no complaint, with its words; what is told instead goes with it',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const choices = [{ value: 'desk:show:12345674:1', label: 'Lihat' }]
        await fails(store, notice({ kind: 'ping', ticket: null, text: 'Perlu tindakan', choices }))
        await fails(store, notice({ kind: 'ping_urgent' }))
        const [list, card] = await store.toPassOn(10)
        const { addressId } = await conversationOf(store, BUDI)
        expect(list).toMatchObject({ ticket: null, text: 'Perlu tindakan', choices })
        expect([list?.tried, card?.kind]).toEqual([new Set([addressId]), 'ping_urgent'])
        const told = outbound(addressId, notice({ kind: 'ping_unreachable' }))
        expect(await store.passOn(list?.id ?? '', null, [told])).toBe('committed')
        expect(await store.passOn(list?.id ?? '', null, [{ ...told, id: 'again' }])).toBe('stale')
        expect((await lease(store)).map(({ id }) => id)).toEqual([told.id])
        expect((await store.counts(NOW)).undelivered).toMatchObject([{ kind: 'ping' }])
      }),
    )

    test(
      'may be an answer that answered MULAI, what expired, what a receipt brought back, what STOP took back',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await fails(store, { lane: 'reply', kind: 'answered', ticket: TICKET })
        const [old] = await post(store, BUDI, notice({ expiresAt: later(1) }))
        await store.expire(later(2))
        expect((await store.toPassOn(10)).map(({ kind }) => kind)).toEqual(['answered', 'assign'])
        await store.passOn(old?.id ?? '', null)

        const [sent] = await post(store, BUDI, notice({ kind: 'accept' }))
        for (const row of await lease(store)) {
          const how = { status: 'sent', account: 'twilio', providerIds: ['P1'], at: NOW } as const
          await store.settle(row.id, row.lease, how)
        }
        const bad = { status: 'failed', failure: 'permanent' } as const
        await store.recordReceipt(receipt('P1', bad), NOW, later(DAY))
        expect((await store.toPassOn(10)).map(({ id }) => id)).toContain(sent?.id)

        const [held] = await post(store, BUDI, notice({ kind: 'hold' }))
        await say(store, BUDI, { stoppedAt: NOW })
        expect((await store.toPassOn(10)).map(({ id }) => id)).toContain(held?.id)
      }),
    )

    test(
      'keeps its answer from being lost while it is on the list',
      inStore(async (store) => {
        const before = await file(store, BUDI, TICKET, { state: 'in_progress' })
        const complaint = { ...before, version: 2, state: 'answered' as const, clocks: [] }
        const made = { at: NOW, move: 'answer', from: 'in_progress', to: 'answered' } as const
        const event = { ...made, role: 'officer', actor: 'x', note: 'done', detail: {} } as const
        const changes = [{ expectVersion: 1, complaint, events: [event], tallies: [] }]
        await store.commitMove({ now: NOW, changes, outbound: [] })
        const [row] = await fails(store, notice({ kind: 'answered' }))
        expect(await store.answersLost(10)).toEqual([])
        await store.passOn(row?.id ?? '', null)
        expect((await store.answersLost(10)).map(({ ticket }) => ticket)).toEqual([TICKET])
      }),
    )
  })

  describe('addresses that a code brought together', () => {
    const fileOf = async (store: Store, address: Address) =>
      store.personFile((await conversationOf(store, address)).addressId, 5)

    test(
      'are told how many others there are: not who joined the complaint, nor who came along by a merge',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        expect((await fileOf(store, BUDI))?.linked).toBe(0)
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
        await say(store, GROUP, { links: [{ ticket: TICKET, reporter: false, support: true }] })
        const follows = [{ ticket: TICKET, from: '20000004' }]
        await file(store, 'sms:+628110000003', '20000004')
        await store.commitMove({ now: NOW, changes: [], follows, outbound: [] })
        const counted = [BUDI, SITI, GROUP].map((one) => fileOf(store, one))
        expect((await Promise.all(counted)).map((one) => one?.linked)).toEqual([1, 1, 0])
      }),
    )

    test.each([
      ['filed it', BUDI, SITI],
      ['was brought to it', SITI, BUDI],
    ])(
      'are each their own when the one that %s is erased: the other sees and hears of the case',
      (_, gone, left) =>
        inStore(async (store) => {
          await file(store, BUDI, TICKET)
          await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
          await say(store, gone, { erase: { onDuty: [] } })
          expect((await conversationOf(store, gone)).version).toBe(0)
          const { mine } = await conversationOf(store, left)
          expect(mine.map(({ complaint }) => complaint.ticket)).toEqual([TICKET])
          expect((await store.listeners(TICKET)).map(({ address }) => address)).toEqual([left])
          expect((await fileOf(store, left))?.linked).toBe(0)
        })(),
    )
  })

  describe('an address that changes its name', () => {
    const trail = async (store: Store) =>
      (await store.auditTrail(10)).map(({ action, actor }) => [action, actor])

    test(
      'keeps its cases and what waits for it, is found by the new name alone, and the trail says so',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await post(store, BUDI, notice())
        const before = await conversationOf(store, BUDI)
        expect(await store.moveAddress(BUDI, GROUP, later(1))).toBe(true)
        const after = await conversationOf(store, GROUP)
        expect([after.personId, after.addressId]).toEqual([before.personId, before.addressId])
        expect(after.mine.map(({ complaint }) => complaint.ticket)).toEqual([TICKET])
        expect((await lease(store)).map(({ address }) => address)).toEqual([GROUP])
        expect((await conversationOf(store, BUDI)).version).toBe(0)
        expect(await trail(store)).toEqual([['move-address', 'provider']])
      }),
    )

    test(
      'gives all to the new one where that is known already; whoever writes to the old one is led on',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await post(store, BUDI, notice())
        await say(store, BUDI, { stoppedAt: NOW })
        const old = await conversationOf(store, BUDI)
        await file(store, SITI, '20000004')
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false, support: true }] })
        expect(await store.moveAddress(BUDI, SITI, later(1))).toBe(true)
        const after = await conversationOf(store, SITI)
        const tickets = after.mine.map(({ complaint }) => complaint.ticket)
        expect(new Set(tickets)).toEqual(new Set([TICKET, '20000004']))
        expect(after.stoppedAt).toEqual(NOW)
        const [listener, ...more] = (await store.listeners(TICKET)).filter(
          ({ address }) => address === SITI,
        )
        expect([listener?.reporter, listener?.supporter, more.length]).toEqual([true, false, 0])

        const late = outbound(old.addressId, notice())
        await store.commitMove({ now: NOW, changes: [], outbound: [late] })
        await store.moveAddress(BUDI, SITI, later(2))
        const rows = await lease(store)
        expect(rows.map(({ id, address }) => [id, address])).toContainEqual([late.id, SITI])
        expect(await trail(store)).toEqual([['move-address', 'provider']])
      }),
    )

    test(
      'is nothing for an address never heard of',
      inStore(async (store) => {
        expect(await store.moveAddress(BUDI, GROUP, NOW)).toBe(false)
        expect(await store.auditTrail(10)).toEqual([])
      }),
    )
  })
}
