// A picture drawn anew: whatever else was in its file (place, time, camera, hidden previews, a program) is not in ours.
// Decoded within bounds, one at a time: a picture bomb is refused by its header, before anything of it is decoded.

import type { Position } from '../message.ts'
import { positionIn } from './position.ts'

export type Redrawn =
  | {
      readonly outcome: 'redrawn'
      readonly bytes: Uint8Array
      readonly contentType: string
      /** Where the original says it was taken. */
      readonly position: Position | null
    }
  | { readonly outcome: 'too-big' }
  | { readonly outcome: 'unreadable' }

/**
 * A phone's 50 megapixels. Measured at 51: 120 MB more memory for a plain JPEG, 290 for a progressive one, 410 for an
 * interlaced PNG, 0.6 to 1.6 s.
 */
const MOST_PIXELS = 52_000_000
/** Enough to read a sign on; Telegram itself keeps 2,560. */
const LONGEST_SIDE = 4096
const QUALITY = 85
const SECONDS = 30

export function createPictures() {
  let last: Promise<unknown> = Promise.resolve()

  async function redraw(bytes: Uint8Array): Promise<Redrawn> {
    const { default: sharp } = await import('sharp')
    // A gateway is no picture farm: what libvips keeps for the next one stays in memory for weeks.
    sharp.cache(false)
    sharp.concurrency(1)
    try {
      const { width, height, exif } = await sharp(bytes, { limitInputPixels: false }).metadata()
      if (width * height > MOST_PIXELS) return { outcome: 'too-big' }
      const drawn = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
        .timeout({ seconds: SECONDS })
        .autoOrient()
        .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#fff' })
        .jpeg({ quality: QUALITY })
        .toBuffer()
      const position = exif === undefined ? null : positionIn(exif)
      return { outcome: 'redrawn', bytes: drawn, contentType: 'image/jpeg', position }
    } catch {
      // Whatever libvips says of somebody's file is no fault of ours.
      return { outcome: 'unreadable' }
    }
  }

  return {
    redraw(bytes: Uint8Array): Promise<Redrawn> {
      const next = last.then(() => redraw(bytes))
      last = next
      return next
    },
  }
}
