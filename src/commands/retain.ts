// `retain`: applies the retention rules now, or only counts; the gateway does the same every night by itself.
// Batch by batch, so that a gateway running beside it hardly waits.

import type { OperatorCommand } from '../cli.ts'
import { applyRetention } from '../notify/retention.ts'
import { openBeside } from '../store/beside.ts'
import type { RetentionCounts } from '../store/privacy-port.ts'
import { givenAll, keyOf } from './given.ts'
import type { ExitCode, Machine } from './machine.ts'

export async function retain(
  { dryRun }: Extract<OperatorCommand, { name: 'retain' }>,
  machine: Machine,
): Promise<ExitCode> {
  const { settings, city } = givenAll(machine)
  const clock = machine.clockOf(settings.clockOffsetMs)
  const { databaseUrl: url, coordinators: onDuty } = settings
  const store = await openBeside({ url, dataKey: keyOf(settings), clock, newId: machine.newId })
  try {
    const { user: actor } = machine
    const counts = await applyRetention({ store, city, onDuty, now: clock(), dryRun, actor })
    const { identityDays, textDays } = city.retention
    if (dryRun) machine.print('Only counted, nothing was changed:')
    for (const line of told(counts, identityDays, textDays)) machine.print(line)
    return 0
  } finally {
    await store.close()
  }
}

function told(counts: RetentionCounts, identityDays: number, textDays: number): readonly string[] {
  return [
    `${counts.complaints} complaints, over for ${identityDays} days, parted from their people`,
    `${counts.messages} messages of no complaint, older than ${textDays} days, removed`,
    `${counts.addresses} people who never filed and were silent for ${textDays} days, removed`,
    `${counts.providerIds} digests of erased messages, past their days, removed`,
    `${counts.receipts} receipts without a message, older than ${textDays} days, removed`,
  ]
}
