// Kept files for the channels: by digest, as long as an attachment of somebody still has it.
// What cannot be read is as good as gone: it must not hold up the words it goes with.

import type { ReadMedia } from '../channels/channel.ts'
import type { MediaStore } from '../store/media-port.ts'
import type { MediaFolder } from './folder.ts'

export interface ReadingParts {
  readonly store: Pick<MediaStore, 'isKept'>
  readonly folder: Pick<MediaFolder, 'read'>
  readonly log: { error(fields: object, text: string): void }
}

/** Rejects only when the store does. */
export function createMediaReader({ store, folder, log }: ReadingParts): ReadMedia {
  return async (digest) => {
    // Erased, its file may stand there until somebody has come to remove it.
    if (!(await store.isKept(digest))) return null
    try {
      return await folder.read(digest)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      log.error({ code }, 'an attachment cannot be read from MEDIA_DIR')
      return null
    }
  }
}
