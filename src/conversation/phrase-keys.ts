// What config/phrases must hold: every phrase the code asks for.
// A phrase missing in `id`, or with a placeholder that is not listed, refuses to start.

import { NOTICES } from './notice-keys.ts'
import { PINGS } from './ping-keys.ts'
import { REPLIES } from './reply-keys.ts'

export const PHRASES = { ...REPLIES, ...NOTICES, ...PINGS } as const
