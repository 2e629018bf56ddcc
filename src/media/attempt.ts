// One attempt at one attachment: fetched by its channel, held against its digest, looked at, drawn anew if a picture.
// It decides nothing about another attempt, and writes nothing.

import { createHash } from 'node:crypto'
import type { Channel, MediaResult } from '../channels/channel.ts'
import { type MediaRef, type MediaRefusal, MOST_MEDIA_BYTES, type Position } from '../message.ts'
import type { LeasedMedia } from '../store/media-port.ts'
import { kindOf } from './kind.ts'
import type { createPictures } from './picture.ts'

export type Attempt =
  | {
      readonly outcome: 'keep'
      readonly bytes: Uint8Array
      readonly contentType: string
      readonly position: Position | null
    }
  | { readonly outcome: 'refuse'; readonly reason: MediaRefusal }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterMs?: number }

export interface AttemptParts {
  readonly channels: readonly Channel[]
  readonly pictures: ReturnType<typeof createPictures>
  /** How long a channel may take to fetch one. */
  readonly timeoutMs: number
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export function createAttempt({ channels, pictures, timeoutMs }: AttemptParts) {
  async function fetched({ account, ref }: LeasedMedia): Promise<MediaResult> {
    const channel = channels.find((one) => one.account === account)
    if (channel?.fetchMedia === undefined)
      return { outcome: 'retry', reason: `the channel ${account} is not on` }
    try {
      return await inTime(channel.fetchMedia(ref), timeoutMs)
    } catch (error) {
      // Its message may carry an address of the provider, or a token.
      const { code } = error as NodeJS.ErrnoException
      return { outcome: 'retry', reason: code ?? 'the channel failed' }
    }
  }

  return async (row: LeasedMedia): Promise<Attempt> => {
    if ((row.ref.bytes ?? 0) > MOST_MEDIA_BYTES) return { outcome: 'refuse', reason: 'too-big' }
    const result = await fetched(row)
    switch (result.outcome) {
      case 'fetched':
        return looked(result.bytes, row.ref)
      case 'too-big':
        return { outcome: 'refuse', reason: 'too-big' }
      case 'gone':
        return { outcome: 'refuse', reason: 'lost' }
      case 'retry':
        return result
    }
  }

  async function looked(bytes: Uint8Array, { sha256: told }: MediaRef): Promise<Attempt> {
    if (bytes.length > MOST_MEDIA_BYTES) return { outcome: 'refuse', reason: 'too-big' }
    // Nobody sends nothing: it is the provider's fault, and may be whole the next time.
    if (bytes.length === 0) return { outcome: 'retry', reason: 'an empty answer' }
    if (told !== undefined && sha256(bytes) !== told.toLowerCase())
      return { outcome: 'retry', reason: 'its digest is not what the provider said' }
    const kind = await kindOf(bytes)
    if (kind === null) return { outcome: 'refuse', reason: 'unknown-type' }
    const { contentType } = kind
    if (!kind.picture) return { outcome: 'keep', bytes, contentType, position: null }
    const redrawn = await pictures.redraw(bytes)
    return redrawn.outcome === 'redrawn'
      ? { ...redrawn, outcome: 'keep' }
      : { outcome: 'refuse', reason: redrawn.outcome }
  }
}

async function inTime(work: Promise<MediaResult>, ms: number): Promise<MediaResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<MediaResult>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'retry', reason: 'ETIMEDOUT' }), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
