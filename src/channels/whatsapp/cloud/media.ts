// Fetches an attachment: asks Meta where it lies, then takes it from there with the same token.
// Rule: the address holds for five minutes and is never stored. [https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media]

import { z } from 'zod'
import type { Clock } from '../../../clock.ts'
import { type MediaRef, MOST_MEDIA_BYTES } from '../../../message.ts'
import type { MediaResult } from '../../channel.ts'
import { type DownloadRules, download } from '../../download.ts'
import type { GraphApi } from './client.ts'
import { judgeRefusal } from './codes.ts'

export interface MediaParts {
  readonly api: GraphApi
  readonly token: string
  /** The operator's own address in place of Meta's; null: Meta's. */
  readonly apiUrl: string | null
  readonly clock: Clock
  readonly timeoutMs: number
  readonly rules?: DownloadRules | undefined
}

const found = z.object({
  url: z.string(),
  file_size: z.coerce.number().int().optional().catch(undefined),
})

export async function fetchCloudMedia(parts: MediaParts, ref: MediaRef): Promise<MediaResult> {
  const { api, token, apiUrl, clock, timeoutMs, rules } = parts
  const answer = await api.get(encodeURIComponent(ref.id))
  switch (answer.type) {
    case 'made': {
      const read = found.safeParse(answer.result)
      if (!read.success || !URL.canParse(read.data.url))
        return { outcome: 'retry', reason: 'Meta names no address yet' }
      const { url, file_size: size = 0 } = read.data
      if (size > MOST_MEDIA_BYTES) return { outcome: 'too-big' }
      return download({
        url,
        headers: { Authorization: `Bearer ${token}` },
        trusted: apiUrl === null ? null : new URL(apiUrl).origin,
        ...{ mostBytes: MOST_MEDIA_BYTES, timeoutMs, now: clock(), rules },
      })
    }
    case 'refused': {
      const { class: kind, reason } = judgeRefusal(answer.status, answer.code)
      // 100: there is no such file, or no longer.
      if (answer.status === 404 || (kind === 'permanent' && answer.code === 100))
        return { outcome: 'gone', reason }
      const wait = answer.waitMs === null ? {} : { afterMs: answer.waitMs }
      return { outcome: 'retry', reason, ...wait }
    }
    case 'unreachable':
    case 'silent':
      return { outcome: 'retry', reason: `no answer from Meta (${answer.why})` }
  }
}
