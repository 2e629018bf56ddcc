// The command line: which command with which options, and what to print when it is wrong.
// Parsing only reads; the commands that need no gateway run here.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { City } from './city/city.ts'
import { predictLine, scoreReport } from './conversation/understand/predict.ts'
import { understand } from './conversation/understand/understand.ts'
import type { ChannelName } from './message.ts'

export type Command =
  | { readonly name: 'start' }
  | { readonly name: 'chat'; readonly as: ChannelName; readonly from: string | null }
  | { readonly name: 'understand'; readonly file: string | null; readonly predict: boolean }
  | { readonly name: 'help' }
  | { readonly name: 'wrong'; readonly why: string }

export const USAGE = `kentongan [command]

  start                                   run the gateway (the same as no command)
  chat [--as sms|whatsapp|telegram] [--from NUMBER]
                                          the whole gateway, with this terminal as one more channel
  understand [FILE.jsonl] [--predict]     what the bot reads in each message, and why
                                          (without FILE: lines from standard input)
`

const PLAYS: readonly ChannelName[] = ['sms', 'whatsapp', 'telegram']

export function readCommand(args: readonly string[]): Command {
  const [name = 'start', ...rest] = args
  try {
    switch (name) {
      case 'start':
        parseArgs({ args: rest, options: {} })
        return { name }
      case 'chat':
        return readChat(rest)
      case 'understand': {
        const options = { predict: { type: 'boolean', default: false } } as const
        const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true })
        if (positionals.length > 1) return wrong('understand takes one file')
        return { name, file: positionals[0] ?? null, predict: values.predict }
      }
      case 'help':
      case '--help':
      case '-h':
        return { name: 'help' }
      default:
        return wrong(`there is no command "${name}"`)
    }
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
}

function readChat(args: readonly string[]): Command {
  const options = { as: { type: 'string', default: 'sms' }, from: { type: 'string' } } as const
  const { values } = parseArgs({ args: [...args], options })
  const as = PLAYS.find((channel) => channel === values.as)
  if (as === undefined) return wrong(`--as is one of ${PLAYS.join(', ')}, not "${values.as}"`)
  return { name: 'chat', as, from: values.from ?? null }
}

function wrong(why: string): Command {
  return { name: 'wrong', why }
}

/** Reads messages, one JSON object or one plain text a line, and says what the bot understands. */
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
