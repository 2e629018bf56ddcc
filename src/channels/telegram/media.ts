// Fetches an attachment: asks Telegram where it lies, then takes it from there.
// Rule: the address of a file holds the token, so it is never told to anybody, not even in an error.

import type { Clock } from '../../clock.ts'
import { type MediaRef, MOST_MEDIA_BYTES } from '../../message.ts'
import type { MediaResult } from '../channel.ts'
import { download } from '../download.ts'
import type { Pace } from '../pace.ts'
import type { BotApi, Refused } from './api.ts'

export interface MediaParts {
  readonly api: Pick<BotApi, 'ask' | 'file'>
  readonly pace: Pick<Pace, 'heldMs'>
  readonly clock: Clock
  readonly timeoutMs: number
}

export async function fetchFile(parts: MediaParts, ref: MediaRef): Promise<MediaResult> {
  const { api, pace, clock, timeoutMs } = parts
  const held = pace.heldMs()
  if (held > 0) return { outcome: 'retry', reason: 'Telegram asked us to wait', afterMs: held }
  if ((ref.bytes ?? 0) > MOST_MEDIA_BYTES) return { outcome: 'too-big' }
  const answer = await api.ask('getFile', { file_id: ref.id })
  switch (answer.type) {
    case 'made': {
      const { file_path: path, file_size: size = 0 } = answer.result
      if (size > MOST_MEDIA_BYTES) return { outcome: 'too-big' }
      if (path === undefined) return { outcome: 'retry', reason: 'Telegram names no path yet' }
      const now = clock()
      return download({ ...api.file(path), mostBytes: MOST_MEDIA_BYTES, timeoutMs, now })
    }
    case 'refused':
      return refused(answer)
    case 'unreachable':
    case 'silent':
      return { outcome: 'retry', reason: `no answer from Telegram (${answer.why})` }
    case 'aborted':
      return { outcome: 'retry', reason: 'broken off' }
  }
}

function refused({ status, says, waitMs }: Refused): MediaResult {
  if (/file is too big/i.test(says)) return { outcome: 'too-big' }
  const reason = `HTTP ${status}: ${says}`
  // "wrong file_id or the file is temporarily unavailable" is one sentence for both: it may come yet.
  if (/invalid file_id|file_id_invalid/i.test(says)) return { outcome: 'gone', reason }
  return { outcome: 'retry', reason, ...(waitMs === null ? {} : { afterMs: waitMs }) }
}
