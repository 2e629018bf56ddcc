// Is the bot in order? Asks who it is and where its updates go; sends nothing, changes nothing.

import type { CheckResult } from '../channel.ts'
import type { BotApi } from './api.ts'
import { troubleOf } from './trouble.ts'

/** `url`: of our webhook; null: long polling. */
export async function checkBot(api: Pick<BotApi, 'ask'>, url: string | null): Promise<CheckResult> {
  const me = await api.ask('getMe', {})
  if (me.type !== 'made') {
    const { why, state } = troubleOf(me, 0)
    const cure = state === 'paused' ? '' : '. Check the network and TELEGRAM_BOT_TOKEN'
    return { ok: false, detail: `${why}${cure}` }
  }
  const info = await api.ask('getWebhookInfo', {})
  const name = `@${me.result.username}`
  if (info.type !== 'made') return { ok: true, detail: `${name} answers` }
  const set = info.result.url ?? ''
  if (url === null) {
    const waits = set === '' ? '' : '; a webhook is set, and the start removes it'
    return { ok: true, detail: `${name} answers; long polling${waits}` }
  }
  if (set !== url) return { ok: true, detail: `${name} answers; the start registers the webhook` }
  const { pending_update_count: pending, last_error_message: fault } = info.result
  return pending > 0 && fault !== undefined
    ? { ok: false, detail: `${name} answers, but does not reach PUBLIC_URL: ${fault}` }
    : { ok: true, detail: `${name} answers; the webhook is registered` }
}
