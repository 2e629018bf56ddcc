// One running gateway for a file of small tests; each test writes from a number of its own.
// It is stopped as an operator stops it, and must end with 0.

import { afterAll, beforeAll, expect } from '@jest/globals'
import type { Gateway } from './gateway.ts'
import { openWorld, type StartOptions, type World } from './world.ts'

export interface Shared {
  readonly world: World
  readonly gateway: Gateway
}

/** Call it at the top of a file; what it returns can be used inside tests. */
export function sharedGateway(options: StartOptions = {}): Shared {
  let world: World | undefined
  let gateway: Gateway | undefined
  beforeAll(async () => {
    world = await openWorld()
    gateway = await world.start(options)
  })
  afterAll(async () => {
    try {
      expect(await gateway?.stop()).toBe(0)
    } finally {
      await world?.close()
    }
  })
  return {
    get world() {
      return given(world)
    },
    get gateway() {
      return given(gateway)
    },
  }
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the gateway is not started yet')
  return value
}
