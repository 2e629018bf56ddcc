// All that people wrote or were sent in this test file, and the search for it in what processes print.
// Rule: nobody's number and no words of a message stand in any log. printed-reporter.cjs fails the run otherwise.

import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'

export interface Known {
  /** National digits: without +62 or a leading 0. */
  readonly numbers: ReadonlySet<string>
  /** Runs of a few words each, in small letters. */
  readonly phrases: ReadonlySet<string>
}

/** Fewer words in a row may stand in an English log line by chance. */
const RUN = 4
/** A ticket has eight digits; no subscriber's number is as short. */
const SHORTEST_NUMBER = 9

const numbers = new Set<string>()
const phrases = new Set<string>()

/** Call it for every message, whichever way it goes: `number` is the person's. */
export function said(number: string | null | undefined, text: string | null | undefined): void {
  const digits = national((number ?? '').replace(/\D/g, ''))
  if (digits.length >= SHORTEST_NUMBER) numbers.add(digits)
  for (const phrase of runsOf(wordsOf(text ?? ''))) phrases.add(phrase)
}

export interface Printed {
  readonly args: readonly string[]
  readonly stdout: string
  readonly stderr: string
}

/** What must not be there; empty when all is well. */
export function tracesIn({ args: [command = 'start'], stdout, stderr }: Printed, known: Known) {
  switch (command) {
    // They show the conversation, which is their purpose; their log goes to stderr.
    case 'chat':
    case 'understand':
      return [...numbersIn(stderr, known), ...phrasesIn(stderr, known)]
    // Words are its purpose, identities are not.
    case 'export':
      return [...numbersIn(stdout + stderr, known), ...phrasesIn(stderr, known)]
    default: {
      const all = `${stdout}\n${stderr}`
      const json = command === 'start' ? notJson(stdout) : []
      return [...numbersIn(all, known), ...phrasesIn(all, known), ...json]
    }
  }
}

/** Called by whoever starts a process; `end` once it has ended. Without the reporter nothing is kept. */
export function watchPrinted(args: readonly string[]): {
  end(printed: Omit<Printed, 'args'>): void
} {
  const folder = process.env.KENTONGAN_PRINTED
  const note = (line: object) => {
    if (folder === undefined) return
    const file = join(folder, `${process.pid}.jsonl`)
    appendFileSync(file, `${JSON.stringify({ test: expect.getState().testPath, args, ...line })}\n`)
  }
  note({ began: 1 })
  return {
    end: ({ stdout, stderr }) =>
      note({
        bytes: stdout.length + stderr.length,
        traces: tracesIn({ args, stdout, stderr }, { numbers, phrases }),
      }),
  }
}

function national(digits: string): string {
  return digits.replace(/^(62|0)/, '')
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Short texts count as a whole, from two words that are no digits. */
function runsOf(words: readonly string[]): readonly string[] {
  const length = Math.min(RUN, words.length)
  return words.flatMap((_, place) => {
    const run = words.slice(place, place + length)
    const spoken = run.filter((word) => /^\p{L}{2,}$/u.test(word)).length
    return run.length === length && spoken >= 2 ? [run.join(' ')] : []
  })
}

/** Nobody's: how COORDINATORS are written, as a refused start tells it. */
const EXAMPLE = '628111234567'

/** Ids of ours and Twilio's hold digits too. */
const IDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\b[A-Z]{2}[\da-f]{32}\b/g

function numbersIn(text: string, known: Known): readonly string[] {
  const plain = text.replace(IDS, '')
  const runs = plain.match(/\d{9,}/g) ?? []
  const used = runs.filter((digits) => known.numbers.has(national(digits)))
  // Whether used here or not, what looks like a number of this country does not belong there.
  const alike = plain.match(/(?<![\w.-])(?:\+62|62|0)8\d{7,}/g) ?? []
  const foreign = alike.filter((digits) => !digits.endsWith(EXAMPLE))
  return [...new Set([...used, ...foreign])]
}

function phrasesIn(text: string, known: Known): readonly string[] {
  const found = new Set<string>()
  for (const line of text.split('\n')) {
    const words = wordsOf(line)
    for (let length = 2; length <= RUN; length++) {
      for (let place = 0; place + length <= words.length; place++) {
        const run = words.slice(place, place + length).join(' ')
        if (known.phrases.has(run)) found.add(run)
      }
    }
  }
  return [...found]
}

/** A killed process may leave half a line, and nothing else. */
function notJson(stdout: string): readonly string[] {
  const whole = stdout.split('\n').slice(0, -1)
  return whole.filter((line) => !isJsonObject(line)).map((line) => `no JSON: ${line.slice(0, 80)}`)
}

function isJsonObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}
