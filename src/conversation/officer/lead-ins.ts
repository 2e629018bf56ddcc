// What people put before a name: "ke dinas pupr", "kepada Rina", "karena spam". The name begins behind it.

import type { City } from '../../city/city.ts'

export function withoutLeadIn(said: string, { vocabulary }: City): string {
  const [, first = '', rest = ''] = /^(\p{L}+)\s+(.+)$/su.exec(said) ?? []
  return vocabulary.officer_words.lead_ins.includes(first.toLowerCase()) ? rest : said
}
