// A tiny world around the real reducer: people, complaints and a clock, all in memory.
// State goes through JSON between any two turns, and effects through the gateway's own pure code.

import type { City } from '../../src/city/city.ts'
import { midnightBefore, startReply } from '../../src/complaints/clocks.ts'
import type { Complaint, HistoryEvent } from '../../src/complaints/complaint.ts'
import type { NearQuery } from '../../src/complaints/likeness.ts'
import { applyMove, type MoveRequest } from '../../src/complaints/moves.ts'
import type { StaffMember } from '../../src/complaints/staff.ts'
import { newTicket } from '../../src/complaints/ticket.ts'
import type { Attachment } from '../../src/conversation/attachment.ts'
import type { Desk, DeskNeeds } from '../../src/conversation/desk.ts'
import type { Turn } from '../../src/conversation/effect.ts'
import { keyOf, nearWanted } from '../../src/conversation/nearby.ts'
import { needs } from '../../src/conversation/needs.ts'
import { render } from '../../src/conversation/phrases.ts'
import { reduce } from '../../src/conversation/reduce.ts'
import { readState } from '../../src/conversation/state.ts'
import type { Context, Event } from '../../src/conversation/turn.ts'
import { applyEffects } from '../../src/effects.ts'
import {
  type Address,
  type Choice,
  channelOf,
  type InboundMessage,
  type Language,
  type Position,
} from '../../src/message.ts'
import type { NewOutbound } from '../../src/store/outbox-port.ts'
import { DOUBTED_MS } from '../../src/store/people-port.ts'
import type { Conversation, StoredCase } from '../../src/store/turn-port.ts'

const CODE = '1708'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Talk {
  state: string | null
  wakeAt: Date | null
  stoppedAt: Date | null
  blockedAt: Date | null
  privacyTold: string | null
  language: Language
  heardAt: Date[]
  /** Choices that were offered, newest first. */
  offered: Choice[]
}

/** What one event did, as an observer sees it. */
export interface Happened {
  readonly turn: Turn
  readonly replies: readonly NewOutbound[]
  readonly filed: readonly Complaint[]
  readonly moved: readonly {
    readonly move: string
    readonly after: Complaint
    readonly placed: boolean
  }[]
  /** Words sent to somebody else because of it. */
  readonly elsewhere: readonly { readonly to: Address; readonly text: string }[]
}

export interface World {
  now: Date
  readonly city: City
  /** Tickets in the order they were filed. */
  readonly tickets: string[]
  complaint(ticket: string): Complaint
  talk(address: Address): Talk
  say(address: Address, message: Partial<InboundMessage>): Happened
  timeout(address: Address): Happened
  attachment(address: Address, attachment: Attachment): Happened
  /** The newest picture of this person says where it was taken. */
  picture(address: Address, position: Position): Happened
  /** Everybody whose conversation asked to be woken by now. */
  due(): readonly Address[]
  official(ticket: string, request: MoveRequest): void
  /** Who filed it. */
  reporter(ticket: string): Address | undefined
  /** From now on this address is that of somebody who acts on complaints. */
  enrol(address: Address, staff: StaffMember): void
}

/** Whether the accounts of the world have buttons: only Telegram's, unless told. */
const onTelegram = (address: Address) => channelOf(address) === 'telegram'

