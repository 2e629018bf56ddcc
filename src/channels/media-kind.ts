// What an attachment is, by what its provider says of it. What it really is shows when it is fetched.

import type { MediaKind } from '../message.ts'

/** A picture or a film sent "as a file" is still one. */
export function mediaKindOf(contentType: string | null): MediaKind {
  switch (contentType?.split('/')[0]?.toLowerCase()) {
    case 'image':
      return 'photo'
    case 'audio':
      return 'voice'
    case 'video':
      return 'video'
    default:
      return 'document'
  }
}
