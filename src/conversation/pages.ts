// Cuts a long answer into pages that each fit one SMS reply of two segments.
// Counted carefully: what is not plain GSM-7 counts as UCS-2, so a page is never too long.

/** Two segments with their part headers: 2 x 153 septets, or 2 x 67 UTF-16 units. [3GPP TS 23.040] */
const ROOM = { gsm: 306, ucs2: 134 } as const

const GSM =
  /^[A-Za-z0-9@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r^{}\\[\]~|€]*$/
const ESCAPED = /[\^{}\\[\]~|€]/g

export interface Page {
  readonly text: string
  /** Where the next page begins; null when this was the last. */
  readonly next: number | null
}

/** The page of `whole` that begins at `from`. `frame` stands around it; `tail` ends all but the last page. */
export function pageOf(whole: string, from: number, frame: string, tail: string): Page {
  const rest = whole.slice(from < whole.length ? from : 0)
  const start = whole.length - rest.length
  if (fits(frame + rest)) return { text: rest, next: null }
  let end = rest.length
  while (end > 1 && !fits(frame + rest.slice(0, end) + tail))
    end -= Math.max(1, overflow(frame + rest.slice(0, end) + tail))
  const cut = atWord(rest, Math.max(1, end))
  return { text: rest.slice(0, cut).trimEnd() + tail, next: start + cut }
}

function fits(text: string): boolean {
  return overflow(text) <= 0
}

/** How much is too much, as a lower bound of the characters to take away. */
function overflow(text: string): number {
  if (!GSM.test(text)) return text.length - ROOM.ucs2
  const septets = text.length + (text.match(ESCAPED)?.length ?? 0)
  return Math.ceil((septets - ROOM.gsm) / 2)
}

/** Back to the end of a word if one is near; never inside a surrogate pair. */
function atWord(text: string, end: number): number {
  const space = text.lastIndexOf(' ', end)
  if (space > end - 40 && space > 0) return space + 1
  const unit = text.charCodeAt(end)
  return unit >= 0xdc00 && unit <= 0xdfff && end > 1 ? end - 1 : end
}
