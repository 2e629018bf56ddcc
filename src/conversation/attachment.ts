// What a conversation hears of a picture, a voice or a file once it was looked at.

import type { MediaKind, MediaRefusal, Position } from '../message.ts'

/** What became of an attachment, as far as its sender is to hear of it. Each is told in one turn, and never again. */
export interface Attachment {
  readonly id: string
  readonly account: string
  readonly kind: MediaKind
  /** `MediaRef.id`: a draft's own media are known by it. */
  readonly handle: string
  /** The complaint it belongs to by now (then it is in `Context.named`); null: a draft's, or none's. */
  readonly ticket: string | null
  readonly news:
    | { readonly type: 'refused'; readonly reason: MediaRefusal }
    /** In the picture as it was sent; what is kept says it no more. Nobody has seen it yet. */
    | { readonly type: 'position'; readonly position: Position }
}
