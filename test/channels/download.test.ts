// Fetching over real HTTP on loopback: where it may lead, how much it takes, and what each answer means.
// 127.0.0.2 is played as the public internet, 127.0.0.1 as our own network.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Download, type DownloadRules, download } from '../../src/channels/download.ts'
import { isPublicAddress } from '../../src/channels/public-address.ts'

const NOW = new Date('2026-03-16T01:00:00Z')
const BYTES = 'x'.repeat(1000)

/** Names of this test's world; `rebinding` is public when it is looked at first, and ours ever after. */
const NAMES: Record<string, string[]> = {
  'files.example': ['127.0.0.2'],
  'ours.example': ['127.0.0.1'],
  'both.example': ['127.0.0.2', '127.0.0.1'],
  'nowhere.example': [],
}
let rebound = 0
const rules: DownloadRules = {
  isPublic: (address) => address === '127.0.0.2',
  schemes: ['http:'],
  resolve: async (name) => {
    if (name === 'rebinding.example') {
      rebound += 1
      return [{ address: rebound === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
    }
    return (NAMES[name] ?? []).map((address) => ({ address, family: 4 }))
  },
}

interface Place {
  readonly port: number
  readonly asked: { path: string; authorization: string | undefined }[]
  close(): Promise<void>
}

async function place(host: string, answer: RequestListener): Promise<Place> {
  const asked: Place['asked'] = []
  const server = createServer((req, res) => {
    asked.push({ path: req.url ?? '', authorization: req.headers.authorization })
    answer(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, host, () => resolve()))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

let internet: Place
let inside: Place
beforeAll(async () => {
  inside = await place('127.0.0.1', answer)
  internet = await place('127.0.0.2', answer)
})
afterAll(() => Promise.all([internet.close(), inside.close()]))

const answer: RequestListener = (req, res) => {
  const url = new URL(req.url ?? '', 'http://x')
  const to = url.searchParams.get('to')
  const status = Number(url.searchParams.get('status') ?? 200)
  if (to !== null) res.writeHead(302, { Location: to }).end()
  else if (url.pathname === '/endless') res.writeHead(200).write(BYTES.repeat(100))
  else if (url.pathname === '/lies') res.writeHead(200).end(BYTES.repeat(2))
  else if (url.pathname === '/breaks') {
    res.writeHead(200, { 'Content-Length': '2000' })
    res.write(BYTES, () => req.socket.destroy())
  } else if (status !== 200) {
    const wait = url.searchParams.get('wait')
    res.writeHead(status, wait === null ? {} : { 'Retry-After': wait }).end('no')
  } else res.end(BYTES)
}

const get = (url: string, change: Partial<Download> = {}) => {
  const usual = { url, trusted: null, mostBytes: 1500, timeoutMs: 2000, now: NOW, rules }
  return download({ ...usual, ...change })
}
const at = (name: string, path = '/file', port = internet.port) => `http://${name}:${port}${path}`
const leading = (to: string) => at('files.example', `/?to=${encodeURIComponent(to)}`)
const FETCHED = { outcome: 'fetched', bytes: Buffer.from(BYTES) }
const PRIVATE = { outcome: 'retry', reason: 'an address that is not public' }

describe('a download', () => {
  test('comes from a public host, also by redirects', async () => {
    expect(await get(at('files.example'))).toEqual(FETCHED)
    expect(await get(leading(at('files.example')))).toEqual(FETCHED)
    expect(await get(leading('/file'))).toEqual(FETCHED)
  })

  test.each([
    ['a name of ours', () => at('ours.example', '/file', inside.port)],
    ['an address of ours', () => at('127.0.0.1', '/file', inside.port)],
    ['an address of ours as one number', () => at('2130706433', '/file', inside.port)],
    ['an address of ours in hexadecimal', () => at('0x7f.1', '/file', inside.port)],
    ['an address of ours in an IPv6 dress', () => at('[::ffff:127.0.0.1]', '/file', inside.port)],
    ['a name with one address of ours among others', () => at('both.example')],
  ])('is refused from %s, at once or by a redirect', async (_, url) => {
    const before = inside.asked.length
    expect(await get(url())).toEqual(PRIVATE)
    expect(await get(leading(url()))).toEqual(PRIVATE)
    expect(inside.asked).toHaveLength(before)
  })

  test('connects to the address that was looked at, whatever its name says a moment later', async () => {
    rebound = 0
    expect(await get(at('rebinding.example'))).toEqual(FETCHED)
    expect(rebound).toBe(1)
    expect(await get(at('rebinding.example'))).toEqual(PRIVATE)
  })

  test('goes to the configured API wherever it lies, and by its redirects to public hosts alone', async () => {
    const trusted = `http://127.0.0.1:${inside.port}`
    const headers = { Authorization: 'Basic secret' }
    const from = (path: string) => get(trusted + path, { trusted, headers })
    expect(await from('/file')).toEqual(FETCHED)
    expect(inside.asked.at(-1)).toEqual({ path: '/file', authorization: 'Basic secret' })
    const away = `/?to=${encodeURIComponent(at('files.example', '/signed'))}`
    expect(await from(away)).toEqual(FETCHED)
    expect(internet.asked.at(-1)).toEqual({ path: '/signed', authorization: undefined })
    const otherPort = await place('127.0.0.1', answer)
    const neighbour = at('127.0.0.1', '/file', otherPort.port)
    expect(await from(`/?to=${encodeURIComponent(neighbour)}`)).toEqual(PRIVATE)
    expect(otherPort.asked).toEqual([])
    await otherPort.close()
  })

  test('does not come back into our network, not even to the configured API', async () => {
    const trusted = `http://127.0.0.1:${inside.port}`
    expect(await get(leading(`${trusted}/file`), { trusted })).toEqual(PRIVATE)
  })

  test('speaks TLS to everybody but the configured API', async () => {
    const strict = { rules: { ...rules, schemes: ['https:'] } }
    expect(await get(at('files.example'), strict)).toEqual({
      outcome: 'retry',
      reason: 'a http: address',
    })
    expect(await get('file:///etc/hostname')).toMatchObject({ reason: 'a file: address' })
  })

  test('ends where redirects go round', async () => {
    expect(await get(leading('http://['))).toEqual({
      outcome: 'retry',
      reason: 'a redirect that leads nowhere',
    })
    const looping = await place('127.0.0.2', (_, res) => {
      res.writeHead(302, { Location: '/again' }).end()
    })
    expect(await get(at('files.example', '/', looping.port))).toMatchObject({
      reason: 'too many redirects',
    })
    expect(looping.asked).toHaveLength(6)
    await looping.close()
  })

  test.each([
    ['/lies', 'that never said how long it is'],
    ['/endless', 'that does not end'],
  ])('stops at the limit with %s, %s', async (path) => {
    expect(await get(at('files.example', path))).toEqual({ outcome: 'too-big' })
  })

  test('takes what is as long as the limit', async () => {
    expect(await get(at('files.example'), { mostBytes: 1000 })).toEqual(FETCHED)
    expect(await get(at('files.example'), { mostBytes: 999 })).toEqual({ outcome: 'too-big' })
  })

  test.each([
    ['status=404', { outcome: 'gone', reason: 'HTTP 404' }],
    ['status=410', { outcome: 'gone', reason: 'HTTP 410' }],
    ['status=401', { outcome: 'retry', reason: 'HTTP 401' }],
    ['status=503', { outcome: 'retry', reason: 'HTTP 503' }],
    ['status=429&wait=7', { outcome: 'retry', reason: 'HTTP 429', afterMs: 7000 }],
    ['status=206', { outcome: 'retry', reason: 'HTTP 206' }],
  ])('answered with %s is %j', async (query, result) => {
    expect(await get(at('files.example', `/file?${query}`))).toEqual(result)
  })

  test('that breaks off, is too slow or leads nowhere comes again', async () => {
    expect(await get(at('files.example', '/breaks'), { mostBytes: 9999 })).toMatchObject({
      outcome: 'retry',
    })
    const slow = { mostBytes: 1e9, timeoutMs: 100 }
    expect(await get(at('files.example', '/endless'), slow)).toEqual({
      outcome: 'retry',
      reason: 'ETIMEDOUT',
    })
    expect(await get(at('nowhere.example'))).toMatchObject({ outcome: 'retry' })
    expect(await get(at('files.example', '/', 1))).toEqual({
      outcome: 'retry',
      reason: 'ECONNREFUSED',
    })
  })
})

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1'],
  ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1'],
  ...['fd00::1', 'ff02::1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:1::'],
  ...['2001:db8::1', 'example.com', ''],
])('"%s" is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1', '2a00:1450::1'])(
  '%s is a public address',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)
