// What a turn writes of attachments: those to be fetched, and those of earlier messages that belong to a complaint now.
// An officer's are no citizen's: they stay with the complaint, or go on with an answer to whose complaint it is.

import type { MoveRequest } from './complaints/moves.ts'
import type { SilenceReason, Turn } from './conversation/effect.ts'
import type { Event } from './conversation/turn.ts'
import type { Applied } from './effects.ts'
import type { InboundMessage, MediaRef } from './message.ts'
import type { Frame } from './reply.ts'
import type { Duty, NewMedia } from './store/media-port.ts'
import type { TurnRecord } from './store/turn-port.ts'

/** An attachment is fetched for so long from its receipt (channels.md, all channels, rule 8). */
const FETCHED_FOR_MS = 24 * 3_600_000
/** Whoever floods us does not fill the disk. */
const NOT_FETCHED: readonly SilenceReason[] = [
  'no-person',
  'blocked',
  'group',
  'loop',
  'over-limit',
]

/** What the message came with, to be fetched. */
export function mediaOf(turn: Turn, applied: Applied, frame: Frame): readonly NewMedia[] {
  const { event } = frame
  if (event.type !== 'message' || event.message.media.length === 0) return []
  const silent = turn.effects.find((effect) => effect.type === 'silent')
  if (silent !== undefined && NOT_FETCHED.includes(silent.reason)) return []
  const duty = dutyOf(turn, applied, frame)
  const media = wantedOf(event.message, frame)
  return duty === null ? media : media.map((one) => ({ ...one, duty }))
}

/** What an officer sends about a case is no citizen's; null: it is. */
function dutyOf({ effects }: Turn, { ticket }: Applied, { conversation }: Frame): Duty | null {
  if (conversation.staff === null || ticket === null) return null
  for (const effect of effects) {
    if (effect.type === 'file') return null
    if (effect.type === 'attach' && effect.duty !== undefined) return effect.duty
    if (effect.type === 'move' && effect.by === 'staff') return dutyWith(effect.request)
  }
  const own = [...conversation.mine, ...conversation.supported]
  return own.some(({ complaint }) => complaint.ticket === ticket) ? null : 'keep'
}

/** Only what came with an answer or an update is for whose complaint it is. */
function dutyWith({ move }: MoveRequest): Duty {
  return move === 'answer' || move === 'update' ? 'pass' : 'keep'
}

export function wantedOf({ media }: InboundMessage, { now, newId }: Frame): readonly NewMedia[] {
  const until = new Date(now.getTime() + FETCHED_FOR_MS)
  return media.flatMap((ref, part) =>
    ref.kind === 'sticker' ? [] : [{ id: newId(), part, ref, until }],
  )
}

/** What came with earlier messages and belongs to a complaint from this turn on. */
export function attachesOf(turn: Turn, event: Event): NonNullable<TurnRecord['attaches']> {
  const own = event.type === 'message' ? event.message.media.map(({ id }) => id) : []
  const earlier = (media: readonly MediaRef[]) =>
    media.flatMap(({ id }) => (id === '' || own.includes(id) ? [] : [id]))
  return turn.effects.flatMap((effect) => {
    if (effect.type === 'move') {
      const { ticket, request, media = [] } = effect
      return earlier(media).map((handle) => ({ ticket, handle, duty: dutyWith(request) }))
    }
    if (effect.type !== 'file' && effect.type !== 'attach') return []
    const { ticket } = effect
    const duty = effect.type === 'attach' ? effect.duty : undefined
    const more = duty === undefined ? {} : { duty }
    return earlier(effect.media).map((handle) => ({ ticket, handle, ...more }))
  })
}
