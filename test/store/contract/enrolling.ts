// How people come in who act on complaints: by a code that is used once, at an address that is theirs alone.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { Store } from '../../../src/store/store.ts'
import { enrol, held, invite, OFFICER, remove, useCode } from '../enrolled.ts'
import { BUDI, conversationOf, DAY, type InStore, later, NOW, SITI, say, turn } from '../given.ts'

const AMIR: Address = 'telegram:11'
const TICKET = '12345670'

const numbers = async (store: Store) =>
  (await store.staff()).map(({ number, name }) => [number, name])
export function describeEnrolling(inStore: InStore): void {
  describe('an invitation', () => {
    test(
      'is found by its code until it is used, and by no other',
      inStore(async (store) => {
        await store.invite(invite('ABCD2345'), NOW)
        expect(await store.invitation('ABCD2345', NOW)).toEqual(OFFICER)
        expect(await store.invitation('ABCD2346', NOW)).toBeNull()
        expect(await useCode(store, BUDI, 'ABCD2345')).toBe('committed')
        expect(await store.invitation('ABCD2345', NOW)).toBeNull()
      }),
    )

    test(
      'made in a turn is as good as the operator’s, whose own stands in the trail',
      inStore(async (store) => {
        await say(store, BUDI, { staff: [invite('ABCD2345', { role: 'head' })] })
        expect(await store.invitation('ABCD2345', NOW)).toMatchObject({ role: 'head' })
        await store.invite(invite('ABCD2346'), NOW)
        expect(await store.auditTrail(9)).toEqual([
          {
            ...{ at: NOW, action: 'invite', actor: 'operator', ticket: null, personId: null },
            detail: '{"role":"officer","agency":"works"}',
          },
        ])
      }),
    )

    test(
      'whose code is used up, unknown or too old lets nobody in, and nothing of the turn is kept',
      inStore(async (store) => {
        await store.invite(invite('ABCD2345', { expiresAt: later(1) }), NOW)
        expect(await store.invitation('ABCD2345', later(1))).toBeNull()
        expect(await useCode(store, BUDI, 'ABCD2345', { now: later(1) })).toBe('stale')
        expect(await useCode(store, BUDI, 'ABCD9999')).toBe('stale')
        expect((await conversationOf(store, BUDI)).version).toBe(0)
        expect(await useCode(store, BUDI, 'ABCD2345')).toBe('committed')
        expect(await useCode(store, SITI, 'ABCD2345')).toBe('stale')
      }),
    )

    test(
      'lets one in of two who use it at once',
      inStore(async (store) => {
        await store.invite(invite('ABCD2345'), NOW)
        const outcomes = [useCode(store, BUDI, 'ABCD2345'), useCode(store, SITI, 'ABCD2345')]
        expect((await Promise.all(outcomes)).sort()).toEqual(['committed', 'stale'])
        expect(await numbers(store)).toEqual([[1, 'Rina']])
      }),
    )

    test(
      'by a code that is taken is made with another one',
      inStore(async (store) => {
        await store.invite(invite('ABCD2345'), NOW)
        expect(await say(store, BUDI, { staff: [invite('ABCD2345')] })).toBe('stale')
        await expect(store.invite(invite('ABCD2345'), NOW)).rejects.toThrow('invite again')
      }),
    )

    test(
      'is forgotten a month after it ran out',
      inStore(async (store) => {
        await store.invite(invite('ABCD2345', { expiresAt: later(DAY) }), NOW)
        await store.invite(invite('ABCD2346', { expiresAt: later(40 * DAY) }), later(32 * DAY))
        // Else the code would be taken.
        await store.invite(invite('ABCD2345', { expiresAt: later(40 * DAY) }), later(32 * DAY))
      }),
    )
  })

  describe('somebody who enrols', () => {
    test(
      'is known in the conversation of that address, and a citizen in every other',
      inStore(async (store) => {
        expect(await conversationOf(store, BUDI)).toMatchObject({ staff: null, staffGroup: false })
        const rina = await enrol(store, BUDI)
        expect(rina).toMatchObject({ number: 1, name: 'Rina', role: 'officer', agency: 'works' })
        await say(store, SITI)
        expect((await conversationOf(store, SITI)).staff).toBeNull()
      }),
    )

    test(
      'gets a number that nobody had, also after somebody went',
      inStore(async (store) => {
        await enrol(store, BUDI, { name: 'Rina' })
        const dewi = await enrol(store, SITI, { name: 'Dewi' })
        await remove(store, dewi.id, BUDI)
        await enrol(store, AMIR, { name: 'Amir' })
        expect(await numbers(store)).toEqual([
          [1, 'Rina'],
          [3, 'Amir'],
        ])
      }),
    )

    test(
      'under the same name, role and agency brings the same person another address',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        expect(await enrol(store, AMIR)).toEqual(rina)
        expect(await enrol(store, SITI, { agency: 'water' })).toMatchObject({ number: 2 })
        expect(await store.staff()).toMatchObject([
          { number: 1, addresses: 2 },
          { number: 2, addresses: 1 },
        ])
      }),
    )

    test(
      'by a code of their own brings it to themselves, while they are there',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        expect(await enrol(store, AMIR, { staffId: rina.id, name: 'whatever' })).toEqual(rina)
        await store.invite(invite('ABCD2345', { staffId: rina.id }), NOW)
        await remove(store, rina.id)
        expect(await store.invitation('ABCD2345', NOW)).toBeNull()
        expect(await useCode(store, AMIR, 'ABCD2345')).toBe('stale')
      }),
    )

    test(
      'in another role keeps number and addresses, and has the new role at all of them',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        await enrol(store, AMIR)
        const other = await conversationOf(store, AMIR)
        const now = await enrol(store, BUDI, { role: 'head' })
        expect(now).toEqual({ ...rina, role: 'head' })
        expect((await conversationOf(store, AMIR)).staff).toEqual(now)
        // What was decided there in the old role is decided again.
        expect(await store.commitTurn(turn(other))).toBe('stale')
      }),
    )

    test(
      'for another agency keeps none of the cases of the old one',
      inStore(async (store) => {
        const { id } = await enrol(store, BUDI)
        await held(store, TICKET, id)
        await enrol(store, BUDI, { role: 'head' })
        expect((await store.complaint(TICKET))?.holder).toBe(id)
        await enrol(store, BUDI, { role: 'head', agency: 'water' })
        expect((await store.complaint(TICKET))?.holder).toBeNull()
      }),
    )

    test(
      'with an address of somebody else takes it over; who has none left is no longer there',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        await enrol(store, AMIR)
        await held(store, TICKET, rina.id)
        await enrol(store, BUDI, { name: 'Dewi' })
        expect(await store.staff()).toMatchObject([
          { name: 'Rina', addresses: 1 },
          { name: 'Dewi', addresses: 1 },
        ])
        await enrol(store, AMIR, { name: 'Dewi' })
        expect(await store.staff()).toMatchObject([{ name: 'Dewi', addresses: 2 }])
        expect((await store.complaint(TICKET))?.holder).toBeNull()
      }),
    )
  })
}
