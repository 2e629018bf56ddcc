// The Dockerfile as it is written; dockerfile.soak.ts carries its steps out.

import { expect, test } from '@jest/globals'
import { run } from 'dockerfilelint'
import { ROOT } from '../support/gateway-process.ts'
import { stepsOf } from './dockerfile.ts'
import { textOf } from './files.ts'

test('dockerfilelint finds nothing, and would', () => {
  expect(run(ROOT, textOf('Dockerfile'))).toEqual([])
  expect(run(ROOT, 'FROM node\nRUN sudo true\n').length).toBeGreaterThan(0)
})

test('both stages stand on the same pinned image, and the last one has no compiler', () => {
  const steps = stepsOf(textOf('Dockerfile'))
  const bases = steps.filter(({ instruction }) => instruction === 'FROM').map(({ args }) => args)
  expect(bases).toEqual(['node:20-bookworm-slim AS build', 'node:20-bookworm-slim'])
  const last = steps.slice(steps.findLastIndex(({ instruction }) => instruction === 'FROM'))
  expect(last.filter(({ args }) => /apt-get|npm/.test(args))).toEqual([])
})
