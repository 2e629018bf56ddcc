// A machine for commands run inside the test: an environment, a clock that stands, and all that is printed, kept.

import { randomBytes, randomUUID } from 'node:crypto'
import type { Channel } from '../../src/channels/channel.ts'
import type { OperatorCommand } from '../../src/cli.ts'
import type { Machine } from '../../src/commands/machine.ts'
import { runOperator } from '../../src/commands/operator.ts'
import { KEY, NOW } from '../store/given.ts'

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** `answer`: what the person at the terminal types; null: there is no terminal. */
export async function operate(
  command: OperatorCommand,
  env: Machine['env'],
  answer: string | null = null,
  channels: readonly Channel[] = [],
): Promise<Outcome> {
  const out: string[] = []
  const err: string[] = []
  const code = await runOperator(command, {
    env: { DATA_KEY: KEY.toString('base64'), ...env },
    newId: () => randomUUID(),
    chance: (below) => randomBytes(4).readUInt32LE() % below,
    clockOf: () => () => NOW,
    channelsOf: async () => channels,
    user: 'tester',
    print: (line) => void out.push(`${line}\n`),
    complain: (line) => void err.push(`${line}\n`),
    write: async (text) => void out.push(text),
    ask: async () => answer,
  })
  return { code, out: out.join(''), err: err.join('') }
}
