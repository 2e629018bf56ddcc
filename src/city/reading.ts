// Opens and checks the files of one folder, gathering every problem on the way.

import { join } from 'node:path'
import type { z } from 'zod'
import type { Problem } from './problem.ts'
import { shapeOf } from './shape.ts'
import { openSource, type Source } from './source.ts'

export interface Reading {
  /** Null, and a problem noted, where the file cannot be read. */
  open(name: string): Source | null
  /** The file in its type; null where it, or what it refers to, has a problem. */
  check<T>(
    source: Source | null,
    schema: z.ZodType<T>,
    cross: (source: Source) => readonly Problem[],
  ): T | null
  /** All noted so far. */
  problems(): readonly Problem[]
}

export function openReading(dir: string): Reading {
  const noted: Problem[] = []
  return {
    open: (name) => {
      const opened = openSource(join(dir, name))
      if ('source' in opened) return opened.source
      noted.push(...opened.problems)
      return null
    },
    check: (source, schema, cross) => {
      if (source === null) return null
      const shape = shapeOf(source, schema)
      const crossed = cross(source)
      if ('problems' in shape) noted.push(...shape.problems)
      noted.push(...crossed)
      return 'value' in shape && crossed.length === 0 ? shape.value : null
    },
    problems: () => noted,
  }
}
