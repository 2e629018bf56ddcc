// What a turn does to others than its sender: files for whoever came in person, lets them follow, blocks them.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Conversation, TurnRecord } from '../../../src/store/turn-port.ts'
import {
  BUDI,
  complaint,
  conversationOf,
  DAY,
  event,
  file,
  type InStore,
  later,
  lease,
  NOW,
  outbound,
  SITI,
  say,
  turn,
} from '../given.ts'

const OFFICER: Address = 'telegram:11'
const TICKET = '12345670'
const AUTHOR = { reporter: true } as const

/** The officer files for somebody whose conversation was looked up. */
async function fileFor(
  store: Store,
  { address, personId, addressId }: Conversation,
  change: Partial<TurnRecord> = {},
) {
  const changes = [
    { expectVersion: 0, complaint: complaint(TICKET), events: [event()], tallies: [] },
  ]
  const links = [{ ticket: TICKET, ...AUTHOR, to: { address, personId, addressId } }]
  return say(store, OFFICER, { changes, links, ...change })
}

const block = (change: boolean) => ({
  blocks: [{ ticket: TICKET, reason: 'abuse', block: change }],
})

export function describeForOthers(inStore: InStore): void {
  describe('a complaint filed for somebody who came in person', () => {
    test(
      'is theirs and not the officer’s, also where they were never heard of',
      inStore(async (store) => {
        expect(await fileFor(store, await conversationOf(store, BUDI))).toBe('committed')
        const [listener, ...others] = await store.listeners(TICKET)
        expect(listener).toMatchObject({ address: BUDI, reporter: true })
        expect(others).toEqual([])
        expect((await conversationOf(store, BUDI)).filedToday).toBe(1)
        expect((await conversationOf(store, OFFICER)).mine).toEqual([])
        expect(await say(store, BUDI)).toBe('committed')
      }),
    )

    test(
      'is told to them by the same turn',
      inStore(async (store) => {
        const known = await conversationOf(store, BUDI)
        const told = outbound(known.addressId, { ticket: TICKET, kind: 'filed' })
        expect(await fileFor(store, known, { outbound: [told] })).toBe('committed')
        expect((await lease(store)).map((row) => row.address)).toEqual([BUDI])
      }),
    )

    test(
      'is joined to what is known of them',
      inStore(async (store) => {
        await file(store, BUDI, '10000001')
        expect(await fileFor(store, await conversationOf(store, BUDI))).toBe('committed')
        expect((await conversationOf(store, BUDI)).mine).toHaveLength(2)
      }),
    )

    test(
      'is theirs where their number is told later and they had joined it',
      inStore(async (store) => {
        await file(store, SITI, TICKET)
        await say(store, BUDI, { links: [{ ticket: TICKET, reporter: false, support: true }] })
        const { address, personId, addressId } = await conversationOf(store, BUDI)
        const links = [{ ticket: TICKET, ...AUTHOR, to: { address, personId, addressId } }]
        expect(await say(store, OFFICER, { links })).toBe('committed')
        expect((await conversationOf(store, BUDI)).mine).toHaveLength(1)
        expect(await store.contacts(TICKET)).toContain(BUDI)
      }),
    )

    test(
      'is decided again when they were heard of meanwhile, and leaves nothing',
      inStore(async (store) => {
        const early = await conversationOf(store, BUDI)
        await say(store, BUDI)
        expect(await fileFor(store, early)).toBe('stale')
        expect(await store.complaint(TICKET)).toBeNull()
        expect((await conversationOf(store, OFFICER)).version).toBe(0)
      }),
    )

    test(
      'does not free whoever erased themselves while they were blocked',
      inStore(async (store) => {
        await say(store, BUDI, { blockedAt: NOW })
        await say(store, BUDI, { erase: { onDuty: [] } })
        await fileFor(store, await conversationOf(store, BUDI))
        expect(await conversationOf(store, BUDI)).toMatchObject({ version: 0, blockedAt: NOW })
        await say(store, BUDI, { blockedAt: NOW })
        expect((await conversationOf(store, BUDI)).blockedAt).toEqual(NOW)
      }),
    )
  })

  describe('blocking whoever filed a complaint', () => {
    test(
      'blocks them on every address of theirs, nobody who came by a merge or joined, and can be undone',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false }] })
        await file(store, 'sms:+628110000007', '10000007')
        const merge = { ticket: TICKET, from: '10000007' }
        await say(store, 'sms:+628110000008', {
          links: [{ ticket: TICKET, reporter: false, support: true }],
          follows: [merge],
        })
        const blocked = async () => {
          const all: (Date | null)[] = []
          for (const n of [1, 2, 7, 8]) {
            const { blockedAt } = await conversationOf(store, `sms:+62811000000${n}`)
            all.push(blockedAt)
          }
          return all
        }
        await say(store, OFFICER, block(true))
        expect(await blocked()).toEqual([NOW, NOW, null, null])
        await say(store, OFFICER, { ...block(true), now: later(DAY) })
        expect(await blocked()).toEqual([NOW, NOW, null, null])
        await say(store, OFFICER, block(false))
        expect(await blocked()).toEqual([null, null, null, null])
      }),
    )

    test(
      'outlives their erasing, and they are not blocked again once it was undone',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, OFFICER, block(true))
        await say(store, BUDI, { erase: { onDuty: [] } })
        expect(await conversationOf(store, BUDI)).toMatchObject({ version: 0, blockedAt: NOW })
        await file(store, SITI, '10000003')
        const theirs = [{ ticket: '10000003', reason: 'spam', block: true }]
        await say(store, OFFICER, { blocks: theirs })
        await say(store, OFFICER, { blocks: [{ ...theirs[0], block: false }] as typeof theirs })
        await say(store, SITI, { erase: { onDuty: [] } })
        expect((await conversationOf(store, SITI)).blockedAt).toBeNull()
      }),
    )

    test(
      'is undone with the turn that did it',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        const known = await conversationOf(store, OFFICER)
        await say(store, OFFICER)
        const late = turn(known, { ...block(true), expectVersion: 7 })
        expect(await store.commitTurn(late)).toBe('stale')
        expect((await conversationOf(store, BUDI)).blockedAt).toBeNull()
      }),
    )
  })

  test(
    'whoever followed a merged complaint follows no more once a turn takes it out again',
    inStore(async (store) => {
      await file(store, BUDI, TICKET)
      await file(store, SITI, '10000003')
      const follow = { ticket: TICKET, from: '10000003' }
      await say(store, OFFICER, { follows: [follow] })
      expect(await store.listeners(TICKET)).toHaveLength(2)
      await say(store, OFFICER, { follows: [{ ...follow, off: true }] })
      expect((await store.listeners(TICKET)).map(({ address }) => address)).toEqual([BUDI])
    }),
  )
}
