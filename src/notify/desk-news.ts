// What those who act hear because of a turn or a move: looks up who they are, then words a card for each.
// Whoever made the move is not told of it; a citizen's own move is told to all, even where one phone is both.

import type { Complaint } from '../complaints/complaint.ts'
import type { NewOutbound } from '../store/outbox-port.ts'
import type { Conversation } from '../store/turn-port.ts'
import { type CardFacts, cardsFor } from './cards.ts'
import { agenciesOf, cancelWish, concernsDesk, type Hearing, hearingsOf } from './desk-audience.ts'
import { handedTogether } from './handed-together.ts'
import { withLapsed } from './lapsed-asks.ts'
import type { Move } from './move-phrases.ts'
import type { Roster } from './roster.ts'
import type { StaffBook } from './staff-book.ts'
import type { TurnNews } from './turn-news.ts'

interface CaseNews {
  readonly complaint: Complaint
  readonly moves: readonly Move[]
  readonly cancelWish: boolean
}

export interface DeskNews {
  turn(
    news: Pick<TurnNews, 'changes' | 'alerts'>,
    conversation: Pick<Conversation, 'staff' | 'mine'>,
    now: Date,
  ): Promise<readonly NewOutbound[]>
  moved(move: Move, now: Date): Promise<readonly NewOutbound[]>
}

export function createDeskNews(
  book: Pick<StaffBook, 'roster'>,
  wording: Omit<CardFacts, 'now'>,
): DeskNews {
  async function tell(cases: readonly CaseNews[], moverId: string | null, now: Date) {
    const agencies = cases.flatMap((one) => [
      ...one.moves.flatMap(agenciesOf),
      ...(one.complaint.agency === null ? [] : [one.complaint.agency]),
    ])
    const roster = await book.roster([...new Set(agencies)])
    const facts = { ...wording, now }
    const told = cases.map((one) => ({
      complaint: one.complaint,
      hearings: hearings(one, roster, moverId),
    }))
    const { single, lists } = handedTogether(told, facts)
    return [...single.flatMap((one) => cardsFor(one.hearings, one.complaint, facts)), ...lists]
  }

  return {
    async turn(news, { staff, mine }, now) {
      const cases = casesOf(news, mine)
      return cases.length === 0 ? [] : tell(cases, staff?.id ?? null, now)
    },
    async moved(move, now) {
      if (!concernsDesk(move.event.move)) return []
      return tell([{ complaint: move.after, moves: [move], cancelWish: false }], null, now)
    },
  }
}

function hearings(one: CaseNews, roster: Roster, moverId: string | null): readonly Hearing[] {
  const ofMoves = one.moves.flatMap((move) =>
    withLapsed(hearingsOf(move, roster), move, roster).map((hearing) => {
      if (move.event.role === 'citizen') return hearing
      const others = hearing.to.filter(({ staff }) => staff === null || staff.id !== moverId)
      return { ...hearing, to: others }
    }),
  )
  return one.cancelWish ? [...ofMoves, cancelWish(one.complaint, roster)] : ofMoves
}

/** What was archived as it came in is spam: nobody is to hear of it. */
function isHeardOf({ before, complaint }: TurnNews['changes'][number]): boolean {
  return before !== null || complaint.state !== 'archived'
}

/** One for each complaint that a turn changed, or raised an alarm about; the first reason is the weightiest. */
function casesOf(
  { changes, alerts }: Pick<TurnNews, 'changes' | 'alerts'>,
  mine: Conversation['mine'],
): readonly CaseNews[] {
  const wishes = new Set(alerts.flatMap((a) => (a.alert === 'cancel-wish' ? [a.ticket] : [])))
  const changed = changes.filter(isHeardOf).map(({ before, complaint, events }) => ({
    complaint,
    moves: events.map((event) => ({ before, after: complaint, event })),
    cancelWish: wishes.has(complaint.ticket),
  }))
  const untouched = mine
    .map(({ complaint }) => complaint)
    .filter(({ ticket }) => !changed.some(({ complaint }) => complaint.ticket === ticket))
    .filter(({ ticket }) => wishes.has(ticket))
    .map((complaint) => ({ complaint, moves: [], cancelWish: true }))
  return [...changed, ...untouched].filter(
    ({ moves, cancelWish: wish }) => wish || moves.some(({ event }) => concernsDesk(event.move)),
  )
}
