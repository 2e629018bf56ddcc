// Attachments as WhatsApp's hosts hold them: encrypted, opened with the key of their message.

import { createCipheriv, createHmac, hkdfSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { fetchWhatsAppMedia } from '../../../../src/channels/whatsapp/baileys/media.ts'
import { mediaIdOf } from '../../../../src/channels/whatsapp/baileys/media-id.ts'
import { type MediaRef, MOST_MEDIA_BYTES } from '../../../../src/message.ts'

const KEY = Buffer.alloc(32, 7)
const WORDS = Buffer.from('the bytes of a picture')

function sealedAs(purpose: string, plain: Buffer): Buffer {
  const keys = Buffer.from(hkdfSync('sha256', KEY, '', purpose, 112))
  const iv = keys.subarray(0, 16)
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), iv)
  const words = Buffer.concat([cipher.update(plain), cipher.final()])
  const seal = createHmac('sha256', keys.subarray(48, 80)).update(iv).update(words).digest()
  return Buffer.concat([words, seal.subarray(0, 10)])
}

const refOf = (sentAs: string, more: Partial<MediaRef> = {}): MediaRef => ({
  ...{
    kind: 'photo',
    id: mediaIdOf(sentAs, { mediaKey: KEY, directPath: '/v/x.enc?oh=1' } as never),
  },
  ...{ url: '', contentType: null, name: null, bytes: null },
  ...more,
})

async function fetched(ref: MediaRef, body: Buffer | number) {
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    res.statusCode = typeof body === 'number' ? body : 200
    res.end(typeof body === 'number' ? '' : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rules = {
    ...{ isPublic: () => true, schemes: ['http:'] },
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  }
  const now = new Date('2026-03-16T01:00:00Z')
  const result = await fetchWhatsAppMedia({ host, now, timeoutMs: 2_000, rules }, ref)
  await new Promise((resolve) => server.close(resolve))
  return { result, asked }
}

test.each([
  ['image', 'WhatsApp Image Keys'],
  ['sticker', 'WhatsApp Image Keys'],
  ['video', 'WhatsApp Video Keys'],
  ['ptv', 'WhatsApp Video Keys'],
  ['audio', 'WhatsApp Audio Keys'],
  ['document', 'WhatsApp Document Keys'],
])('%s is opened with the keys of its kind', async (sentAs, purpose) => {
  const { result, asked } = await fetched(refOf(sentAs), sealedAs(purpose, WORDS))
  expect(result).toMatchObject({ outcome: 'fetched' })
  expect('bytes' in result && Buffer.from(result.bytes).equals(WORDS)).toBe(true)
  expect(asked).toEqual(['/v/x.enc?oh=1'])
})

test('bytes that were changed on the way are not the file', async () => {
  const body = sealedAs('WhatsApp Image Keys', WORDS)
  body[3] = (body[3] ?? 0) ^ 1
  expect((await fetched(refOf('image'), body)).result).toMatchObject({ outcome: 'gone' })
})

test('a file opened as something else is not the file', async () => {
  const body = sealedAs('WhatsApp Audio Keys', WORDS)
  expect((await fetched(refOf('image'), body)).result).toMatchObject({ outcome: 'gone' })
})

test('less than a seal is no file', async () => {
  expect((await fetched(refOf('image'), Buffer.from('x'))).result).toMatchObject({
    outcome: 'gone',
  })
})

test('what came without a key, or is said to be too long, is not asked for', async () => {
  const { result, asked } = await fetched(refOf('image', { id: '' }), WORDS)
  expect(result).toMatchObject({ outcome: 'gone' })
  const long = await fetched(refOf('image', { bytes: MOST_MEDIA_BYTES + 1 }), WORDS)
  expect(long.result).toEqual({ outcome: 'too-big' })
  expect([...asked, ...long.asked]).toEqual([])
})

test('a host that stumbles is asked again later', async () => {
  expect((await fetched(refOf('image'), 503)).result).toMatchObject({ outcome: 'retry' })
})
