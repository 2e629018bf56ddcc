// Writes to the terminal without tearing the line somebody is typing; plain text when nobody looks.

import type { Interface } from 'node:readline'
import { pause } from '../patience.ts'

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean }

export interface Screen {
  /** Somebody reads along: colours, and a prompt to be drawn again. */
  readonly live: boolean
  /** From now on a prompt of `reader` stands in the last line; null: no more. */
  promptOf(reader: Interface | null): void
  /** Ready for the next line. */
  prompt(): void
  /** What is meant for the person being played. */
  say(text: string): void
  /** Resolves once nothing was said for so long. */
  quiet(ms: number): Promise<void>
  /** What is meant for somebody else, or is the terminal's own. */
  aside(text: string, head?: string): void
  /** What was typed, when it was not typed here. */
  echo(line: string): void
}

export function createScreen(output: Output): Screen {
  const live = output.isTTY === true
  let reader: Interface | null = null
  let said = 0

  function print(text: string): void {
    if (reader === null) output.write(`${text}\n`)
    else {
      output.write(`\r\u001b[K${text}\n`)
      reader.prompt(true)
    }
  }

  return {
    live,
    promptOf: (next) => {
      reader = live ? next : null
    },
    prompt: () => reader?.prompt(),
    say: (text) => {
      said += 1
      print(indented('< ', text))
    },
    quiet: async (ms) => {
      for (let before = -1; before !== said; await pause(ms)) before = said
    },
    aside: (text, head = '') => {
      const whole = indented(head, text)
      print(live ? `\u001b[2m${whole}\u001b[0m` : whole)
    },
    echo: (line) => {
      if (!live) output.write(`> ${line}\n`)
    },
  }
}

function indented(head: string, text: string): string {
  return head + text.replace(/\n(?=.)/g, `\n${' '.repeat(head.length)}`)
}

/** Files are not shown here: each is named by its kind. */
export function namingFiles(text: string, files: readonly { readonly kind: string }[]): string {
  return [text, ...files.map(({ kind }) => `[${kind}]`)].join('\n')
}
