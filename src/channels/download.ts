// Fetches what a provider holds for us from wherever it says it lies: over TLS, from public addresses alone, in bounds.
// A name is resolved once, and the address that was looked at is the one we connect to; every redirect anew.

import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { MediaResult } from './channel.ts'
import { isPublicAddress } from './public-address.ts'

/** Where a download may lead. Others than `PUBLIC` only where a test has its own idea of what is public. */
export interface DownloadRules {
  readonly isPublic: (address: string) => boolean
  readonly schemes: readonly string[]
  readonly resolve: (name: string) => Promise<readonly LookupAddress[]>
}

export interface Download {
  readonly url: string
  /** Told to the origin of `url`, and to no other that it redirects to. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * The provider's API as the operator configured it: it may lie in our own network and be without TLS (a test, a local
   * server), as long as nothing else was asked before it. Null: there is none.
   */
  readonly trusted: string | null
  readonly mostBytes: number
  /** For all of it. */
  readonly timeoutMs: number
  readonly now: Date
  readonly rules?: DownloadRules | undefined
}

/** Browsers go 20 far, an honest provider two. */
const MOST_REDIRECTS = 5
const REDIRECTS = [301, 302, 303, 307, 308]

const PUBLIC: DownloadRules = {
  isPublic: isPublicAddress,
  schemes: ['https:'],
  resolve: (name) =>
    new Promise((resolve, reject) => {
      dnsLookup(name, { all: true }, (error, found) => (error ? reject(error) : resolve(found)))
    }),
}

/** An address nobody may be sent to, or a way that leads nowhere. Carries no URL: it may hold a secret. */
class Astray extends Error {}

/** Never rejects: what could not be had is an answer too. */
export async function download(asked: Download): Promise<MediaResult> {
  const deadline = AbortSignal.timeout(asked.timeoutMs)
  try {
    return await follow(asked, deadline)
  } catch (error) {
    if (deadline.aborted) return { outcome: 'retry', reason: 'ETIMEDOUT' }
    const { code, message } = error as NodeJS.ErrnoException
    return { outcome: 'retry', reason: error instanceof Astray ? message : (code ?? 'broken off') }
  }
}

async function follow(asked: Download, deadline: AbortSignal): Promise<MediaResult> {
  const home = new URL(asked.url).origin
  let url = new URL(asked.url)
  let trusting = asked.trusted !== null
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    trusting &&= url.origin === asked.trusted
    const headers = url.origin === home ? (asked.headers ?? {}) : {}
    const response = await open(url, { ...asked, headers, trusting }, deadline)
    const { statusCode = 0, headers: told } = response
    if (!REDIRECTS.includes(statusCode)) return taken(response, asked)
    response.destroy()
    if (told.location === undefined || !URL.canParse(told.location, url.href))
      throw new Astray('a redirect that leads nowhere')
    url = new URL(told.location, url)
  }
  throw new Astray('too many redirects')
}

function open(
  url: URL,
  asked: Pick<Download, 'headers' | 'rules'> & { readonly trusting: boolean },
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { rules = PUBLIC, trusting } = asked
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!trusting && !rules.schemes.includes(url.protocol))
    throw new Astray(`a ${url.protocol} address`)
  // A bare address is not looked up, so nobody else would look at it.
  if (!trusting && isIP(host) !== 0 && !rules.isPublic(host)) throw new Astray(NOT_PUBLIC)
  const secure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).get(url, {
      // A kept connection may lead where its name leads no more.
      agent: false,
      signal,
      lookup: checkedLookup(rules, trusting),
      headers: { 'Accept-Encoding': 'identity', ...asked.headers },
    })
    request.on('response', resolve)
    request.on('error', reject)
  })
}

const NOT_PUBLIC = 'an address that is not public'

/** One address that must not be asked is enough to ask none of them. */
function checkedLookup({ resolve, isPublic }: DownloadRules, trusting: boolean): LookupFunction {
  return (name, options, done) => {
    resolve(name).then(
      (found) => {
        const [first] = found
        if (first === undefined) return done(new Astray('a name without addresses'), '')
        if (!trusting && !found.every(({ address }) => isPublic(address)))
          return done(new Astray(NOT_PUBLIC), '')
        if (options.all) done(null, [...found])
        else done(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    )
  }
}

async function taken(
  response: http.IncomingMessage,
  { mostBytes, now }: Download,
): Promise<MediaResult> {
  const { statusCode = 0, headers } = response
  if (statusCode !== 200) {
    response.destroy()
    return refusalOf(statusCode, headers['retry-after'], now)
  }
  const chunks: Buffer[] = []
  let bytes = Number(headers['content-length'] ?? 0)
  let read = 0
  // A provider that says less than it sends is not believed.
  for await (const chunk of bytes > mostBytes ? [] : response) {
    chunks.push(chunk as Buffer)
    read += (chunk as Buffer).length
    bytes = Math.max(bytes, read)
    if (bytes > mostBytes) break
  }
  if (bytes > mostBytes) {
    response.destroy()
    return { outcome: 'too-big' }
  }
  return { outcome: 'fetched', bytes: Buffer.concat(chunks) }
}

/** What is not there now will not be there tomorrow; all else may be mended, by its operator or ours. */
function refusalOf(status: number, retryAfter: string | undefined, now: Date): MediaResult {
  const reason = `HTTP ${status}`
  if (status === 404 || status === 410) return { outcome: 'gone', reason }
  const afterMs = waitMs(retryAfter, now)
  return { outcome: 'retry', reason, ...(afterMs === null ? {} : { afterMs }) }
}

/** `Retry-After` as seconds or as a date. [RFC 9110, section 10.2.3] */
export function waitMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const until = Date.parse(header)
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime())
}
