// Signed messages over HTTP, and how a figure is taken from them: medians of three.
// A run with one refused or failed request is no figure.

import autocannon from 'autocannon'
import { type NumberOf, type SignedForm, signedForms } from './messages.ts'
import type { Target } from './processes.ts'

export const RUNS = 3
export const MESSAGES = 8_000
/** The first thousands are slower by a tenth: the code is not compiled well yet. */
export const WARM_UP = 8_000

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** A signed form, or whatever else a provider posts. */
type Post = Pick<SignedForm, 'method' | 'path' | 'headers' | 'body'>

let round = 0

/** Messages nobody has sent yet in this run. */
export const freshForms = (count: number, numberOf?: NumberOf): readonly SignedForm[] =>
  signedForms(count, round++, numberOf)

/** Gives every connection its own share, in order. */
export function shared(forms: readonly Post[], connections: number) {
  const each = Math.floor(forms.length / connections)
  let client = 0
  return {
    amount: each * connections,
    setupClient: (one: autocannon.Client) => {
      const first = client++ * each
      one.setRequests(forms.slice(first, first + each) as unknown as autocannon.Request[])
    },
  }
}

export async function load(url: string, connections: number, forms: readonly Post[]) {
  // It notices only at its samples that all is done: by default once a second, which is rounding up to whole seconds.
  const sampleInt = 10
  const result = await autocannon({ url, connections, sampleInt, ...shared(forms, connections) })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${result.non2xx} refused and ${result.errors} failed; the figure means nothing`,
    )
  }
  return result
}

/** Of all targets together, the connections shared among them; warmed up first. */
export async function turnsPerSecond(
  targets: readonly Target[],
  connections: number,
  numberOf?: NumberOf,
) {
  const each = Math.floor(connections / targets.length)
  const all = (count: number) => {
    const share = count / targets.length
    const shares = targets.map(({ url }) => ({ url, forms: freshForms(share, numberOf) }))
    return () => Promise.all(shares.map(({ url, forms }) => load(url, each, forms)))
  }
  await all(WARM_UP)()
  const measured = all(MESSAGES)
  const begun = performance.now()
  await measured()
  return (1000 * MESSAGES) / (performance.now() - begun)
}

export function line(name: string, value: string, note = ''): void {
  console.log(`${name.padEnd(58)} ${value.padStart(12)}  ${note}`)
}
