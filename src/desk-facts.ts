// Looks up what the officers' dialogue asked for. Nothing is read for a citizen.

import type { City } from './city/city.ts'
import type { Chance, NewId } from './clock.ts'
import { midnightBefore } from './complaints/clocks.ts'
import { usualPeriod } from './complaints/figures.ts'
import { newInvitationCode } from './complaints/invitation-code.ts'
import { mayRead } from './complaints/staff.ts'
import type { Desk, DeskCase, DeskFigures, DeskNeeds, WalkIn } from './conversation/desk.ts'
import type { Event } from './conversation/turn.ts'
import { createDeskAround } from './desk-around.ts'
import { createDeskTasks } from './desk-tasks.ts'
import { readFigures } from './figures.ts'
import { endOfChain } from './merge-chain.ts'
import type { Address } from './message.ts'
import { accountOf } from './reply.ts'
import type { Store } from './store/store.ts'
import type { Conversation } from './store/turn-port.ts'

export type DeskFactStore = Pick<
  Store,
  | 'caseHistory'
  | 'complaint'
  | 'near'
  | 'attachmentsOf'
  | 'sentAbout'
  | 'tasks'
  | 'staff'
  | 'invitation'
  | 'contacts'
  | 'conversation'
  | 'summed'
  | 'caseCounts'
  | 'openCounts'
>

interface DeskFactParts {
  readonly store: DeskFactStore
  readonly city: City
  readonly chance: Chance
  readonly newId: NewId
  /** The settings name coordinators. */
  readonly coordinatorsSet: boolean
}

/** As many as are handed over at once. */
const MOST_HELD = 50

export function createDeskFacts(parts: DeskFactParts) {
  const { store, city, chance, newId } = parts
  const tasksFor = createDeskTasks(store, city)
  const aroundFor = createDeskAround(store)

  async function cardOf({ addressId }: Conversation, account: string | null, id: string | null) {
    return id === null || account === null ? null : store.sentAbout(addressId, account, id)
  }

  async function casesOf(tickets: readonly (string | null)[]): Promise<readonly DeskCase[]> {
    const each = [...new Set(tickets)].map((one) => (one === null ? null : store.caseHistory(one)))
    const named = (await Promise.all(each)).flatMap((file) => file ?? [])
    return [...named, ...(await endsOf(named))]
  }

  /** Where those that were merged have ended up: what is merged into them goes there. */
  async function endsOf(cases: readonly DeskCase[]): Promise<readonly DeskCase[]> {
    const merged = cases.flatMap(({ complaint }) => complaint.mergedInto ?? [])
    const ends = await Promise.all(merged.map((ticket) => endOfChain(store, ticket)))
    const tickets = new Set(ends.flatMap((end) => end?.ticket ?? []))
    const files = await Promise.all([...tickets].map((ticket) => store.caseHistory(ticket)))
    return files.flatMap((file) => file ?? [])
  }

  async function figuresFor({ figures: asked }: DeskNeeds, now: Date): Promise<DeskFigures | null> {
    if (asked === null) return null
    const { agency } = asked
    const period = usualPeriod(now, city.zone)
    const figures = await readFigures(store, city.zone, { period, agency, now })
    return { period, agency, figures }
  }

  async function aroundOf(
    { staff, personId }: Conversation,
    file: DeskCase | undefined,
    now: Date,
  ) {
    if (staff === null || file === undefined || !mayRead(staff, file.complaint)) return null
    return aroundFor(file.complaint, personId, now)
  }

  async function heldBy({ staff }: Conversation): Promise<readonly string[]> {
    if (staff?.agency == null) return []
    const { agency, id: holder } = staff
    const own = { agency, holder, unassigned: false, offset: 0, limit: MOST_HELD }
    return (await store.tasks(own)).cases.map(({ ticket }) => ticket)
  }

  async function walkInAt(address: Address, now: Date): Promise<WalkIn> {
    const ids = { personId: newId(), addressId: newId() }
    const at = { now, midnight: midnightBefore(now, city.zone) }
    const known = await store.conversation(address, at, ids)
    const { personId, addressId, language, stoppedAt, blockedAt } = known
    return { address, personId, addressId, language, silent: (stoppedAt ?? blockedAt) !== null }
  }

  return async (
    conversation: Conversation,
    event: Event,
    wanted: DeskNeeds | null,
    now: Date,
  ): Promise<Desk | null> => {
    if (wanted === null) return null
    const { staff } = conversation
    const { tasksFrom } = wanted
    const card = await cardOf(conversation, accountOf(event, conversation), wanted.repliedTo)
    const [cases, tasks, people, invitation, contacts, walkIn, held, figures] = await Promise.all([
      casesOf([...wanted.cases, card]),
      tasksFrom === null || staff === null ? null : tasksFor(staff, tasksFrom, now),
      wanted.people ? store.staff() : null,
      wanted.code === null ? null : store.invitation(wanted.code, now),
      wanted.contactOf === null ? null : store.contacts(wanted.contactOf),
      wanted.walkIn === null ? null : walkInAt(wanted.walkIn, now),
      wanted.held ? heldBy(conversation) : null,
      figuresFor(wanted, now),
    ])
    const opened = wanted.around === null ? null : (wanted.around.ticket ?? card)
    const open = cases.find(({ complaint }) => complaint.ticket === opened)
    const around = await aroundOf(conversation, open, now)
    return {
      staff,
      group: conversation.staffGroup || isFromGroup(event),
      ...{ cases, card, tasks, around, people, invitation, contacts, walkIn, held, figures },
      coordinatorsSet: parts.coordinatorsSet,
      newInvitation: newInvitationCode(chance),
      newPin: String(chance(10_000)).padStart(4, '0'),
      newStaffId: newId(),
    }
  }
}

function isFromGroup(event: Event): boolean {
  return event.type === 'message' && event.message.group === true
}
