// Seals contact details at rest and finds them again: AES-256-GCM to read, a keyed digest to look up.
// Both keys are derived from DATA_KEY; the file never holds either.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Seal {
  /** Names the key in each row, so that a later key can be told from this one. Says nothing about it. */
  readonly keyId: string
  /** Base64 of nonce, tag and ciphertext. `purpose` binds it to its column. */
  seal(words: string, purpose: string): string
  /** Throws when the key, the purpose or a single bit is another. */
  open(sealed: string, purpose: string): string
  /** The same words give the same digest under the same key, and only there. */
  digest(words: string): string
}

/** `dataKey`: 32 bytes. */
export function createSeal(dataKey: Buffer): Seal {
  if (dataKey.length !== 32)
    throw new Error(`DATA_KEY holds ${dataKey.length} bytes; give 32 bytes in base64`)
  const derive = (purpose: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', dataKey, 'kentongan', purpose, bytes))
  const sealingKey = derive('seal', 32)
  const digestKey = derive('digest', 32)
  return {
    keyId: derive('key id', 6).toString('hex'),
    seal(words, purpose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
      cipher.setAAD(Buffer.from(purpose))
      const text = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed, 'base64')
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const cipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, {
        authTagLength: TAG_BYTES,
      })
      cipher.setAAD(Buffer.from(purpose))
      cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const text = cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([text, cipher.final()]).toString('utf8')
    },
    digest: (words) => createHmac('sha256', digestKey).update(words).digest('base64url'),
  }
}
