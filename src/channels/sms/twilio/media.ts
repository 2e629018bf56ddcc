// What came with a message, from where Twilio says it lies: its API asks for our credentials and sends us on.
// Nobody but Twilio's own API is told them. [https://www.twilio.com/docs/messaging/api/media-resource]

import type { Clock } from '../../../clock.ts'
import { type MediaRef, MOST_MEDIA_BYTES } from '../../../message.ts'
import type { MediaResult } from '../../channel.ts'
import { type DownloadRules, download } from '../../download.ts'
import { at } from './transport.ts'

export interface TwilioMediaOptions {
  readonly accountSid: string
  readonly authToken: string
  /** Where Twilio's REST API is to be found; null: at Twilio. */
  readonly apiUrl: string | null
  readonly clock: Clock
  readonly rules?: DownloadRules
}

/** 20 MB at the speed of an old mobile line. */
const FETCH_TIMEOUT_MS = 120_000

export async function fetchTwilioMedia(
  { url }: MediaRef,
  { accountSid, authToken, apiUrl, clock, rules }: TwilioMediaOptions,
): Promise<MediaResult> {
  if (!URL.canParse(url)) return { outcome: 'gone', reason: 'no address' }
  const api = isTwilios(url)
  const target = api ? at(url, apiUrl).href : url
  const trusted = apiUrl === null ? null : new URL(apiUrl).origin
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
  const ours = api || new URL(target).origin === trusted
  return download({
    url: target,
    headers: ours ? { Authorization: `Basic ${credentials}` } : {},
    trusted,
    mostBytes: MOST_MEDIA_BYTES,
    timeoutMs: FETCH_TIMEOUT_MS,
    now: clock(),
    rules,
  })
}

/** The API of any of its regions, over TLS. */
function isTwilios(url: string): boolean {
  const { hostname, protocol } = new URL(url)
  return protocol === 'https:' && /^api(\.[a-z0-9-]+)*\.twilio\.com$/.test(hostname)
}
