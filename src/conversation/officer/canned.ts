// Sayings that answer nothing: "akan ditindaklanjuti", "mohon bersabar". As a final answer they are offered as an update.

import type { City } from '../../city/city.ts'

/** Spaces and hyphens are written in every way: "ditindak lanjuti", "tindak-lanjuti". */
export function isCanned(text: string, { vocabulary }: City): boolean {
  const squeezed = plain(text)
  return vocabulary.canned_answers.some((saying) => squeezed.includes(plain(saying)))
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
