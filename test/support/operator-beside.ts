// An operator's command inside the test's own process: over the database, the provider and the clock of a world.
// Rule: what it prints is searched for traces of people like what a process prints.

import { randomInt, randomUUID } from 'node:crypto'
import { channelsBeside } from '../../src/channels-beside.ts'
import { readCommand } from '../../src/cli.ts'
import type { ExitCode, Machine } from '../../src/commands/machine.ts'
import { runOperator } from '../../src/commands/operator.ts'
import { watchPrinted } from './printed.ts'
import type { World } from './world.ts'

export interface Run {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** As `kentongan …args` in a shell where nobody sits at the terminal; `env` on top of the world's. */
export async function operateIn(
  world: World,
  args: readonly string[],
  env: Machine['env'] = {},
): Promise<Run> {
  const command = readCommand(args)
  switch (command.name) {
    case 'start':
    case 'chat':
    case 'understand':
    case 'help':
    case 'wrong':
      throw new Error(`"${args.join(' ')}" is no command of an operator`)
    default: {
      const printed = { stdout: '', stderr: '' }
      const watched = watchPrinted(args)
      const code = await runOperator(command, machineOf({ ...world.env(), ...env }, printed))
      watched.end(printed)
      return { code, out: printed.stdout, err: printed.stderr }
    }
  }
}

function machineOf(env: Machine['env'], printed: { stdout: string; stderr: string }): Machine {
  const around = {
    newId: () => randomUUID(),
    chance: (below: number) => randomInt(below),
    clockOf: (offsetMs: number) => () => new Date(Date.now() + offsetMs),
    complain: (line: string) => {
      printed.stderr += `${line}\n`
    },
  }
  return {
    ...{ env, ...around },
    channelsOf: (settings) => channelsBeside(settings, around),
    user: 'tester',
    print: (line) => {
      printed.stdout += `${line}\n`
    },
    write: async (text) => {
      printed.stdout += text
    },
    ask: async () => null,
  }
}
