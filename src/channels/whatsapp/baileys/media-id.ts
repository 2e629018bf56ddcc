// The handle of an attachment: what it was sent as, the key that opens it, and where it lies, in one string.
// Rule: it is enough to fetch the file, with nothing else remembered.

import type { WireFile } from './wire.ts'

export interface MediaHandle {
  /** As Baileys calls it: image, video, ptv, audio, document, sticker. */
  readonly sentAs: string
  readonly key: Uint8Array
  /** Its path on WhatsApp's own hosts. */
  readonly path: string
}

const KEY_BYTES = 32
const HANDLE = /^(image|video|ptv|audio|document|sticker):([\w-]{43}):(\/[\x21-\x7e]{1,1000})$/

/** '': there is nothing to fetch. */
export function mediaIdOf(sentAs: string, { mediaKey, directPath, url }: WireFile): string {
  const path = directPath || pathOf(url ?? '')
  if (mediaKey?.length !== KEY_BYTES || path === '') return ''
  return `${sentAs}:${Buffer.from(mediaKey).toString('base64url')}:${path}`
}

/** Null: it is none of ours. */
export function mediaHandle(id: string): MediaHandle | null {
  const [, sentAs, key, path] = HANDLE.exec(id) ?? []
  if (sentAs === undefined || key === undefined || path === undefined) return null
  return { sentAs, key: Buffer.from(key, 'base64url'), path }
}

/** Only the path: which hosts are WhatsApp's is not for a sender to say. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return ''
  const { pathname, search } = new URL(url)
  return pathname + search
}
