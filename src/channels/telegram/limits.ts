// What the Bot API lets one bot say, in one place. [https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this]

import type { Limits } from '../pace.ts'

export const LIMITS: Limits = {
  overall: { count: 30, ms: 1_000 },
  chat: { count: 1, ms: 1_000 },
  group: { count: 20, ms: 60_000 },
}
