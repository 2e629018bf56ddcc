// Those who act on complaints: how they go, who hears as whom, and what stays of their addresses.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/message.ts'
import type { Store } from '../../../src/store/store.ts'
import { enrol, held, invite, remove, useCode } from '../enrolled.ts'
import {
  BUDI,
  conversationOf,
  DAY,
  file,
  type InStore,
  later,
  NOW,
  post,
  SITI,
  say,
  sendAll,
  turn,
} from '../given.ts'

const AMIR: Address = 'telegram:11'
const GROUP: Address = 'telegram:-22'
const TICKET = '12345670'

const heard = async (store: Store, of: Partial<Parameters<Store['staffListeners']>[0]>) =>
  (await store.staffListeners({ agencies: [], roles: [], ...of })).map((one) => one.address)

export function describeStaff(inStore: InStore): void {
  describe('somebody who is removed', () => {
    test(
      'is nobody from that moment on, hears nothing, and their cases are their agency’s',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        const before = await held(store, TICKET, rina.id)
        expect(await remove(store, rina.id)).toBe('committed')
        expect((await conversationOf(store, BUDI)).staff).toBeNull()
        expect(await heard(store, { agencies: ['works'], roles: ['officer'] })).toEqual([])
        expect(await store.staff()).toEqual([])
        const after = await store.complaint(TICKET)
        expect(after).toEqual({ ...before, holder: null, version: before.version + 1 })
      }),
    )

    test(
      'in the middle of what they do, does it no more',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        const known = await conversationOf(store, BUDI)
        await remove(store, rina.id)
        expect(await store.commitTurn(turn(known))).toBe('stale')
      }),
    )

    test(
      'leaves at the same moment as the only other coordinator: one of them stays',
      inStore(async (store) => {
        const all = { role: 'coordinator', agency: null } as const
        const budi = await enrol(store, BUDI, { ...all, name: 'Budi' })
        const siti = await enrol(store, SITI, { ...all, name: 'Siti' })
        const leaves = (address: Address, staffId: string) =>
          say(store, address, { staff: [{ type: 'remove', staffId, by: 'Dewi', keepsOne: true }] })
        const outcomes = await Promise.all([leaves(BUDI, budi.id), leaves(SITI, siti.id)])
        expect(outcomes.toSorted()).toEqual(['committed', 'stale'])
        expect(await store.staff()).toHaveLength(1)
      }),
    )

    test(
      'is removed once',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        await remove(store, rina.id)
        expect(await remove(store, rina.id)).toBe('stale')
      }),
    )

    test(
      'stays where the turn that removes them is not kept',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        await held(store, TICKET, rina.id)
        const gone = { type: 'remove', staffId: rina.id, by: 'Dewi' } as const
        const never = { type: 'remove', staffId: 'nobody', by: 'Dewi' } as const
        expect(await say(store, SITI, { staff: [gone, never] })).toBe('stale')
        expect((await conversationOf(store, BUDI)).staff).toEqual(rina)
        expect((await store.complaint(TICKET))?.holder).toBe(rina.id)
      }),
    )

    test(
      'comes back by no code that was theirs to give or to use',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI, { role: 'coordinator', agency: null })
        await say(store, BUDI, { staff: [{ ...invite('MINE2345'), by: 'Rina' }] })
        await store.invite(invite('OTHR2345'), NOW)
        await remove(store, rina.id)
        expect(await store.invitation('MINE2345', NOW)).toBeNull()
        expect(await store.invitation('OTHR2345', NOW)).not.toBeNull()
      }),
    )
  })

  describe('those who hear for the city', () => {
    test(
      'are found by agency and by role, each address once, in the order of their numbers',
      inStore(async (store) => {
        await enrol(store, BUDI)
        await enrol(store, SITI, { name: 'Dewi', role: 'head' })
        await enrol(store, AMIR, { name: 'Amir', role: 'coordinator', agency: null })
        expect(await heard(store, { agencies: ['works'] })).toEqual([BUDI, SITI])
        expect(await heard(store, { agencies: ['water'] })).toEqual([])
        expect(await heard(store, { roles: ['coordinator'] })).toEqual([AMIR])
        expect(await heard(store, { agencies: ['works'], roles: ['coordinator', 'head'] })).toEqual(
          [BUDI, SITI, AMIR],
        )
      }),
    )

    test(
      'carry who they are and how they are reached',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        const known = await conversationOf(store, BUDI)
        expect(await store.staffListeners({ agencies: ['works'], roles: [] })).toEqual([
          {
            ...{ address: BUDI, addressId: known.addressId, personId: known.personId },
            ...{ account: 'twilio', language: 'id', stopped: false, lastHeardAt: NOW },
            ...{ citizen: known.personId, closed: false, staff: rina, group: false },
          },
        ])
      }),
    )

    test(
      'may be a group, in which nobody is a citizen',
      inStore(async (store) => {
        await store.invite(invite('ABCD2345'), NOW)
        await useCode(store, GROUP, 'ABCD2345', { now: NOW, group: true })
        expect(await conversationOf(store, GROUP)).toMatchObject({ staffGroup: true })
        const [listener] = await store.staffListeners({ agencies: ['works'], roles: [] })
        expect(listener).toMatchObject({ address: GROUP, group: true })
      }),
    )

    test(
      'are out of reach once no account can reach any of their addresses',
      inStore(async (store) => {
        await enrol(store, BUDI)
        await enrol(store, SITI)
        await store.setOptOut(BUDI, 'twilio', true, NOW)
        expect(await store.staff()).toMatchObject([{ unreachable: false }])
        await store.setOptOut(SITI, 'twilio', true, NOW)
        expect(await store.staff()).toMatchObject([{ unreachable: true, addresses: 2 }])
        const listeners = await store.staffListeners({ agencies: ['works'], roles: [] })
        expect(listeners.map(({ closed }) => closed)).toEqual([true, true])
      }),
    )
  })

  describe('a message to somebody who acts', () => {
    test(
      'leads to its case by the provider’s id, for that address alone',
      inStore(async (store) => {
        await enrol(store, BUDI)
        await file(store, SITI, TICKET)
        await post(store, BUDI, { id: 'card', ticket: TICKET, kind: 'ping_new' })
        await sendAll(store)
        const { addressId } = await conversationOf(store, BUDI)
        expect(await store.sentAbout(addressId, 'twilio', 'P-card')).toBe(TICKET)
        expect(await store.sentAbout(addressId, 'kannel', 'P-card')).toBeNull()
        const other = await conversationOf(store, SITI)
        expect(await store.sentAbout(other.addressId, 'twilio', 'P-card')).toBeNull()
      }),
    )
  })

  describe('whoever filed a case', () => {
    test(
      'is reached at every address they showed to be theirs, the first one first',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await file(store, GROUP, '10000003')
        await say(store, AMIR, { links: [{ ticket: TICKET, reporter: false }] })
        await say(store, SITI, { links: [{ ticket: TICKET, reporter: false, support: true }] })
        const follows = [{ ticket: TICKET, from: '10000003' }]
        await store.commitMove({ now: NOW, changes: [], follows, outbound: [] })
        expect(await store.contacts(TICKET)).toEqual([BUDI, AMIR])
      }),
    )

    test(
      'is reached nowhere once they erased themselves',
      inStore(async (store) => {
        await file(store, BUDI, TICKET)
        await say(store, BUDI, { erase: { onDuty: [] } })
        expect(await store.contacts(TICKET)).toEqual([])
      }),
    )
  })

  describe('an enrolled address', () => {
    test(
      'stays when its citizen is erased, with nothing of the citizen',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        await file(store, BUDI, TICKET, { state: 'closed', closedAt: NOW })
        const before = await conversationOf(store, BUDI)
        expect(await say(store, BUDI, { erase: { onDuty: [] } })).toBe('committed')
        const after = await conversationOf(store, BUDI)
        expect(after).toMatchObject({ staff: rina, addressId: before.addressId, mine: [] })
        expect(after).toMatchObject({ state: null, lastHeardAt: null })
        expect(await heard(store, { agencies: ['works'] })).toEqual([BUDI])
        expect(await store.complaint(TICKET)).toMatchObject({ text: null })
      }),
    )

    test(
      'stays however long it is silent, and goes when nobody’s',
      inStore(async (store) => {
        const rina = await enrol(store, BUDI)
        const rules = { identityDays: 365, textDays: 30, onDuty: [SITI] }
        const retain = async () => {
          let addresses = 0
          for (let from: string | null = 'addresses'; from !== null; ) {
            const how = { dryRun: false, limit: 9, from }
            const batch = await store.retain(rules, later(400 * DAY), how)
            addresses += batch.addresses
            from = batch.next
          }
          return addresses
        }
        expect(await retain()).toBe(0)
        expect((await conversationOf(store, BUDI)).staff).toEqual(rina)
        await remove(store, rina.id)
        expect(await retain()).toBe(1)
      }),
    )

    test(
      'goes along to the name its provider gives it, also one that was heard of',
      inStore(async (store) => {
        const rina = await enrol(store, GROUP)
        await store.moveAddress(GROUP, 'telegram:-33', NOW)
        expect((await conversationOf(store, 'telegram:-33')).staff).toEqual(rina)
        await say(store, AMIR)
        await store.moveAddress('telegram:-33', AMIR, NOW)
        expect((await conversationOf(store, AMIR)).staff).toEqual(rina)
        expect((await conversationOf(store, 'telegram:-33')).staff).toBeNull()
        expect(await store.staff()).toMatchObject([{ addresses: 1 }])
      }),
    )

    test(
      'that moves to somebody else’s leaves that one theirs',
      inStore(async (store) => {
        await enrol(store, GROUP)
        const dewi = await enrol(store, AMIR, { name: 'Dewi' })
        await store.moveAddress(GROUP, AMIR, NOW)
        expect((await conversationOf(store, AMIR)).staff).toEqual(dewi)
      }),
    )
  })

  test(
    'what stands in the trail of a turn is written with it, or not at all',
    inStore(async (store) => {
      const known = await conversationOf(store, BUDI)
      const shown = { action: 'show-contact', actor: 'Rina', ticket: TICKET } as const
      const audits = [{ at: NOW, ...shown, personId: null, detail: '{}' }]
      expect(await store.commitTurn(turn(known, { audits }))).toBe('committed')
      expect(await store.commitTurn(turn(known, { audits }))).toBe('stale')
      expect(await store.auditTrail(9)).toEqual(audits)
    }),
  )
}
