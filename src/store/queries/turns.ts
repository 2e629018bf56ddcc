// Writes a decided turn whole: inbox, conversation, complaints, links, outbox.
// Whoever came first wins: a duplicate, an overtaken decision or a taken number leaves nothing behind.

import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { NewId } from '../../clock.ts'
import { DOUBTED_MS } from '../people-port.ts'
import { flag } from '../rows.ts'
import type { NewInbound, NewLink, TurnOutcome, TurnRecord } from '../turn-port.ts'
import type { addressQueries } from './addresses.ts'
import { auditSteps, auditWrites } from './audit.ts'
import { blockQueries } from './blocking.ts'
import type { changeQueries } from './changes.ts'
import { erasedDigest } from './digests.ts'
import { eraseQueries } from './erase.ts'
import { bidFarewell } from './farewell.ts'
import { tallyQueries } from './figures.ts'
import type { linkQueries } from './links.ts'
import { mediaOfTurn } from './media-turn.ts'
import type { nameWrites } from './names.ts'
import type { outboxQueries } from './outbox.ts'
import { partingQueries } from './parting.ts'
import { given, inOrder, plain, type Source, slot } from './source.ts'
import { staffChangeQueries } from './staff-changes.ts'
import { walkInQueries } from './walk-ins.ts'

interface Parts {
  readonly addresses: ReturnType<typeof addressQueries>
  readonly changes: ReturnType<typeof changeQueries>
  readonly links: ReturnType<typeof linkQueries>
  readonly names: ReturnType<typeof nameWrites>
  readonly outbox: ReturnType<typeof outboxQueries>
}

export function turnQueries(
  source: Source,
  { addresses, changes, links, names, outbox }: Parts,
  newId: NewId,
) {
  const { db, t, seal, prepare } = source
  const { erase } = eraseQueries(source)
  const { part } = partingQueries(source, addresses.create, newId)
  const { mediaSteps } = mediaOfTurn(source)
  const { walkInStep } = walkInQueries(source, addresses.create)
  const { changeStaff } = staffChangeQueries(source)
  const { changeBlock } = blockQueries(source)
  const { tallySteps } = tallyQueries(source)
  const { audit } = auditWrites(source)
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
  const touchLink = prepare(
    'touch_link',
    db
      .update(t.links)
      .set({ lastWordAt: given('at') })
      .where(and(eq(t.links.ticket, slot('ticket')), eq(t.links.personId, slot('personId')))),
  )
  const joined = and(
    eq(t.links.ticket, slot('ticket')),
    eq(t.links.personId, slot('personId')),
    eq(t.links.support, 1),
  )
  /** Who shows that a joined complaint is their own has all their rights on it, and keeps them. */
  const own = prepare('own_link', db.update(t.links).set({ support: 0, via: null }).where(joined))
  const doubt = prepare(
    'doubt_links',
    db
      .update(t.links)
      .set({ lastWordAt: DOUBTED_MS })
      .where(eq(t.links.personId, slot('personId'))),
  )
  const leave = prepare('leave_link', db.delete(t.links).where(joined))

  async function commitTurn(turn: TurnRecord): Promise<TurnOutcome> {
    const { addressId, personId, now, stoppedAt, expectVersion } = turn
    const stops = stoppedAt !== null && expectVersion !== 0
    const refused = await inOrder<TurnOutcome>(source, [
      () => takeIn(turn),
      // Before the address is written: it tells whether this turn is the one that stops the notices.
      ...(stops ? [plain(() => outbox.silenceNotices(addressId))] : []),
      async () => ((await addresses.advanceConversation(turn)) ? null : 'stale'),
      ...turn.changes.map((change) => () => changes.writeChange(change, now)),
      ...(turn.doubts === true ? [plain(() => doubt.execute({ personId }))] : []),
      ...turn.links.flatMap((one) => linkSteps(one, personId, now)),
      ...(turn.follows ?? []).map((one) => plain(() => links.follow(one, now))),
      ...(turn.leaves ?? []).map((ticket) => plain(() => leave.execute({ ticket, personId }))),
      ...touchSteps(turn),
      ...mediaSteps(turn),
      ...openSteps(turn),
      ...(turn.names ?? []).map((one) => plain(() => names.noteName(one, addressId, now))),
      ...staffSteps(turn),
      ...(turn.blocks ?? []).map((one) => plain(() => changeBlock(one, now))),
      ...auditSteps(turn.audits, audit),
      ...(turn.erase == null ? [plain(() => outbox.put(turn.outbound, turn))] : []),
      ...tallySteps(turn.changes),
    ])
    if (refused !== null) return refused
    if (turn.erase != null) await eraseAndPart(turn, turn.erase)
    return 'committed'
  }

  async function takeIn({ inbound, addressId, replay }: TurnRecord): Promise<'duplicate' | null> {
    if (inbound === null) return null
    const row = inboundValues(inbound, addressId)
    const erased = erasedDigest(seal, row.account, row.providerId)
    const stored = replay ? unstick.execute(row) : insertInbound.execute({ ...row, erased })
    return (await stored).length === 0 ? 'duplicate' : null
  }

  function linkSteps(one: NewLink, personId: string, now: Date) {
    const { ticket, to } = one
    if (to !== undefined) return [walkInStep(ticket, to, now)]
    const make = plain(() => links.link(ticket, personId, one, null, now))
    if (one.support === true || one.reporter) return [make]
    return [make, plain(() => own.execute({ ticket, personId }))]
  }

  function staffSteps({ staff, addressId, now }: TurnRecord) {
    if (staff === undefined || staff.length === 0) return []
    const change = async () =>
      (await changeStaff(staff, addressId, now)) ? null : ('stale' as const)
    return [change]
  }

  /** Notices are wanted again by the account of this message. */
  function openSteps({ resumes, inbound, addressId }: TurnRecord) {
    if (!resumes || inbound === null) return []
    return [plain(() => addresses.open(addressId, inbound.message.account))]
  }

  async function eraseAndPart(
    turn: TurnRecord,
    { onDuty, since }: NonNullable<TurnRecord['erase']>,
  ): Promise<void> {
    if (since !== undefined) await part(turn, since)
    await erase(turn, onDuty)
    const forOthers = await bidFarewell(turn, { create: addresses.create, put: outbox.put }, newId)
    await outbox.put(forOthers, null)
  }

  /** The complaints this message is about have heard from the person now. */
  function touchSteps({ inbound, changes: changed, links: made, personId, now }: TurnRecord) {
    if (inbound === null) return []
    const about = new Set(changed.map((change) => change.complaint.ticket))
    if (inbound.ticket !== null) about.add(inbound.ticket)
    for (const { ticket } of made) about.delete(ticket)
    const at = now.getTime()
    return [...about].map((ticket) => plain(() => touchLink.execute({ ticket, personId, at })))
  }

  return { commitTurn }
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
    album: message.album,
    edits: message.edits,
    start: message.start,
  }
}
