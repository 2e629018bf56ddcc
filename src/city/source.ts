// One YAML file: its value, and for a mistake in it the line. Nothing is thrown: what cannot be read is a list of problems.
// Two parsers: the fast one knows no lines, and a start is a seventh shorter by it. What it does not take as it stands,
// and every question for a line, goes to the other.

import { readFileSync } from 'node:fs'
import { CORE_SCHEMA, load } from 'js-yaml'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml'
import type { Problem } from './problem.ts'

export type Path = readonly PropertyKey[]

export interface Source {
  readonly file: string
  readonly value: unknown
  /** Line of the key or entry at `path`, or of the nearest one above it that exists. */
  lineOf(path: Path): number
}

export type Opened = { readonly source: Source } | { readonly problems: readonly Problem[] }

export function openSource(file: string): Opened {
  const text = readText(file)
  return 'problems' in text ? text : parseSource(file, text.text)
}

function parseSource(file: string, text: string): Opened {
  return parsedFast(file, text) ?? parsedWithLines(file, text)
}

function parsedFast(file: string, text: string): Opened | null {
  try {
    const value = load(text, { schema: CORE_SCHEMA, maxAliases: 0 })
    if (value === null || value === undefined) return null
    let lines: Opened | null = null
    const lineOf = (path: Path) => {
      lines ??= parsedWithLines(file, text)
      return 'source' in lines ? lines.source.lineOf(path) : 1
    }
    return { source: { file, value, lineOf } }
  } catch {
    // The other parser says what is wrong, and where.
    return null
  }
}

function parsedWithLines(file: string, text: string): Opened {
  try {
    return parsed(file, text)
  } catch (error) {
    // Aliases that multiply, or brackets nested by the thousand.
    const reason = fieldOf(error, 'message')
    return one(file, `the file cannot be followed: ${reason}`, 'Write it plainly, without aliases')
  }
}

function parsed(file: string, text: string): Opened {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0)
    return { problems: faults.map((fault) => faultOf(file, lineAt(fault.pos[0]), fault)) }
  const root = document.contents
  if (root === null || (isScalar(root) && root.value === null))
    return one(
      file,
      'the file is empty',
      'Fill it in, or restore it from the copy you started with',
    )
  const value: unknown = document.toJS()
  return { source: { file, value, lineOf: (path) => lineAt(offsetOf(document, root, path)) } }
}

function readText(file: string): { text: string } | { problems: readonly Problem[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) }
  } catch (error) {
    const code = fieldOf(error, 'code')
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return one(file, 'the file is not UTF-8 text', 'Save it again as UTF-8')
    if (code === 'ENOENT')
      return one(
        file,
        'the file is missing',
        'Restore it from the copy you started with, or point CONFIG_DIR to the folder that holds it',
      )
    return one(file, `the file cannot be read (${code})`, 'Check its permissions and the disk')
  }
}

function fieldOf(error: unknown, field: 'code' | 'message'): string {
  const known = typeof error === 'object' && error !== null && field in error
  return String(known ? Reflect.get(error, field) : error)
}

function one(file: string, wrong: string, cure: string): { problems: readonly Problem[] } {
  return { problems: [{ file, line: 1, wrong, cure }] }
}

function faultOf(file: string, line: number, fault: YAMLError): Problem {
  switch (fault.code) {
    case 'DUPLICATE_KEY':
      return { file, line, wrong: 'this key is given twice', cure: 'Keep one of the two' }
    case 'TAB_AS_INDENT':
      return {
        file,
        line,
        wrong: 'a tab stands where only spaces may',
        cure: 'Indent with spaces, as the lines around it do',
      }
    default:
      return {
        file,
        line,
        wrong: `this is not YAML: ${fault.message.replace(/\.$/, '')}`,
        cure: 'Compare it with the lines around it; a text with ": " or " #" in it needs quotes',
      }
  }
}

function offsetOf(document: Document, root: Node, path: Path): number {
  let node: unknown = root
  let offset = root.range?.[0] ?? 0
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step)
      if (pair === undefined) return offset
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      if (node === undefined) return offset
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined
}
