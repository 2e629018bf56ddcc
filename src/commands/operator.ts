// Runs what an operator asked for, and turns whatever goes wrong into sentences and an exit code.
// Faults end here: no command prints a stack.

import type { OperatorCommand } from '../cli.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import { exportComplaints } from './export.ts'
import { invite } from './invite.ts'
import { type ExitCode, type Machine, Refusal } from './machine.ts'
import { replay } from './replay.ts'
import { restore } from './restore.ts'
import { retain } from './retain.ts'
import { templates } from './templates.ts'

export async function runOperator(command: OperatorCommand, machine: Machine): Promise<ExitCode> {
  try {
    return await run(command, machine)
  } catch (error) {
    machine.complain(`kentongan ${command.name} did not do it:`)
    for (const reason of reasonsOf(error)) machine.complain(`  - ${reason}`)
    return 1
  }
}

function run(command: OperatorCommand, machine: Machine): Promise<ExitCode> {
  switch (command.name) {
    case 'check':
      return check(machine)
    case 'templates':
      return templates(command, machine)
    case 'backup':
      return backup(command, machine)
    case 'restore':
      return restore(command, machine)
    case 'invite':
      return invite(command, machine)
    case 'export':
      return exportComplaints(command, machine)
    case 'replay':
      return replay(machine)
    case 'retain':
      return retain(command, machine)
  }
}

function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof Refusal) return error.reasons
  return [error instanceof Error ? error.message : String(error)]
}
