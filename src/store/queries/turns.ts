// Writes a decided turn or move whole: inbox, conversation, complaints, links, outbox.
// Whoever came first wins: a duplicate, an overtaken decision or a taken number leaves nothing behind.

import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import type { Address } from '../../message.ts'
import { flag } from '../rows.ts'
import type {
  ClockRecord,
  MoveRecord,
  NewInbound,
  NewLink,
  NewOutbound,
  TurnOutcome,
  TurnRecord,
} from '../store.ts'
import type { addressQueries } from './addresses.ts'
import type { changeQueries } from './changes.ts'
import { erasedDigest } from './digests.ts'
import { eraseQueries } from './erase.ts'
import { bidFarewell } from './farewell.ts'
import type { outboxQueries } from './outbox.ts'
import { given, type Source, slot, slots } from './source.ts'

interface Parts {
  readonly addresses: ReturnType<typeof addressQueries>
  readonly changes: ReturnType<typeof changeQueries>
  readonly outbox: ReturnType<typeof outboxQueries>
}

export function turnQueries(source: Source, { addresses, changes, outbox }: Parts, newId: NewId) {
  const { db, t, seal, prepare } = source
  const { erase } = eraseQueries(source)
  // What was erased is known by its digest, in the same statement: nothing is asked for first.
  const insertInbound = prepare(
    'insert_inbound',
    db
      .insert(t.inbox)
      .select(
        sql`select ${sql.join(Object.keys(getTableColumns(t.inbox)).map(slot), sql`, `)}
          where not exists (select 1 from ${t.erasedIds}
            where ${t.erasedIds.digest} = ${slot('erased')})`,
      )
      .onConflictDoNothing({ target: [t.inbox.account, t.inbox.providerId] })
      .returning({ id: t.inbox.id }),
  )
  const unstick = prepare(
    'unstick_inbound',
    db
      .update(t.inbox)
      .set({ ticket: given('ticket'), outcome: given('outcome'), stuck: null })
      .where(
        and(
          eq(t.inbox.account, slot('account')),
          eq(t.inbox.providerId, slot('providerId')),
          sql`${t.inbox.stuck} is not null`,
        ),
      )
      .returning({ id: t.inbox.id }),
  )
  const insertLink = prepare(
    'insert_link',
    db
      .insert(t.links)
      .values(slots('ticket', 'personId', 'reporter', 'via', 'support', 'linkedAt', 'lastWordAt'))
      .onConflictDoNothing(),
  )
  const touchLink = prepare(
    'touch_link',
    db
      .update(t.links)
      .set({ lastWordAt: given('at') })
      .where(and(eq(t.links.ticket, slot('ticket')), eq(t.links.personId, slot('personId')))),
  )
  const linksOf = prepare(
    'links_of',
    db
      .select({ personId: t.links.personId, support: t.links.support })
      .from(t.links)
      .where(eq(t.links.ticket, slot('ticket'))),
  )
  const unfollow = prepare(
    'unfollow',
    db
      .delete(t.links)
      .where(and(eq(t.links.ticket, slot('ticket')), sql`${t.links.via} = ${slot('from')}`)),
  )

  const joined = and(
    eq(t.links.ticket, slot('ticket')),
    eq(t.links.personId, slot('personId')),
    eq(t.links.support, 1),
  )
  /** Who shows that a joined complaint is their own has all their rights on it, and keeps them. */
  const own = prepare('own_link', db.update(t.links).set({ support: 0, via: null }).where(joined))
  const leave = prepare('leave_link', db.delete(t.links).where(joined))

  async function commitTurn(turn: TurnRecord): Promise<TurnOutcome> {
    const { inbound, addressId, personId, now } = turn
    if (inbound !== null) {
      const row = inboundValues(inbound, addressId)
      const { account, providerId } = row
      const erased = erasedDigest(seal, account, providerId)
      const [stored] = await (turn.replay
        ? unstick.execute(row)
        : insertInbound.execute({ ...row, erased }))
      if (stored === undefined) return 'duplicate'
    }
    const stops = await addresses.stopsNow(turn)
    if (!(await addresses.advanceConversation(turn))) return 'stale'
    for (const change of turn.changes) {
      const outcome = await changes.writeChange(change, now)
      if (outcome !== 'committed') return outcome
    }
    for (const one of turn.links) {
      await link(one.ticket, personId, one, null, now)
      if (one.support !== true && !one.reporter) await own.execute({ ticket: one.ticket, personId })
    }
    for (const ticket of turn.leaves ?? []) await leave.execute({ ticket, personId })
    await touch(turn)
    if (stops) await outbox.silenceNotices(addressId)
    if (turn.resumes && inbound !== null) await addresses.open(addressId, inbound.message.account)
    if (turn.erase == null) await outbox.put(turn.outbound, turn)
    else await eraseAndPart(turn, turn.erase.onDuty)
    return 'committed'
  }

  async function eraseAndPart(turn: TurnRecord, onDuty: readonly Address[]): Promise<void> {
    await erase(turn, onDuty)
    const forOthers = await bidFarewell(turn, { create: addresses.create, put: outbox.put }, newId)
    await outbox.put(forOthers, null)
  }

  const link = (
    ticket: string,
    personId: string,
    { reporter, support }: Pick<NewLink, 'reporter' | 'support'>,
    via: string | null,
    now: Date,
  ) => {
    const at = now.getTime()
    return insertLink.execute({
      ticket,
      personId,
      reporter: flag(reporter),
      via,
      support: flag(support === true),
      linkedAt: at,
      lastWordAt: at,
    })
  }

  /** The complaints this message is about have heard from the person now. */
  async function touch({ inbound, changes, links, personId, now }: TurnRecord): Promise<void> {
    if (inbound === null) return
    const about = new Set(changes.map((change) => change.complaint.ticket))
    if (inbound.ticket !== null) about.add(inbound.ticket)
    for (const { ticket } of links) about.delete(ticket)
    for (const ticket of about) await touchLink.execute({ ticket, personId, at: now.getTime() })
  }

  async function commitMove(record: MoveRecord): Promise<'committed' | 'stale'> {
    for (const change of record.changes) {
      // A number that is taken cannot be filed again: to a move that is somebody else's change.
      if ((await changes.writeChange(change, record.now)) !== 'committed') return 'stale'
    }
    for (const { ticket, from, off } of record.follows ?? []) {
      if (off === true) await unfollow.execute({ ticket, from })
      else
        for (const { personId, support } of await linksOf.execute({ ticket: from }))
          await link(
            ticket,
            personId,
            { reporter: false, support: support === 1 },
            from,
            record.now,
          )
    }
    for (const ticket of record.lostAnswers ?? [])
      if (!(await changes.markAnswerLost(ticket, record.now))) return 'stale'
    await outbox.put(record.outbound, null)
    return 'committed'
  }

  async function commitClocks(
    records: readonly ClockRecord[],
    outbound: readonly NewOutbound[],
  ): Promise<'committed' | 'stale'> {
    for (const record of records) if ((await changes.writeClock(record)) === 'stale') return 'stale'
    await outbox.put(outbound, null)
    return 'committed'
  }

  return { commitTurn, commitMove, commitClocks }
}

function inboundValues(inbound: NewInbound, addressId: string) {
  const { message } = inbound
  return {
    id: inbound.id,
    account: message.account,
    providerId: message.providerId,
    addressId,
    channel: message.channel,
    receivedAt: inbound.receivedAt.getTime(),
    text: message.text,
    media: JSON.stringify(message.media),
    position: message.position === null ? null : JSON.stringify(message.position),
    quotedId: message.quotedId,
    choice: message.choice,
    answerable: flag(message.answerable),
    consent: message.consent,
    ticket: inbound.ticket,
    outcome: inbound.outcome,
    stuck: inbound.stuck,
  }
}
