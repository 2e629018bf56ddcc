// Tells whether two messages say the same words, without keeping the words.
// Case, punctuation and spacing do not matter; the digest is no secret, only shorter.

/** 64 bits of a rolling mix (after cyrb53): plenty for the messages of one person in a day. */
export function digestOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const subject = plain === '' ? text : plain
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < subject.length; at++) {
    const unit = subject.charCodeAt(at)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return hex(high) + hex(low)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
