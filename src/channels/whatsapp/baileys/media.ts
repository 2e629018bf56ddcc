// Fetches an attachment from WhatsApp's own hosts and opens it with the key that came with its message.
// Rule: bytes whose seal is broken are not the file.

import { createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { type MediaRef, MOST_MEDIA_BYTES } from '../../../message.ts'
import type { MediaResult } from '../../channel.ts'
import { type DownloadRules, download } from '../../download.ts'
import { type MediaHandle, mediaHandle } from './media-id.ts'

export interface MediaParts {
  /** Where its paths lie, without a slash at its end; null: at WhatsApp. */
  readonly host: string | null
  readonly now: Date
  readonly timeoutMs: number
  readonly rules?: DownloadRules | undefined
}

const MEDIA_HOST = 'https://mmg.whatsapp.net'
const SEAL_BYTES = 10
/** Padding and seal around the longest file. */
const MORE_BYTES = 16 + SEAL_BYTES

/** [as WhatsApp's clients derive them] */
const PURPOSES: Readonly<Record<string, string>> = {
  image: 'WhatsApp Image Keys',
  sticker: 'WhatsApp Image Keys',
  video: 'WhatsApp Video Keys',
  ptv: 'WhatsApp Video Keys',
  audio: 'WhatsApp Audio Keys',
  document: 'WhatsApp Document Keys',
}

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
  const bytes = opened(fetched.bytes, handle)
  if (bytes === null) return { outcome: 'gone', reason: 'its seal is broken' }
  return bytes.length > MOST_MEDIA_BYTES ? { outcome: 'too-big' } : { outcome: 'fetched', bytes }
}

/** Null: it is not what was sent. */
function opened(sealed: Uint8Array, { sentAs, key }: MediaHandle): Uint8Array | null {
  const purpose = PURPOSES[sentAs]
  if (purpose === undefined || sealed.length <= SEAL_BYTES) return null
  const derived = Buffer.from(hkdfSync('sha256', key, '', purpose, 112))
  const [iv, cipherKey, macKey] = [
    derived.subarray(0, 16),
    derived.subarray(16, 48),
    derived.subarray(48, 80),
  ]
  const words = sealed.subarray(0, -SEAL_BYTES)
  const seal = createHmac('sha256', macKey).update(iv).update(words).digest()
  if (!timingSafeEqual(seal.subarray(0, SEAL_BYTES), sealed.subarray(-SEAL_BYTES))) return null
  try {
    const cipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
    return Buffer.concat([cipher.update(words), cipher.final()])
  } catch {
    return null
  }
}
