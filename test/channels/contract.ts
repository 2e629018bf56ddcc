// What every channel must do, whatever its provider: one suite over all adapters, a sentence of the port a fact.
// Rule: an adapter that cannot be held to one says why where it calls this, and the reason is in the report.

import { describe, expect, test } from '@jest/globals'
import { FACTS, type FactName, type OpenChannel, withBench } from './contract/given.ts'
import { LIFE } from './contract/life.ts'
import { RECEIVING } from './contract/receiving.ts'
import { SENDING } from './contract/sending.ts'
import { TROUBLES } from './contract/troubles.ts'

const PROOFS = { ...RECEIVING, ...SENDING, ...TROUBLES, ...LIFE }

/** `open` gives a channel that is not started yet, with its provider on loopback. */
export function describeChannel(
  name: string,
  open: OpenChannel,
  exceptions: Partial<Readonly<Record<FactName, string>>> = {},
): void {
  describe(name, () => {
    for (const fact of FACTS) {
      const reason = exceptions[fact]
      if (reason === undefined) test(`it ${fact}`, () => withBench(open, PROOFS[fact]))
      else test(`not that it ${fact}: ${reason}`, () => expect(reason).toMatch(/\w+ \w+ \w+/))
    }
  })
}
