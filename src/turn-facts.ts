// What a turn must know before it can be decided: only what the state and the message ask for is looked up.

import type { City } from './city/city.ts'
import type { Chance, NewId } from './clock.ts'
import type { NearQuery } from './complaints/likeness.ts'
import { newTicket } from './complaints/ticket.ts'
import type { Turn } from './conversation/effect.ts'
import { keyOf } from './conversation/nearby.ts'
import type { Context, Event, Needs, Person } from './conversation/turn.ts'
import { createDeskFacts, type DeskFactStore } from './desk-facts.ts'
import { endOfChain } from './merge-chain.ts'
import { channelOf } from './message.ts'
import { accountOf } from './reply.ts'
import type { CaseFileOf } from './store/media-port.ts'
import { DOUBTED_MS } from './store/people-port.ts'
import type { Store } from './store/store.ts'
import type { Conversation } from './store/turn-port.ts'

export interface TurnFactParts {
  readonly store: Pick<
    Store,
    'named' | 'quoted' | 'complaint' | 'near' | 'personFile' | 'attachmentsOf'
  > &
    DeskFactStore
  readonly city: City
  readonly shortCode: string
  readonly chance: Chance
  readonly newId: NewId
  /** Accounts whose channel shows choices as buttons. */
  readonly withButtons: ReadonlySet<string>
  /** The settings name coordinators. */
  readonly coordinatorsSet: boolean
}

export interface TurnFacts {
  gather(conversation: Conversation, event: Event, wanted: Needs, now: Date): Promise<Context>
  /** What other people have filed that this may be a duplicate of. */
  near(conversation: Conversation, query: NearQuery): Promise<NonNullable<Context['near']>>
  /** Kept files that the turn says something with. */
  files(turn: Turn): Promise<ReadonlyMap<string, readonly CaseFileOf[]>>
  /** What is stored about this person. */
  file(conversation: Conversation, now: Date): Promise<NonNullable<Context['file']>>
}

const TICKETS_PER_TURN = 2
const CASES_TOLD = 10
const NOTHING_NAMED = { mine: [], supported: [], foreign: [] }

export function createTurnFacts(parts: TurnFactParts): TurnFacts {
  const { store, city, chance } = parts
  const deskFacts = createDeskFacts(parts)

  const namedIn = ({ personId }: Conversation, { tickets }: Needs) =>
    tickets.length === 0 ? NOTHING_NAMED : store.named(personId, tickets)

  const quotedIn = ({ personId }: Conversation, event: Event, { quotedId }: Needs) =>
    quotedId === null || event.type !== 'message'
      ? null
      : store.quoted(personId, event.message.account, quotedId)

  return {
    async gather(conversation, event, wanted, now) {
      const [desk, named, quoted, offered] = await Promise.all([
        deskFacts(conversation, event, wanted.desk, now),
        namedIn(conversation, wanted),
        quotedIn(conversation, event, wanted),
        Promise.all(
          wanted.offered.map(async (ticket) => ({ ticket, end: await endOfChain(store, ticket) })),
        ),
      ])
      return {
        now,
        city,
        code: parts.shortCode,
        person: personOf(conversation, event, parts.withButtons),
        newTickets: Array.from({ length: TICKETS_PER_TURN }, () => newTicket(chance)),
        newCode: String(chance(1_000_000)).padStart(6, '0'),
        mine: conversation.mine,
        named: named.mine,
        foreign: named.foreign,
        supported: [...conversation.supported, ...named.supported],
        offered,
        near: null,
        file: null,
        quoted,
        desk,
      }
    },
    async near({ personId }, query) {
      return { key: keyOf(query), cases: await store.near(personId, query) }
    },
    async files({ effects }) {
      const tickets = effects.flatMap((effect) =>
        effect.type === 'say' && effect.say.files !== undefined ? [effect.say.files.ticket] : [],
      )
      const each = [...new Set(tickets)].map(
        async (ticket) => [ticket, await store.attachmentsOf(ticket)] as const,
      )
      return new Map(await Promise.all(each))
    },
    async file({ addressId }, now) {
      const file = await store.personFile(addressId, CASES_TOLD)
      // Not heard of before this message.
      return file ?? { since: now, complaints: 0, cases: [], linked: 0 }
    },
  }
}

function personOf(
  conversation: Conversation,
  event: Event,
  withButtons: ReadonlySet<string>,
): Person {
  const account = accountOf(event, conversation)
  const channel = channelOf(conversation.address)
  return {
    id: conversation.personId,
    channel,
    style: channel === 'sms' ? 'sms' : 'chat',
    buttons: account !== null && withButtons.has(account),
    language: conversation.language,
    stopped: conversation.stoppedAt !== null,
    privacyTold: conversation.privacyTold,
    filedToday: conversation.filedToday,
    messagesThisHour: conversation.messagesThisHour,
    lastHeardAt: conversation.lastHeardAt,
    doubted: conversation.lastHeardAt?.getTime() === DOUBTED_MS,
    blocked: conversation.blockedAt !== null,
  }
}
