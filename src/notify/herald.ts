// Who hears what because of a turn or a move: gathers those who listen and those who act, then words it all.
// It only reads; whoever asks writes the messages in the same transaction as their cause.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import type { Address } from '../message.ts'
import { CODE_KIND, type NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import type { Conversation } from '../store/turn-port.ts'
import { createDeskNews } from './desk-news.ts'
import { REPLY_LIFE_MS } from './hours.ts'
import { isTold, type Move } from './move-phrases.ts'
import { newestState } from './newest-state.ts'
import { noticesFor } from './notices.ts'
import { noticeRow } from './outbound-row.ts'
import type { Actor } from './roster.ts'
import { createStaffBook, type StaffBook } from './staff-book.ts'
import type { TurnNews } from './turn-news.ts'
import { type Measure, say, sized } from './wording.ts'

const DAY_MS = 24 * 3_600_000
/** Whoever knows a ticket can ask for codes from any number of chats: they neither flood its citizen nor use up the budget. */
const CODES_PER_DAY = 10

export interface HeraldParts {
  readonly store: Pick<Store, 'listeners' | 'ensureAddress' | 'caseFile' | 'staffListeners'>
  readonly city: City
  readonly measure: Measure
  readonly coordinators: readonly Address[]
  readonly clock: Clock
  readonly newId: NewId
}

export interface Herald {
  /** What others hear because of somebody's own turn; the one who wrote is told by the reply. */
  turn(news: TurnNews, conversation: Conversation, now: Date): Promise<readonly NewOutbound[]>
  /** What all hear because of a move made elsewhere. */
  moved(move: Move, now: Date): Promise<readonly NewOutbound[]>
  /** For the schedule: who is pinged, and how it is worded. */
  coordinators(): Promise<readonly Actor[]>
  readonly book: Pick<StaffBook, 'roster'>
  /** Addresses that the operator has set: theirs stay when they erase what they said as citizens. */
  readonly onDuty: readonly Address[]
  readonly wording: Pick<HeraldParts, 'city' | 'measure' | 'newId'>
}

/** Looks the coordinators up once, so that a wrong address of the settings shows at the start. */
export async function createHerald(parts: HeraldParts): Promise<Herald> {
  const { store, city, measure, newId } = parts
  const wording = { city, measure, newId }
  const book = createStaffBook({ ...parts, appointed: parts.coordinators })
  const desk = createDeskNews(book, wording)

  async function tellOthers(news: TurnNews, exceptPersonId: string, at: Date) {
    const rows: NewOutbound[] = []
    for (const { before, complaint: after, events } of news.changes) {
      const told = events.filter(isTold)
      if (before === null || told.length === 0) continue
      const listeners = await store.listeners(after.ticket)
      const facts = { ...wording, listeners, now: at, exceptPersonId }
      for (const event of told) rows.push(...noticesFor({ before, after, event }, facts))
    }
    return rows
  }

  /**
   * At once and by the reply's lane: these codes live for minutes only. STOP holds up a code, but not the word that
   * one was used: whoever filed it must hear of that.
   */
  async function tellReporter({ ticket, phrase }: TurnNews['tells'][number], at: Date) {
    if (phrase.key === 'link_code' && (await codesToday(ticket, at)) >= CODES_PER_DAY) return []
    const listeners = await store.listeners(ticket)
    const row = { kind: CODE_KIND, ticket, now: at, dueAt: at, newId }
    return listeners
      .filter(({ reporter, stopped }) => reporter && !(stopped && phrase.key === 'link_code'))
      .map((to): NewOutbound => {
        const text = sized(to, say(to, phrase.key, phrase.params, wording), wording)
        const expiresAt = new Date(at.getTime() + REPLY_LIFE_MS)
        return { ...noticeRow(to, text, row), lane: 'reply', expiresAt }
      })
  }

  async function codesToday(ticket: string, at: Date): Promise<number> {
    const { messages } = (await store.caseFile(ticket)) ?? { messages: [] }
    const since = at.getTime() - DAY_MS
    return messages.filter((one) => one.kind === CODE_KIND && one.at.getTime() > since).length
  }

  await book.coordinators()
  return {
    wording,
    book,
    coordinators: book.coordinators,
    onDuty: parts.coordinators,
    async turn(news, conversation, at) {
      const rows = await tellOthers(news, conversation.personId, at)
      rows.push(...(await desk.turn(news, conversation, at)))
      for (const tell of news.tells) rows.push(...(await tellReporter(tell, at)))
      if (news.resumed) {
        const reader = listenerOf(conversation)
        const cases = [...conversation.mine, ...conversation.supported]
        const joined = new Set(conversation.supported)
        rows.push(...newestState(reader, cases, joined, { ...wording, now: at }))
      }
      book.forget(conversation.addressId)
      return rows
    },
    async moved(move, at) {
      const { after, event } = move
      const listeners = isTold(event) ? await store.listeners(after.ticket) : []
      const notices = noticesFor(move, { ...wording, listeners, now: at })
      return [...notices, ...(await desk.moved(move, at))]
    },
  }
}

function listenerOf(conversation: Conversation): Listener {
  const { personId, addressId, address, account, language, lastHeardAt } = conversation
  return {
    ...{ personId, addressId, address, account, language, lastHeardAt },
    stopped: false,
    reporter: true,
    supporter: false,
    citizen: personId,
    lastWordAt: null,
    closed: false,
  }
}
