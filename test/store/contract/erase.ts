// Erasing a person: what goes in the turn that asks for it, what stays, and how the last word still reaches them.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { Store } from '../../../src/store/store.ts'
import type { TurnRecord } from '../../../src/store/turn-port.ts'
import {
  BUDI,
  complaint,
  conversationOf,
  DAY,
  event,
  file,
  HOUR,
  type InStore,
  inbound,
  later,
  lease,
  message,
  moved,
  NOW,
  outbound,
  post,
  receipt,
  SITI,
  say,
  sendAll,
  turn,
} from '../given.ts'

const OPEN = '12345670'
const OVER = '10000003'
const NUMBER = '081234567890'

/** The turn of HAPUS YA. */
async function erase(store: Store, address = BUDI, change: Partial<TurnRecord> = {}) {
  const known = await conversationOf(store, address)
  const row = outbound(known.addressId, { id: 'last', text: 'erased' })
  const record = turn(known, { outbound: [row], erase: { onDuty: [] }, ...change })
  return store.commitTurn(record)
}

const closed = { state: 'closed', closedAt: NOW, clocks: [] } as const

/** Budi's two complaints: one open, one closed, each with words of theirs and of the agency. */
async function twoCases(store: Store) {
  const open = await file(store, BUDI, OPEN, { text: `lamp out, call ${NUMBER}` })
  const over = await file(store, BUDI, OVER, { text: 'water out' })
  const noted = moved(open, {}, { move: 'note', role: 'citizen', note: `or ${NUMBER}` })
  const shut = moved(over, closed, { move: 'close', note: 'Dear Budi, repaired' })
  await store.commitMove({ now: NOW, changes: [noted, shut], outbound: [] })
}

