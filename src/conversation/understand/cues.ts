// Cues: sayings that point somewhere, written as in config/vocabulary.yaml, and finding them in a text.
// `a b` in this order, fillers may stand between; `a + b` near each other; `a|b` either; `=a` this very form; `#` a number; `$` the end.

import type { Token } from './tokens.ts'

export interface Cue {
  /** Which list it comes from, and under which key. */
  readonly group: string
  readonly key: string
  readonly weight: number
  readonly text: string
}

/** A cue with what `kentongan understand` calls it. */
interface LabelledCue extends Cue {
  readonly label: string
}

/** One word of a cue: its number, and whether other forms of it count. */
interface CueWord {
  readonly number: number
  readonly kind: 'any-form' | 'exact' | 'digits' | 'end'
}

type Sequence = readonly CueWord[]

interface CompiledCue {
  readonly cue: LabelledCue
  readonly anchor: Sequence
  readonly others: readonly Sequence[]
}

export interface Hit {
  readonly cue: LabelledCue
  readonly first: number
  readonly last: number
}

export interface CueFinder {
  readonly find: (tokens: readonly Token[]) => Hit[]
}

export interface CueSource extends Cue {
  readonly words: readonly (readonly string[])[]
}

const WINDOW = 8
const MOST_FILLERS = 3

/** One cue as written becomes one source for each choice of its alternatives. */
export function readCue(cue: Cue): CueSource[] {
  const parts = cue.text.split('+').map((part) => alternativesOf(part.trim().split(/\s+/)))
  return combinations(parts).map((words) => ({ ...cue, words }))
}

function alternativesOf(words: readonly string[]): string[][] {
  return combinations(words.map((word) => word.split('|')))
}

function combinations<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>(
    (made, options) => made.flatMap((start) => options.map((option) => [...start, option])),
    [[]],
  )
}

export function plainWord(word: string): string {
  return word.startsWith('=') ? word.slice(1) : word
}

export function createCueFinder(
  sources: readonly CueSource[],
  numberOf: (word: string) => number,
  wordCount: number,
): CueFinder {
  const uses = new Map<string, number>()
  for (const source of sources)
    for (const part of source.words) {
      const first = part[0] ?? ''
      uses.set(first, (uses.get(first) ?? 0) + 1)
    }
  const book: CueBook = { byForm: new Map(), byExact: new Map(), byDigits: [], size: wordCount }
  for (const { words, ...cue } of sources) {
    const sorted = [...words].sort(
      (a, b) => (uses.get(a[0] ?? '') ?? 0) - (uses.get(b[0] ?? '') ?? 0),
    )
    const [anchor = [], ...others] = sorted.map((part) => part.map((w) => compileWord(w, numberOf)))
    const first = anchor[0]
    if (first === undefined) continue
    const label = `${cue.group}${cue.key === '' ? '' : ` ${cue.key}`}: ${cue.text}`
    const compiled = { cue: { ...cue, label }, anchor, others }
    if (first.kind === 'digits') book.byDigits.push(compiled)
    else listFor(first.kind === 'exact' ? book.byExact : book.byForm, first.number).push(compiled)
  }
  return { find: (tokens) => findAll(tokens, book) }
}

/** Cues by the word their anchor begins with. */
interface CueBook {
  readonly byForm: Map<number, CompiledCue[]>
  readonly byExact: Map<number, CompiledCue[]>
  readonly byDigits: CompiledCue[]
  /** Numbers of words are below this. */
  readonly size: number
}

function compileWord(word: string, numberOf: (word: string) => number): CueWord {
  if (word === '#') return { number: -1, kind: 'digits' }
  if (word === '$') return { number: -1, kind: 'end' }
  if (word.startsWith('=')) return { number: numberOf(word.slice(1)), kind: 'exact' }
  return { number: numberOf(word), kind: 'any-form' }
}

function listFor(map: Map<number, CompiledCue[]>, key: number): CompiledCue[] {
  const list = map.get(key) ?? []
  map.set(key, list)
  return list
}

function findAll(tokens: readonly Token[], book: CueBook): Hit[] {
  const hits: Hit[] = []
  const present = new Uint8Array(book.size)
  for (const token of tokens) for (const form of token.forms) present[form] = 1
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token === undefined) continue
    for (const form of token.forms) tryAll(book.byForm.get(form), tokens, at, present, hits)
    if (token.exact !== -1) tryAll(book.byExact.get(token.exact), tokens, at, present, hits)
    if (token.digits) tryAll(book.byDigits, tokens, at, present, hits)
  }
  return hits
}

function tryAll(
  cues: readonly CompiledCue[] | undefined,
  tokens: readonly Token[],
  at: number,
  present: Uint8Array,
  hits: Hit[],
): void {
  if (cues === undefined) return
  for (const compiled of cues) {
    if (!mayStand(compiled, present)) continue
    const hit = matchAt(compiled, tokens, at)
    if (hit !== null) hits.push(hit)
  }
}

/** Cheap look before the real one: does the other part's first word, or the anchor's second, occur at all? */
function mayStand({ anchor, others }: CompiledCue, present: Uint8Array): boolean {
  const other = others[0]?.[0]
  if (other !== undefined && other.number !== -1 && present[other.number] === 0) return false
  const second = anchor[1]
  return second === undefined || second.number === -1 || present[second.number] === 1
}

function matchAt(compiled: CompiledCue, tokens: readonly Token[], at: number): Hit | null {
  let last = sequenceEnd(compiled.anchor, tokens, at)
  if (last === -1) return null
  let first = at
  for (const other of compiled.others) {
    const from = Math.max(0, at - WINDOW)
    const to = Math.min(tokens.length - 1, at + WINDOW)
    let end = -1
    for (let start = from; start <= to && end === -1; start += 1) {
      end = sequenceEnd(other, tokens, start)
      if (end !== -1) first = Math.min(first, start)
    }
    if (end === -1) return null
    last = Math.max(last, end)
  }
  return { cue: compiled.cue, first, last }
}

/** Index of the last token of the sequence beginning here; -1 when it does not. */
function sequenceEnd(sequence: Sequence, tokens: readonly Token[], start: number): number {
  let at = start
  for (let step = 0; step < sequence.length; step += 1) {
    const word = sequence[step] as CueWord
    if (word.kind === 'end') return at === tokens.length - 1 ? at : -1
    if (step > 0) {
      at += 1
      for (let skipped = 0; skipped < MOST_FILLERS; skipped += 1) {
        const token = tokens[at]
        if (token === undefined || !token.filler || isWord(word, token)) break
        at += 1
      }
    }
    const token = tokens[at]
    if (token === undefined || !isWord(word, token)) return -1
  }
  return at
}

function isWord(word: CueWord, token: Token): boolean {
  if (word.kind === 'digits') return token.digits
  if (word.number === -1) return false
  return word.kind === 'exact' ? token.exact === word.number : token.forms.includes(word.number)
}
