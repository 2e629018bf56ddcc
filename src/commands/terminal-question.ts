// One question to the person at the terminal. Where there is none, nobody is asked and nothing is taken for a yes.

import { createInterface } from 'node:readline/promises'
import type { ReadStream, WriteStream } from 'node:tty'

/** Null: no terminal, or it was closed without an answer. */
export async function askAtTerminal(
  input: Pick<ReadStream, 'isTTY'> & NodeJS.ReadableStream,
  output: WriteStream,
  question: string,
): Promise<string | null> {
  if (!input.isTTY) return null
  const lines = createInterface({ input, output })
  const closed = new Promise<null>((resolve) => lines.once('close', () => resolve(null)))
  try {
    return await Promise.race([lines.question(question), closed])
  } finally {
    lines.close()
  }
}
