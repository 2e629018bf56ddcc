// Fetches an attachment from WhatsApp's own hosts and opens it with the key that came with its message.

import { type MediaRef, MOST_MEDIA_BYTES } from '../../../message.ts'
import type { MediaResult } from '../../channel.ts'
import { type DownloadRules, download } from '../../download.ts'
import { opened, SEAL_BYTES } from './cipher.ts'
import { mediaHandle } from './media-id.ts'

export interface MediaParts {
  /** Where its paths lie, without a slash at its end; null: at WhatsApp. */
  readonly host: string | null
  readonly now: Date
  readonly timeoutMs: number
  readonly rules?: DownloadRules | undefined
}

const MEDIA_HOST = 'https://mmg.whatsapp.net'
/** Padding and seal around the longest file. */
const MORE_BYTES = 16 + SEAL_BYTES

export async function fetchWhatsAppMedia(parts: MediaParts, ref: MediaRef): Promise<MediaResult> {
  const handle = mediaHandle(ref.id)
  if (handle === null) return { outcome: 'gone', reason: 'it came without a key' }
  if ((ref.bytes ?? 0) > MOST_MEDIA_BYTES) return { outcome: 'too-big' }
  const { host, now, timeoutMs, rules } = parts
  const fetched = await download({
    ...{ url: (host ?? MEDIA_HOST) + handle.path, trusted: null, now, timeoutMs, rules },
    mostBytes: MOST_MEDIA_BYTES + MORE_BYTES,
  })
  if (fetched.outcome !== 'fetched') return fetched
  const bytes = opened(fetched.bytes, handle.sentAs, handle.key)
  if (bytes === null) return { outcome: 'gone', reason: 'its seal is broken' }
  return bytes.length > MOST_MEDIA_BYTES ? { outcome: 'too-big' } : { outcome: 'fetched', bytes }
}
