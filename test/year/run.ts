// Runs a year in a process of its own, where it takes two thirds of the time it takes inside a test, and tells as JSON what came of it.
// node --import ./test/support/swc-loader.mjs test/year/run.ts '{"seed":1708,"complaints":3000}'

import { traces } from '../support/anonymity.ts'
import { checked } from './checker.ts'
import { unknownOf, watchAll } from './everything-left.ts'
import { tableOf } from './table.ts'
import { simulated, type YearParts } from './year.ts'

export interface YearTold {
  readonly table: string
  readonly problems: readonly string[]
  readonly filed: number
  readonly steps: number
  readonly crashes: number
  /** Things searched for traces of anonymous people, how many of those there are, and what was found. */
  readonly searched: number
  readonly unknown: number
  readonly traces: readonly string[]
}

const parts = JSON.parse(process.argv[2] ?? '{}') as Omit<YearParts, 'onSent' | 'onLog' | 'look'>
const watch = watchAll()
const year = await simulated({ ...parts, ...watch })
const verdict = checked(year.log)
const unknown = unknownOf(year.citizens)
const told: YearTold = {
  table: tableOf(year, verdict),
  problems: verdict.problems,
  filed: year.log.filed.size,
  steps: verdict.steps,
  crashes: year.troubles.crashes,
  searched: watch.left.length,
  unknown: unknown.length,
  traces: traces(watch.left, unknown, new Set(year.log.filed.keys())),
}
process.stdout.write(JSON.stringify(told), () => process.exit(0))
