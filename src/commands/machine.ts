// What a command is given of the machine it runs on. main.ts fills it; so do tests that run commands without a process.
// Everything an operator is told goes through `print` (standard output) and `complain` (standard error).

import type { Channel } from '../channels/channel.ts'
import type { Chance, Clock, NewId } from '../clock.ts'
import type { Settings } from '../settings.ts'

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly newId: NewId
  readonly chance: Chance
  /** The clock of a process whose KENTONGAN_CLOCK_OFFSET_MS is this. */
  clockOf(offsetMs: number): Clock
  /** Those the settings turn on; none is started. */
  channelsOf(settings: Settings): Promise<readonly Channel[]>
  /** Who runs the command, for the audit trail. */
  readonly user: string
  print(line: string): void
  complain(line: string): void
  /** To standard output; resolves when it may take more. */
  write(text: string): Promise<void>
  /** What the person at the terminal answers; null where there is no terminal. */
  ask(question: string): Promise<string | null>
}

/** A command's end: 0 when all is well, else 1. */
export type ExitCode = 0 | 1

/** Several reasons for which a command does nothing, each with its cure. */
export class Refusal extends Error {
  readonly reasons: readonly string[]
  constructor(reasons: readonly string[]) {
    super(reasons.join('; '))
    this.reasons = reasons
  }
}
