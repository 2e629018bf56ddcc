// How WhatsApp seals the files of messages: bytes in, bytes out, both ways. Pure but for the random key.
// Rule: bytes whose seal is broken are not the file.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

export const SEAL_BYTES = 10
const KEY_BYTES = 32

/** [as WhatsApp's clients derive them] */
const PURPOSES: Readonly<Record<string, string>> = {
  image: 'WhatsApp Image Keys',
  sticker: 'WhatsApp Image Keys',
  video: 'WhatsApp Video Keys',
  ptv: 'WhatsApp Video Keys',
  audio: 'WhatsApp Audio Keys',
  document: 'WhatsApp Document Keys',
}

interface Keys {
  readonly iv: Buffer
  readonly cipherKey: Buffer
  readonly macKey: Buffer
}

/** Null: WhatsApp sends nothing as this. */
function keysFor(sentAs: string, key: Uint8Array): Keys | null {
  const purpose = PURPOSES[sentAs]
  if (purpose === undefined) return null
  const derived = Buffer.from(hkdfSync('sha256', key, '', purpose, 112))
  return {
    iv: derived.subarray(0, 16),
    cipherKey: derived.subarray(16, 48),
    macKey: derived.subarray(48, 80),
  }
}

/** Null: it is not what was sent. */
export function opened(sealed: Uint8Array, sentAs: string, key: Uint8Array): Uint8Array | null {
  const keys = keysFor(sentAs, key)
  if (keys === null || sealed.length <= SEAL_BYTES) return null
  const words = sealed.subarray(0, -SEAL_BYTES)
  if (!timingSafeEqual(sealOf(words, keys), sealed.subarray(-SEAL_BYTES))) return null
  try {
    const cipher = createDecipheriv('aes-256-cbc', keys.cipherKey, keys.iv)
    return Buffer.concat([cipher.update(words), cipher.final()])
  } catch {
    return null
  }
}

export interface SealedFile {
  readonly bytes: Uint8Array
  readonly key: Uint8Array
  /** SHA-256 of the file, and of what is uploaded. */
  readonly digest: Uint8Array
  readonly sealedDigest: Uint8Array
}

/** Under a key of its own. Null: WhatsApp sends nothing as this. */
export function sealed(file: Uint8Array, sentAs: string): SealedFile | null {
  const key = randomBytes(KEY_BYTES)
  const keys = keysFor(sentAs, key)
  if (keys === null) return null
  const cipher = createCipheriv('aes-256-cbc', keys.cipherKey, keys.iv)
  const words = Buffer.concat([cipher.update(file), cipher.final()])
  const bytes = Buffer.concat([words, sealOf(words, keys)])
  const sha256 = (of: Uint8Array) => createHash('sha256').update(of).digest()
  return { bytes, key, digest: sha256(file), sealedDigest: sha256(bytes) }
}

function sealOf(words: Uint8Array, { iv, macKey }: Keys): Buffer {
  const mac = createHmac('sha256', macKey).update(iv).update(words).digest()
  return mac.subarray(0, SEAL_BYTES)
}
