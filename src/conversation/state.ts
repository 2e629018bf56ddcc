// The conversation's own memory: versioned JSON, parsed by zod, never trusted.

import { z } from 'zod'

export const stateSchema = z.object({ v: z.literal(1) })

export type State = z.infer<typeof stateSchema>
