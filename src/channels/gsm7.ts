// The GSM 03.38 alphabet and what to write instead of letters and marks it lacks.
// Rule: a replacement reads the same to a person; what has none stays, and the text goes as UCS-2.

/** One septet each. [3GPP TS 23.038, section 6.2.1] */
export const GSM7_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

/** Two septets each, the first an escape. [3GPP TS 23.038, section 6.2.1.1] */
export const GSM7_EXTENSION = '\f^{}\\[~]|€'

/** Replacement → the characters it stands in for, where Unicode's own decomposition does not help. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  "'": '‘’‚‛′ʹʻʼʽˈˊˋ´`❛❜',
  '"': '“”„‟«»″ʺ❝❞〝〞',
  '-': '‐‒–—―−⁃•●▪◦‣·∙',
  '/': '⁄∕÷',
  '|': '∣¦',
  '<': '‹',
  '>': '›',
  '->': '→',
  '<-': '←',
  ' ': '\t',
  '*': '∗⁎★☆',
  '~': '∼˜',
  x: '×',
  o: '°',
  i: 'ı',
  d: 'đð',
  D: 'ĐÐ',
  l: 'ł',
  L: 'Ł',
  h: 'ħ',
  oe: 'œ',
  OE: 'Œ',
  th: 'þ',
  TH: 'Þ',
  '(c)': '©',
  '(R)': '®',
}

const BASIC = new Set(GSM7_BASIC)
const EXTENSION = new Set(GSM7_EXTENSION)
const REPLACEMENT = new Map(
  Object.entries(LOOKALIKES).flatMap(([plain, fancy]) => [...fancy].map((one) => [one, plain])),
)

/** Septets of one character; null when the alphabet lacks it. */
export function septetsOf(character: string): 1 | 2 | null {
  if (BASIC.has(character)) return 1
  return EXTENSION.has(character) ? 2 : null
}

/** The text in GSM-7, or null when some character has no likeness there. */
export function transliterate(text: string): string | null {
  let plain = ''
  for (const character of text) {
    const written = septetsOf(character) === null ? likenessOf(character) : character
    if (written === null) return null
    plain += written
  }
  return plain
}

function likenessOf(character: string): string | null {
  const direct = REPLACEMENT.get(character)
  if (direct !== undefined) return direct
  let plain = ''
  for (const part of character.normalize('NFKD')) {
    // A mark without its letter reads as the letter alone.
    if (/\p{M}/u.test(part)) continue
    const written = septetsOf(part) === null ? REPLACEMENT.get(part) : part
    if (written === undefined) return null
    plain += written
  }
  return plain
}
