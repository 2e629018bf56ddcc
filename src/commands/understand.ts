// `understand`: reads messages, one JSON object or one plain text a line, and says what the bot understands.
// It needs a city and nothing else: no settings, no database.

import { readFileSync } from 'node:fs'
import type { City } from '../city/city.ts'
import type { Command } from '../cli.ts'
import { predictLine, scoreReport } from '../conversation/understand/predict.ts'
import { understand } from '../conversation/understand/understand.ts'

/** Prints JSON lines with `--predict`, else a report with the gold labels it found. */
export function runUnderstand(
  command: Extract<Command, { name: 'understand' }>,
  city: City,
  print: (line: string) => void,
): void {
  const lines = readWhole(command.file)
    .replace(/^\ufeff/, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const messages = lines.map((line, index) =>
    readLine(line, index, command.file ?? 'standard input'),
  )
  const read = messages.map((message) => ({
    message,
    understanding: understand(message.text, city),
  }))
  if (command.predict) {
    for (const { message, understanding } of read) {
      print(JSON.stringify(predictLine(message.id, understanding, city)))
    }
    return
  }
  print(
    scoreReport(
      read.map(({ message, understanding }) => ({
        gold: message.gold,
        id: message.id,
        text: message.text,
        understanding,
      })),
      city,
    ),
  )
}

function readWhole(file: string | null): string {
  try {
    return readFileSync(file ?? 0, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(
      `${file ?? 'standard input'} cannot be read (${code}). Name a file of messages, one a line.`,
    )
  }
}

interface Line {
  readonly id: string
  readonly text: string
  /** The line as given, with its gold labels where it has any. */
  readonly gold: Readonly<Record<string, unknown>>
}

function readLine(line: string, index: number, source: string): Line {
  if (!line.trimStart().startsWith('{')) return { id: String(index + 1), text: line, gold: {} }
  let gold: unknown
  try {
    gold = JSON.parse(line)
  } catch {
    throw new Error(
      `${source}, line ${index + 1}: is not JSON. Write one object or one plain text a line.`,
    )
  }
  const { id, text } = gold as Record<string, unknown>
  if (typeof text !== 'string') {
    throw new Error(`${source}, line ${index + 1}: has no "text". Add it as a string.`)
  }
  return { id: String(id ?? index + 1), text, gold: gold as Record<string, unknown> }
}
