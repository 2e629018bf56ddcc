// The port over any driver: which calls read, which write, and what of a write is kept.
// A driver only knows how to read, how to write in a transaction, and how to close.

import { createOverMemory } from './queries/counts.ts'
import { isUnknownAddress } from './queries/outbox.ts'
import type { Reads, Writes } from './queries-over.ts'
import type { Store } from './store.ts'

/** What a write decided. `keep: false` undoes whatever it wrote; `value` is told all the same. */
export interface Decided<T> {
  readonly keep: boolean
  readonly value: T
  /** Words or addresses were removed: nothing of them may stay in the database's own files (SQLite). */
  readonly wipe?: boolean
}

export interface Driver {
  read<T>(job: (queries: Reads) => Promise<T>): Promise<T>
  /** One transaction. The job awaits nothing but queries, and may be run twice. */
  write<T>(job: (queries: Writes) => Promise<Decided<T>>): Promise<T>
  /** Waits for what is in hand. */
  close(): Promise<void>
}

export function createStore({ read, write, close }: Driver): Store {
  const over = createOverMemory()
  return {
    conversation: (address, at, ids) => read((q) => q.conversation(address, at, ids)),
    named: (personId, tickets) => read((q) => q.named(personId, tickets)),
    near: (personId, query) => read((q) => q.near(personId, query)),
    quoted: (personId, account, id) => read((q) => q.quoted(personId, account, id)),
    complaint: (ticket) => read((q) => q.complaint(ticket)),
    caseFile: (ticket) => read((q) => q.caseFile(ticket)),
    caseHistory: (ticket) => read((q) => q.caseHistory(ticket)),
    complaints: (query) => read((q) => q.complaints(query)),
    listeners: (ticket) => read((q) => q.listeners(ticket)),
    dueClocks: (now, limit) => read((q) => q.dueClocks(now, limit)),
    answersDelivered: (limit) => read((q) => q.answersDelivered(limit)),
    answersLost: (limit) => read((q) => q.answersLost(limit)),
    dueConversations: (now, limit) => read((q) => q.dueConversations(now, limit)),
    segmentsToday: (id, account, midnight) => read((q) => q.segmentsToday(id, account, midnight)),
    sentText: (account, id) => read((q) => q.sentText(account, id)),
    toPassOn: (limit) => read((q) => q.toPassOn(limit)),
    triedAt: (row) => read((q) => q.triedAt(row)),
    stuck: (limit, after) => read((q) => q.stuck(limit, after)),
    filedBetween: (query) => read((q) => q.filedBetween(query)),
    counts: (now) => read((q) => q.counts(now, over)),
    getFact: (key) => read((q) => q.getFact(key)),
    getFacts: (keys) => read((q) => q.getFacts(keys)),
    factsUnder: (prefix) => read((q) => q.factsUnder(prefix)),

    commitTurn: (turn) =>
      unlessErased(
        write(async (q) => {
          const decided = ifCommitted(await q.commitTurn(turn))
          return { ...decided, wipe: q.wipesNoted() || turn.erase != null }
        }),
      ),
    commitMove: (record) =>
      unlessErased(
        write(async (q) => {
          const decided = ifCommitted(await q.commitMove(record))
          return { ...decided, wipe: q.wipesNoted() }
        }),
      ),
    commitClocks: (records, outbound, pinged) =>
      unlessErased(
        write(async (q) => ifCommitted(await q.commitClocks(records, outbound, pinged))),
      ),
    pingedIn: (hour) => read((q) => q.pingedIn(hour)),
    askedDue: (now, limit) => read((q) => q.askedDue(now, limit)),
    staff: () => read((q) => q.staff()),
    staffListeners: (of) => read((q) => q.staffListeners(of)),
    invitation: (code, now) => read((q) => q.invitation(code, now)),
    invite: (change, now) => write(async (q) => kept(await q.invite(change, now))),
    tasks: (query) => read((q) => q.tasks(query)),
    sentAbout: (addressId, account, id) => read((q) => q.sentAbout(addressId, account, id)),
    contacts: (ticket) => read((q) => q.contacts(ticket)),
    daily: (from, to) => read((q) => q.daily(from, to)),
    summed: (from, to) => read((q) => q.summed(from, to)),
    caseCounts: (since, until) => read((q) => q.caseCounts(since, until)),
    openCounts: (now, dayEnd) => read((q) => q.openCounts(now, dayEnd)),
    ensureAddress: (address, ids, now) =>
      write(async (q) => kept(await q.ensureAddress(address, ids, now))),
    noteChannels: (holder, views, now) =>
      write(async (q) => kept(await q.noteChannels(holder, views, now))),
    forgetViews: (holder) =>
      write(async (q) => {
        await q.forgetViews(holder)
        return kept(undefined)
      }),
    channelViews: (account, since) => read((q) => q.channelViews(account, since)),
    traffic: (account, from, to) => read((q) => q.traffic(account, from, to)),
    commitAlarm: (change, outbound) =>
      unlessErased(write(async (q) => ifCommitted(await q.commitAlarm(change, outbound)))),
    passOn: (id, next, told) =>
      unlessErased(write(async (q) => ifCommitted(await q.passOn(id, next, told)))),
    knownNames: (name, beside) => read((q) => q.knownNames(name, beside)),
    movePerson: (from, to, now, by) =>
      write(async (q) => kept(await q.movePerson(from, to, now, by))),
    doubtAddress: (address, now) => write(async (q) => kept(await q.doubtAddress(address, now))),
    moveAddress: (from, to, now) => write(async (q) => kept(await q.moveAddress(from, to, now))),
    leaseDue: (now, forMs, limit, lane) =>
      write(async (q) => kept(await q.leaseDue(now, forMs, limit, lane))),
    settle: (id, lease, settlement) =>
      write(async (q) => {
        const { value, ended } = await q.settleAndEnd(id, lease, settlement)
        return { ...kept(value), wipe: ended }
      }),
    recordReceipt: (receipt, now, retryAt) =>
      write(async (q) => {
        const { value, ended } = await q.receiptAndEnd(receipt, now, retryAt)
        return { ...kept(value), wipe: ended }
      }),
    expire: (now) =>
      write(async (q) => {
        const { value, ended } = await q.expireAndEnd(now)
        return { ...kept(value), wipe: ended }
      }),
    setOptOut: (address, account, optedOut, now) =>
      write(async (q) => kept(await q.setOptOut(address, account, optedOut, now))),
    audit: (...entries) => write(async (q) => kept(await q.audit(...entries))),
    auditTrail: (limit) => read((q) => q.auditTrail(limit)),
    personFile: (addressId, most) => read((q) => q.personFile(addressId, most)),
    retain: (rules, now, { dryRun, limit, from }) =>
      dryRun
        ? read((q) => q.retainDry(rules, now, limit, from))
        : write(async (q) => {
            const batch = await q.retain(rules, now, limit, from)
            const { next, ...removed } = batch
            return { ...kept(batch), wipe: Object.values(removed).some((count) => count > 0) }
          }),
    leaseMedia: (now, forMs, limit) =>
      write(async (q) => kept(await q.leaseMedia(now, forMs, limit))),
    claimMedia: (id, lease, digest, now) =>
      write(async (q) => {
        const value = await q.claimMedia(id, lease, digest, now)
        return { keep: value === 'ours', value }
      }),
    settleMedia: (id, lease, settlement, claimed) =>
      write(async (q) => kept(await q.settleMedia(id, lease, settlement, claimed))),
    mediaNews: (now, limit) => read((q) => q.mediaNews(now, limit)),
    leaseWipes: (now, forMs, limit) =>
      write(async (q) => kept(await q.leaseWipes(now, forMs, limit))),
    attachmentsOf: (ticket) => read((q) => q.attachmentsOf(ticket)),
    isKept: (digest) => read((q) => q.isKept(digest)),
    toSendOn: (limit) => read((q) => q.toSendOn(limit)),
    sendOn: (ids, outbound) =>
      unlessErased(write(async (q) => ifCommitted(await q.sendOn(ids, outbound)))),
    wiped: (digest) => write(async (q) => kept(await q.wiped(digest))),
    setFacts: (entries) => write(async (q) => kept(await q.setFacts(entries))),
    swapFact: (key, expected, value) =>
      write(async (q) => kept(await q.swapFact(key, expected, value))),
    takeLease: (name, holder, forMs) =>
      write(async (q) => kept(await q.takeLease(name, holder, forMs))),
    releaseLease: (name, holder) => write(async (q) => kept(await q.releaseLease(name, holder))),
    ping: (now) => write(async (q) => kept(await q.ping(now))),
    close,
  }
}

/** Somebody who was to be told has erased themselves since it was decided: whoever asked decides again. */
async function unlessErased<T>(writing: Promise<T>): Promise<T | 'stale'> {
  try {
    return await writing
  } catch (error) {
    if (isUnknownAddress(error)) return 'stale'
    throw error
  }
}

const kept = <T>(value: T): Decided<T> => ({ keep: true, value })
const ifCommitted = <T extends string>(value: T): Decided<T> => ({
  keep: value === 'committed',
  value,
})
