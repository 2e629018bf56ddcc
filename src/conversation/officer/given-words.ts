// The words of an officer's message: what was typed, or for a picture alone what it is; and as what they are told.

import type { Complaint, MoveName } from '../../complaints/complaint.ts'
import { actsOn, belongsToAgency } from '../../complaints/staff.ts'
import type { MediaRef } from '../../message.ts'
import { keptMedia, mediaWords } from '../draft.ts'
import { forDesk } from '../lines.ts'
import type { Outcome } from '../moment.ts'
import { pageOf } from '../pages.ts'
import type { Context } from '../turn.ts'
import type { DeskMoment } from './desk-moment.ts'

export function givenWords({ message, context }: DeskMoment, typed: string): string {
  const media = keptMedia(message)
  return typed !== '' || media.length === 0 ? typed : mediaWords(media, forDesk(context))
}

/** Who is only copied in adds to the case; whoever acts on it tells the citizen. */
export function updateMove({ staff }: Pick<DeskMoment, 'staff'>, complaint: Complaint): MoveName {
  return belongsToAgency(staff.role) && !actsOn(staff, complaint) ? 'note' : 'update'
}

/** As much of the words as one SMS reply holds beside `frame`; on chat all of them. */
export function fitted({ person }: Context, text: string, frame: string): string {
  return person.style === 'sms' ? pageOf(text, 0, frame, '...').text : text
}

/** What came with an earlier message belongs to the move that was made because of it. */
export function withAttached(outcome: Outcome, media: readonly MediaRef[]): Outcome {
  if (media.length === 0) return outcome
  const effects = (outcome.effects ?? []).map((effect) =>
    effect.type === 'move' ? { ...effect, media } : effect,
  )
  return { ...outcome, effects }
}