export function createWorld(
  city: City,
  start: Date,
  hasButtons: (address: Address) => boolean = onTelegram,
): World {
  type Kept = StoredCase & {
    readonly people: Set<Address>
    readonly supporters: Set<Address>
    readonly history: readonly HistoryEvent[]
    filedBy: Address | null
  }
  const enrolled = new Map<Address, StaffMember>()
  const cases = new Map<string, Kept>()
  const talks = new Map<Address, Talk>()
  /** By the provider's id of a message or a picture: the complaint it belongs to. */
  const about = new Map<string, string>()
  const pictures = new Map<Address, string>()
  let seed = 7
  let ids = 0
  const chance = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const newId = () => `id-${++ids}`

  const world: World = {
    now: start,
    city,
    tickets: [],
    complaint: (ticket) => caseOf(ticket).complaint,
    talk: talkOf,
    say: (address, given) => {
      const message = asPressed(messageOf(address, given, newId()), talkOf(address))
      const picture = message.media.find(({ kind }) => kind === 'photo')
      if (picture !== undefined) pictures.set(address, picture.id)
      const happened = decide(address, { type: 'message', message })
      const erased = happened.turn.effects.some(({ type }) => type === 'erase')
      if (!erased) talkOf(address).heardAt.push(world.now)
      return happened
    },
    timeout: (address) => decide(address, { type: 'timeout' }),
    attachment: (address, attachment) => decide(address, { type: 'attachment', attachment }),
    picture: (address, position) => {
      const handle = pictures.get(address) ?? ''
      const ticket = about.get(handle) ?? null
      const news = { type: 'position', position } as const
      const what = { id: newId(), account: 'test', kind: 'photo', handle, ticket, news } as const
      return decide(address, { type: 'attachment', attachment: what })
    },
    due: () =>
      [...talks].flatMap(([address, { wakeAt }]) =>
        wakeAt !== null && wakeAt.getTime() <= world.now.getTime() ? [address] : [],
      ),
    official,
    reporter: (ticket) => caseOf(ticket).filedBy ?? undefined,
    enrol: (address, staff) => {
      enrolled.set(address, staff)
    },
  }
  return world

  function caseOf(ticket: string) {
    const found = cases.get(ticket)
    if (found === undefined) throw new Error(`no complaint ${ticket} in this world`)
    return found
  }

  function talkOf(address: Address): Talk {
    const known = talks.get(address)
    if (known !== undefined) return known
    const fresh: Talk = {
      state: null,
      wakeAt: null,
      stoppedAt: null,
      blockedAt: null,
      privacyTold: null,
      language: 'id',
      heardAt: [],
      offered: [],
    }
    talks.set(address, fresh)
    return fresh
  }

  function forget(address: Address): void {
    talks.delete(address)
    for (const one of cases.values()) {
      one.people.delete(address)
      one.supporters.delete(address)
      if (one.filedBy === address) one.filedBy = null
    }
  }

  function fileOf(all: readonly StoredCase[], { heardAt }: Talk): Context['file'] {
    const open = ({ complaint }: StoredCase) => complaint.closedAt === null
    const sorted = [...all.filter(open), ...all.filter((one) => !open(one))]
    const told = sorted.map(({ complaint: { ticket, state } }) => ({ ticket, state }))
    const people = all.flatMap(({ complaint }) => [...(cases.get(complaint.ticket)?.people ?? [])])
    const linked = new Set(people).size - (all.length > 0 ? 1 : 0)
    return { since: heardAt[0] ?? world.now, complaints: all.length, cases: told, linked }
  }

  function mineOf(address: Address, of: 'people' | 'supporters' = 'people'): StoredCase[] {
    return [...cases.values()]
      .filter((one) => one[of].has(address))
      .filter(({ complaint }) => of === 'people' || !complaint.confidential)
      .sort(
        (a, b) =>
          world.tickets.indexOf(b.complaint.ticket) - world.tickets.indexOf(a.complaint.ticket),
      )
  }

  function endOf(ticket: string): Complaint | null {
    const complaint = cases.get(ticket)?.complaint ?? null
    return complaint?.mergedInto == null ? complaint : endOf(complaint.mergedInto)
  }

  function near(address: Address, query: NearQuery) {
    const { category, class: kind, kelurahan, lat, since } = query
    return [...cases.values()]
      .filter(({ people, supporters }) => !people.has(address) && !supporters.has(address))
      .map(({ complaint }) => complaint)
      .filter((one) => one.category === category && one.class === kind && one.filedAt >= since)
      .filter(({ state }) => ['received', 'held', 'assigned', 'in_progress'].includes(state))
      .filter(({ confidential, overLimit }) => !confidential && !overLimit)
      .filter(({ place }) => {
        const sameArea = kelurahan !== null && place.kelurahan === kelurahan
        return sameArea || (lat !== null && place.lat !== null)
      })
  }

  function contextOf(
    address: Address,
    event: Event,
  ): { context: Context; conversation: Conversation } {
    const { now } = world
    const talk = talkOf(address)
    const staff = enrolled.get(address) ?? null
    const wanted = needs(readState(talk.state), event, city, staff)
    const all = mineOf(address)
    const mine = all.filter(
      ({ complaint }) =>
        complaint.closedAt === null || now.getTime() - complaint.closedAt.getTime() < 90 * DAY_MS,
    )
    const midnight = midnightBefore(now, city.zone)
    const conversation: Conversation = {
      address,
      account: 'test',
      personId: `person of ${address}`,
      addressId: address,
      version: 1,
      state: talk.state,
      wakeAt: talk.wakeAt,
      language: talk.language,
      stoppedAt: talk.stoppedAt,
      blockedAt: talk.blockedAt,
      closed: false,
      privacyTold: talk.privacyTold,
      lastHeardAt: talk.heardAt.at(-1) ?? null,
      staff,
      staffGroup: false,
      messagesThisHour: talk.heardAt.filter((at) => now.getTime() - at.getTime() < HOUR_MS).length,
      filedToday: all.filter(({ complaint }) => complaint.filedAt >= midnight).length,
      mine,
      supported: mineOf(address, 'supporters'),
    }
    const context: Context = {
      now,
      city,
      code: CODE,
      person: {
        id: conversation.personId,
        channel: channelOf(address),
        style: channelOf(address) === 'sms' ? 'sms' : 'chat',
        buttons: hasButtons(address),
        language: talk.language,
        stopped: talk.stoppedAt !== null,
        privacyTold: talk.privacyTold,
        filedToday: conversation.filedToday,
        messagesThisHour: conversation.messagesThisHour,
        lastHeardAt: conversation.lastHeardAt,
        doubted: conversation.lastHeardAt?.getTime() === DOUBTED_MS,
        blocked: talk.blockedAt !== null,
      },
      newTickets: [newTicket(chance), newTicket(chance)],
      newCode: String(chance(1_000_000)).padStart(6, '0'),
      mine,
      named: all.filter(({ complaint }) => wanted.tickets.includes(complaint.ticket)),
      foreign: wanted.tickets.filter((one) => {
        const known = cases.get(one)
        return known !== undefined && known.filedBy !== null && !known.people.has(address)
      }),
      supported: conversation.supported,
      offered: wanted.offered.map((ticket) => ({ ticket, end: endOf(ticket) })),
      near: null,
      file: fileOf(all, talk),
      quoted: wanted.quotedId === null ? null : quotedBy(wanted.quotedId),
      desk: wanted.desk === null ? null : deskOf(wanted.desk, staff),
    }
    return { context, conversation }
  }

  function deskOf(wanted: DeskNeeds, staff: StaffMember | null): Desk {
    const card = wanted.repliedTo === null ? null : quotedBy(wanted.repliedTo)
    const named = [...new Set([...wanted.cases, ...(card === null ? [] : [card])])]
    const { agency = null } = staff ?? {}
    const waiting = [...cases.values()]
      .map(({ complaint }) => complaint)
      .filter((one) => one.closedAt === null && one.agency === agency)
    const from = wanted.tasksFrom ?? 0
    const opened = wanted.around === null ? null : (wanted.around.ticket ?? card)
    return {
      staff,
      group: false,
      cases: named.flatMap((ticket) => {
        const known = cases.get(ticket)
        return known === undefined ? [] : [{ ...known, supporters: 0 }]
      }),
      card,
      tasks: { cases: waiting.slice(from, from + 8), total: waiting.length, from },
      around: opened === null ? null : { ticket: opened, attachments: 1, near: waiting },
      people: staff === null ? [] : [{ ...staff, addresses: 1, group: false, unreachable: false }],
      ...{ invitation: null, contacts: [], figures: null, walkIn: null, held: [] },
      coordinatorsSet: true,
      ...{ newInvitation: 'ABCD2345', newPin: '1234', newStaffId: newId() },
    }
  }

  /** Transcripts quote by ticket; an edit names the message it changes. */
  function quotedBy(id: string): string | null {
    return cases.has(id) ? id : (about.get(id) ?? null)
  }

  function decide(address: Address, event: Event): Happened {
    const talk = talkOf(address)
    const { context: facts, conversation } = contextOf(address, event)
    const state = readState(talk.state)
    const first = reduce(state, event, facts)
    const query = nearWanted(state, first, facts)
    const context =
      query === null
        ? facts
        : { ...facts, near: { key: keyOf(query), cases: near(address, query) } }
    const turn = query === null ? first : reduce(state, event, context)
    const frame = { address, conversation, event, now: world.now, newId, city }
    const applied = applyEffects(turn, { ...frame, context })
    for (const { complaint, before, events } of applied.changes) {
      if (before === null) world.tickets.push(complaint.ticket)
      const known = cases.get(complaint.ticket)
      cases.set(complaint.ticket, {
        lastNote: known?.lastNote ?? null,
        lastAnswer: known?.lastAnswer ?? null,
        people: known?.people ?? new Set(),
        supporters: known?.supporters ?? new Set(),
        filedBy: known === undefined ? address : known.filedBy,
        history: [...(known?.history ?? []), ...events],
        complaint,
        lastWordAt: world.now,
      })
    }
    for (const { ticket, support } of applied.links) {
      const known = cases.get(ticket)
      if (support !== true) known?.people.add(address)
      else if (known?.people.has(address) === false) known.supporters.add(address)
    }
    for (const ticket of applied.leaves) cases.get(ticket)?.supporters.delete(address)
    if (event.type === 'message' && applied.ticket !== null)
      for (const { id } of [{ id: event.message.providerId }, ...event.message.media])
        about.set(id, applied.ticket)
    for (const effect of turn.effects)
      if (effect.type === 'file' || effect.type === 'attach')
        for (const { id } of effect.media) about.set(id, effect.ticket)
    talk.offered = [...applied.replies.flatMap(({ choices }) => choices), ...talk.offered]
    talk.state = JSON.stringify(turn.state)
    talk.wakeAt = turn.wakeAt
    for (const effect of turn.effects) {
      if (effect.type === 'erase') forget(address)
      if (effect.type === 'stop-notices') talk.stoppedAt = world.now
      if (effect.type === 'resume-notices') talk.stoppedAt = null
      if (effect.type === 'privacy-told') talk.privacyTold = effect.version
      if (effect.type === 'language') talk.language = effect.language
    }
    return {
      turn,
      replies: applied.replies,
      filed: applied.changes.flatMap((one) => (one.before === null ? [one.complaint] : [])),
      moved: applied.changes.flatMap(({ before, complaint, events }) =>
        before === null
          ? []
          : events.map(({ move }) => ({
              move,
              after: complaint,
              placed: JSON.stringify(before.place) !== JSON.stringify(complaint.place),
            })),
      ),
      elsewhere: applied.tells.flatMap(({ ticket, phrase }) => {
        const to = caseOf(ticket).filedBy
        const style = to !== null && channelOf(to) === 'sms' ? 'sms' : 'chat'
        return to === null ? [] : [{ to, text: render(city, talkOf(to).language, style, phrase) }]
      }),
    }
  }

  function official(ticket: string, request: MoveRequest): void {
    const { now } = world
    const known = caseOf(ticket)
    const into = request.into === undefined ? null : (cases.get(request.into)?.complaint ?? null)
    const facts = {
      now,
      calendar: city.calendar,
      agencies: city.agencyIds,
      categories: city.categoryById,
      into,
    }
    const result = applyMove(known.complaint, request, { role: 'any', actor: 'test' }, facts)
    if (result.outcome !== 'moved') throw new Error(`${request.move}: ${result.reason}`)
    const answers = request.move === 'answer'
    const spoke = ['answer', 'update', 'hold', 'close'].includes(request.move)
    cases.set(ticket, {
      ...known,
      history: [...known.history, result.event],
      complaint: answers ? startReply(result.complaint, now, city.calendar) : result.complaint,
      lastNote: spoke ? (request.note ?? request.reason ?? null) : known.lastNote,
      lastAnswer: answers ? (request.note ?? null) : known.lastAnswer,
    })
  }
}

function messageOf(from: Address, given: Partial<InboundMessage>, id: string): InboundMessage {
  return {
    channel: channelOf(from),
    account: 'test',
    providerId: id,
    from,
    text: '',
    position: null,
    quotedId: null,
    album: null,
    edits: null,
    start: null,
    choice: null,
    answerable: true,
    consent: null,
    ...given,
    media: (given.media ?? []).map((one, at) => ({ ...one, id: one.id || `${id}-${at}` })),
  }
}

/** A transcript names the bare value: the newest button that has it is pressed, or with `lama` the oldest. */
function asPressed(message: InboundMessage, { offered }: Talk): InboundMessage {
  const [, oldest, value] = /^(lama )?(.*)$/s.exec(message.choice ?? '') ?? []
  if (message.choice === null) return message
  const fits = ({ value: full }: Choice) => full === value || full.startsWith(`${value}@`)
  const found = oldest === undefined ? offered.find(fits) : offered.findLast(fits)
  return { ...message, choice: found?.value ?? message.choice }
}
