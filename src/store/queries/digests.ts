// Keyed digests that say less than the one an address is found by, and cannot be mistaken for it.

import type { Address } from '../../message.ts'
import type { Source } from './source.ts'

/** Outlives a blocked person's address. */
export function blockDigest(seal: Source['seal'], address: Address): string {
  return seal.digest(`block:${address}`)
}

/** Of the code by which somebody is invited. */
export function inviteDigest(seal: Source['seal'], code: string): string {
  return seal.digest(`invite:${code}`)
}

/** Of a provider's id whose message was erased. No address begins so. */
export function erasedDigest(seal: Source['seal'], account: string, providerId: string): string {
  return seal.digest(`id:${account}\n${providerId}`)
}
