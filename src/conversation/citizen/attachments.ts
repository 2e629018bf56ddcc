// What the sender of an attachment hears of it once it was looked at: that it is not kept, and why.
// The message it came with stands whatever becomes of it.

import { type MediaRefusal, MOST_MEDIA_BYTES } from '../../message.ts'
import type { Attachment } from '../attachment.ts'
import { type Line, line } from '../lines.ts'
import type { Facts, Outcome } from '../moment.ts'
import type { State } from '../state.ts'
import type { Context } from '../turn.ts'
import { offeredPosition } from './positions.ts'

export function aboutAttachment({ state, context }: Facts, attachment: Attachment): Outcome {
  const { news } = attachment
  switch (news.type) {
    case 'refused':
      return { state: withoutIt(state, attachment), lines: [refusal(context, news.reason)] }
    case 'position':
      return offeredPosition({ state, context }, { ...attachment, position: news.position })
  }
}

function refusal(context: Context, reason: MediaRefusal): Line {
  switch (reason) {
    case 'too-big':
      return line(context, 'media_too_big', { n: String(MOST_MEDIA_BYTES / 1024 / 1024) })
    case 'unknown-type':
      return line(context, 'media_unknown_type', {})
    case 'unreadable':
      return line(context, 'media_unreadable', {})
    case 'lost':
      return line(context, 'media_lost', {})
  }
}

/** A draft that says what is wrong in words does not count what is not kept. */
function withoutIt(state: State, { handle }: Attachment): State {
  const { draft } = state
  if (draft === null || draft.words.length === 0) return state
  return { ...state, draft: { ...draft, media: draft.media.filter(({ id }) => id !== handle) } }
}