export function describeErase(inStore: InStore): void {
  describe('erasing', () => {
    test(
      'leaves somebody who was never heard of',
      inStore(async (store) => {
        await twoCases(store)
        const before = await conversationOf(store, BUDI)
        expect(await erase(store)).toBe('committed')
        const after = await conversationOf(store, BUDI)
        expect(after).toMatchObject({ version: 0, state: null, mine: [], blockedAt: null })
        expect(after.personId).not.toBe(before.personId)
        expect(await store.listeners(OPEN)).toEqual([])
        expect(await store.personFile(before.addressId, 5)).toBeNull()
      }),
    )

    test(
      'takes all words from what is over, and masks those of what is open',
      inStore(async (store) => {
        await twoCases(store)
        await erase(store)
        const open = await store.caseFile(OPEN)
        expect(open?.complaint.text).toBe('lamp out, call ****')
        expect(open?.history.at(-1)?.note).toBe('or ****')
        expect(open?.messages).toEqual([])
        const over = await store.caseFile(OVER)
        expect(over?.complaint).toMatchObject({ text: null, category: 'street-light' })
        expect(over?.complaint.place).toMatchObject({ kelurahan: 'Hulu', text: null, lat: null })
        expect(over?.history.map(({ move, note }) => [move, note])).toEqual([
          ['file', null],
          ['close', null],
        ])
      }),
    )

    test(
      'since a day leaves what came before with whoever wrote it, reached from nowhere',
      inStore(async (store) => {
        const before = await file(store, BUDI, OVER, { text: 'water out' })
        await post(store, BUDI, { ticket: OVER, text: 'thank you', createdAt: NOW })
        await sendAll(store)
        await post(store, BUDI, { ticket: OVER, text: 'waits' })
        const since = later(HOUR)
        const now = later(2 * HOUR)
        const theirs = await conversationOf(store, BUDI)
        const filed = complaint(OPEN, { filedAt: now, text: `call ${NUMBER}` })
        const changes = [{ expectVersion: 0, complaint: filed, events: [event()], tallies: [] }]
        const links = [{ ticket: OPEN, reporter: true }]
        const said = inbound(BUDI, { receivedAt: now, ticket: OPEN })
        await store.commitTurn(turn(theirs, { now, inbound: said, changes, links }))
        expect(await erase(store, BUDI, { now, erase: { onDuty: [], since } })).toBe('committed')
        expect(await conversationOf(store, BUDI)).toMatchObject({ version: 0, mine: [] })
        const kept = await store.caseFile(OVER)
        expect(kept?.complaint.text).toBe(before.text)
        expect(kept?.messages.map(({ text }) => text)).toEqual(['lamp out', 'thank you'])
        expect(await store.listeners(OVER)).toMatchObject([
          { address: 'whatsapp:', reporter: true, lastHeardAt: since },
        ])
        expect(await store.listeners(OPEN)).toEqual([])
        expect((await store.caseFile(OPEN))?.messages).toEqual([])
        expect((await store.caseFile(OPEN))?.complaint.text).toBe('call ****')
      }),
    )

    test(
      'lets the words of an open case go with the move that ends it',
      inStore(async (store) => {
        await twoCases(store)
        await erase(store)
        const open = await store.complaint(OPEN)
        if (open === null) throw new Error('it is gone')
        const works = moved(open, { state: 'assigned' }, { move: 'assign', note: 'please' })
        await store.commitMove({ now: NOW, changes: [works], outbound: [] })
        expect((await store.complaint(OPEN))?.text).toBe('lamp out, call ****')
        const shut = moved(works.complaint, closed, { move: 'close', note: 'repaired' })
        await store.commitMove({ now: NOW, changes: [shut], outbound: [] })
        const file = await store.caseFile(OPEN)
        expect(file?.complaint).toMatchObject({ state: 'closed', text: null })
        expect(file?.history.filter(({ note }) => note !== null)).toEqual([])
      }),
    )

    test(
      'makes stale whatever was decided on the words as they were',
      inStore(async (store) => {
        await twoCases(store)
        const before = await store.complaint(OPEN)
        if (before === null) throw new Error('it is gone')
        await erase(store)
        const late = moved(before, { state: 'assigned' }, { move: 'assign' })
        expect(await store.commitMove({ now: NOW, changes: [late], outbound: [] })).toBe('stale')
        expect((await store.complaint(OPEN))?.text).toBe('lamp out, call ****')
      }),
    )

    test(
      'lets a message that comes again do nothing',
      inStore(async (store) => {
        const first = message(BUDI)
        await say(store, BUDI, { inbound: inbound(BUDI, { message: first }) })
        const last = message(BUDI)
        await erase(store, BUDI, { inbound: inbound(BUDI, { message: last }) })
        for (const again of [first, last])
          expect(await say(store, BUDI, { inbound: inbound(BUDI, { message: again }) })).toBe(
            'duplicate',
          )
        expect((await conversationOf(store, BUDI)).version).toBe(0)
        const other = { ...first, account: 'another' }
        expect(await say(store, BUDI, { inbound: inbound(BUDI, { message: other }) })).toBe(
          'committed',
        )
      }),
    )

    test(
      'that was overtaken erases nothing',
      inStore(async (store) => {
        await twoCases(store)
        const known = await conversationOf(store, BUDI)
        await say(store, BUDI)
        const late = turn(known, { erase: { onDuty: [] } })
        expect(await store.commitTurn(late)).toBe('stale')
        expect((await conversationOf(store, BUDI)).mine).toHaveLength(2)
      }),
    )

    test(
      'keeps a block, which holds when they write again and again',
      inStore(async (store) => {
        await say(store, BUDI, { blockedAt: later(-DAY) })
        await erase(store, BUDI)
        expect((await conversationOf(store, BUDI)).blockedAt).toEqual(later(-DAY))
        await say(store, BUDI, { blockedAt: later(-DAY) })
        expect(await conversationOf(store, BUDI)).toMatchObject({
          version: 1,
          blockedAt: later(-DAY),
        })
        expect((await conversationOf(store, SITI)).blockedAt).toBeNull()
      }),
    )

    test(
      'takes what they said in the case of another, and leaves that case its own words',
      inStore(async (store) => {
        await file(store, SITI, OPEN)
        const at = later(HOUR)
        await say(store, BUDI, { now: at, links: [{ ticket: OPEN, reporter: false }] })
        const before = await store.complaint(OPEN)
        if (before === null) throw new Error('it is gone')
        const added = moved(before, {}, { move: 'note', role: 'citizen', note: 'mine too', at })
        await say(store, BUDI, {
          now: at,
          inbound: inbound(BUDI, {
            ticket: OPEN,
            receivedAt: at,
            message: message(BUDI, { text: 'TAMBAH mine too' }),
          }),
          changes: [added],
        })
        await erase(store)
        const file_ = await store.caseFile(OPEN)
        expect(file_?.complaint.text).toBe('the lamp is out')
        expect(file_?.history.at(-1)).toMatchObject({ move: 'note', note: null })
        expect((await store.listeners(OPEN)).map(({ address }) => address)).toEqual([SITI])
      }),
    )

    test(
      'leaves an address on duty where it is, for what is sent to it there',
      inStore(async (store) => {
        await twoCases(store)
        const { addressId } = await conversationOf(store, BUDI)
        await post(store, BUDI, { id: 'ping', lane: 'notice', kind: 'ping' }, { id: 'reply' })
        await erase(store, BUDI, { erase: { onDuty: [BUDI] } })
        const after = await conversationOf(store, BUDI)
        expect(after).toMatchObject({ addressId, state: null, lastHeardAt: null, mine: [] })
        expect((await lease(store)).map(({ id }) => id)).toEqual(['erased-last', 'ping'])
      }),
    )

    test(
      'and a notice at the same moment: neither fails, and nothing is left to be sent to nobody',
      inStore(async (store) => {
        const people = [0, 1, 2, 3, 4, 5].map((n): Address => `sms:+62812000000${n}`)
        for (const [n, address] of people.entries()) {
          const filed = await file(store, address, `${20_000_000 + n}`)
          const { addressId } = await conversationOf(store, address)
          const notice = outbound(addressId, { lane: 'notice', ticket: filed.ticket })
          const change = moved(filed, { state: 'assigned' }, { move: 'assign' })
          const record = { now: NOW, changes: [change], outbound: [notice] }
          const known = await conversationOf(store, address)
          const [move, gone] = await Promise.all([
            store.commitMove(record),
            store.commitTurn(turn(known, { erase: { onDuty: [] } })),
          ])
          expect(gone).toBe('committed')
          expect(['committed', 'stale']).toContain(move)
        }
        expect(await lease(store)).toEqual([])
        for (const address of people) expect((await conversationOf(store, address)).version).toBe(0)
      }),
    )

    test(
      'is one line in the audit trail, without a ticket',
      inStore(async (store) => {
        await twoCases(store)
        const { personId } = await conversationOf(store, BUDI)
        await erase(store)
        expect(await store.auditTrail(10)).toEqual([
          {
            at: NOW,
            action: 'erase',
            actor: 'citizen',
            ticket: null,
            personId,
            detail: '{"complaints":2,"open":1,"addresses":1}',
          },
        ])
      }),
    )
  })

  describe('the last word to somebody erased', () => {
    test(
      'is sent to them under ids that lead nowhere, and then it is gone too',
      inStore(async (store) => {
        await say(store, BUDI)
        const { personId, addressId } = await conversationOf(store, BUDI)
        await erase(store)
        const [last, ...others] = await sendAll(store)
        expect(others).toEqual([])
        expect(last).toMatchObject({ address: BUDI, text: 'erased', lane: 'reply', ticket: null })
        expect([last?.personId, last?.addressId]).not.toContain(personId)
        expect([last?.personId, last?.addressId]).not.toContain(addressId)
        const told = receipt('P-erased-last', { messageId: 'erased-last' })
        expect((await store.recordReceipt(told, NOW, NOW)).known).toBe(false)
        expect(await store.counts(NOW)).toMatchObject({ orphanReceipts: 0, pending: {} })
        expect(await store.personFile(last?.addressId ?? '', 1)).toBeNull()
      }),
    )

    test(
      'goes when nobody took it in its time',
      inStore(async (store) => {
        await say(store, BUDI)
        await erase(store)
        const [last] = await lease(store)
        const retry = {
          status: 'retry',
          retryAt: later(HOUR),
          reason: 'away',
          counts: true,
        } as const
        await store.settle(last?.id ?? '', last?.lease ?? '', retry)
        expect(await store.expire(later(2 * DAY))).toBe(1)
        expect(await store.counts(NOW)).toMatchObject({ expired: 0, pending: {} })
        expect(await store.personFile(last?.addressId ?? '', 1)).toBeNull()
      }),
    )

    test(
      'goes when it is refused',
      inStore(async (store) => {
        await say(store, BUDI)
        await erase(store)
        const [last] = await lease(store)
        const failed = {
          status: 'failed',
          reason: 'no',
          at: NOW,
          optedOut: true,
          account: 'twilio',
        } as const
        await store.settle(last?.id ?? '', last?.lease ?? '', failed)
        expect(await store.counts(NOW)).toMatchObject({ failed: 0, pending: {} })
        expect(await store.personFile(last?.addressId ?? '', 1)).toBeNull()
      }),
    )
  })

  test(
    'leaves nothing to send again of what was sent',
    inStore(async (store) => {
      await twoCases(store)
      await post(store, BUDI, { id: 'told', ticket: OPEN, kind: 'assigned' })
      await sendAll(store)
      expect(await store.sentText('twilio', 'P-told')).not.toBeNull()
      await erase(store)
      expect(await store.sentText('twilio', 'P-told')).toBeNull()
    }),
  )

  test(
    'receipts of what was erased are not kept',
    inStore(async (store) => {
      await post(store, BUDI, { id: 'sent' }, { id: 'waits' })
      await sendAll(store)
      const [going] = await lease(store)
      expect(going?.id).toBe('waits')
      await erase(store)
      for (const told of [receipt('P-sent'), receipt('P-x', { messageId: 'waits' })])
        expect((await store.recordReceipt(told, NOW, NOW)).known).toBe(false)
      expect((await store.counts(NOW)).orphanReceipts).toBe(0)
      const sent = { status: 'sent', account: 'twilio', providerIds: ['P-x'], at: NOW } as const
      expect(await store.settle('waits', going?.lease ?? '', sent)).toBe(false)
    }),
  )
}
