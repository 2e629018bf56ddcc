// Cuts a text into words: glued ones apart ("gg5", "dijalan"), doubled ones single ("lubang2"), each read by the lexicon.
// Tokens keep their place in the text, so that the citizen's own words can be quoted.

import type { Lexicon } from './lexicon.ts'

export interface Token {
  /** As written, lower case. */
  readonly raw: string
  readonly start: number
  readonly end: number
  /** What it stands for. */
  readonly word: string
  readonly exact: number
  readonly forms: readonly number[]
  readonly digits: boolean
  /** The vocabulary knows it as written. */
  readonly known: boolean
  /** May stand between the words of a cue. */
  readonly filler: boolean
  /** A full stop, comma, line break or the like stands before it. */
  readonly paused: boolean
}

interface Ambiguity {
  readonly usually: string
  readonly but: readonly {
    readonly means: string
    readonly after: ReadonlySet<string>
    readonly before: ReadonlySet<string>
  }[]
}

export interface TokenRules {
  readonly lexicon: Lexicon
  readonly fillers: ReadonlySet<string>
  readonly ambiguous: ReadonlyMap<string, Ambiguity>
  /** First part → second parts it is often glued to. */
  readonly splits: readonly (readonly [string, ReadonlySet<string>])[]
}

interface Piece {
  readonly raw: string
  readonly start: number
  readonly end: number
  readonly paused: boolean
}

const WORD = /\p{L}+|\p{N}+/gu
const PAUSE = /[.,;:!?\n()"]/
const ANY_NUMBER = '#'

export function tokensOf(text: string, rules: TokenRules): Token[] {
  const pieces = piecesOf(text, rules)
  const tokens: Token[] = []
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as Piece
    const meant = meaningOf(piece.raw, pieces[at - 1]?.raw, pieces[at + 1]?.raw, rules)
    const reading = rules.lexicon.read(meant)
    const last = tokens.at(-1)
    const digits = isDigits(piece.raw)
    if (last !== undefined && !digits && last.word === reading.word && !piece.paused) continue
    tokens.push({
      raw: piece.raw,
      start: piece.start,
      end: piece.end,
      paused: piece.paused,
      word: reading.word,
      exact: reading.exact,
      forms: reading.forms,
      known: reading.known,
      digits,
      filler: rules.fillers.has(reading.word),
    })
  }
  return tokens
}

function piecesOf(text: string, rules: TokenRules): Piece[] {
  const pieces: Piece[] = []
  let before = 0
  for (const match of text.matchAll(WORD)) {
    const raw = match[0].toLowerCase()
    const start = match.index
    const end = start + match[0].length
    const between = text.slice(before, start)
    const previous = pieces.at(-1)
    before = end
    if (isDoubling(raw, between, previous)) continue
    const paused = PAUSE.test(between)
    const glued = rules.lexicon.read(raw).known ? null : gluedAt(raw, rules)
    if (glued === null) pieces.push({ raw, start, end, paused })
    else {
      pieces.push({ raw: raw.slice(0, glued), start, end: start + glued, paused })
      pieces.push({ raw: raw.slice(glued), start: start + glued, end, paused: false })
    }
  }
  return pieces
}

/** The 2 of "lubang2": the word twice, not a number. */
function isDoubling(raw: string, between: string, previous: Piece | undefined): boolean {
  return (
    raw === '2' && between === '' && previous !== undefined && /^\p{L}{3,}$/u.test(previous.raw)
  )
}

function gluedAt(raw: string, rules: TokenRules): number | null {
  for (const [first, seconds] of rules.splits)
    if (raw.startsWith(first) && seconds.has(raw.slice(first.length))) return first.length
  return null
}

function meaningOf(
  raw: string,
  previous: string | undefined,
  next: string | undefined,
  rules: TokenRules,
): string {
  const ambiguity = rules.ambiguous.get(raw)
  if (ambiguity === undefined) return raw
  const chosen = ambiguity.but.find(
    (choice) => standsIn(choice.after, previous) || standsIn(choice.before, next),
  )
  return chosen?.means ?? ambiguity.usually
}

function standsIn(words: ReadonlySet<string>, neighbour: string | undefined): boolean {
  if (neighbour === undefined) return false
  return words.has(neighbour) || (isDigits(neighbour) && words.has(ANY_NUMBER))
}

function isDigits(raw: string): boolean {
  const first = raw.charCodeAt(0)
  return first >= 48 && first <= 57
}
