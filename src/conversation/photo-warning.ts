// A picture from one's own house may show who one is: said to whoever wants to stay unnamed.

import type { Complaint } from '../complaints/complaint.ts'
import type { MediaRef } from '../message.ts'
import { line } from './lines.ts'
import type { Moment, Outcome } from './moment.ts'

export function hasPictures(media: readonly Pick<MediaRef, 'kind'>[]): boolean {
  return media.some(({ kind }) => kind === 'photo' || kind === 'video')
}

/** A picture that follows an anonymous complaint, where a further line costs nothing. */
export function withPhotoWarning(outcome: Outcome, moment: Moment, complaint: Complaint): Outcome {
  const { context, message } = moment
  if (!complaint.anonymous || !hasPictures(message.media) || context.person.style === 'sms')
    return outcome
  return { ...outcome, lines: [...outcome.lines, line(context, 'photo_warning', {})] }
}
