// Twilio's messages and receipts over real HTTP: what each payload becomes, and what is refused.

import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import twilio from 'twilio'
import {
  FAKE_TOKEN,
  type InboundFields,
  messageFields,
  postSigned,
  sign,
} from '../../../support/fake-twilio.ts'
import { type Bench, NOW, openBench, outbound, PUBLIC } from './harness.ts'

const MESSAGES = '/channels/sms/twilio/messages'
const RECEIPTS = '/channels/sms/twilio/receipts'
const FORM = 'application/x-www-form-urlencoded'
const AS_GIVEN = { name: null, bytes: null } as const
const M = (place: number) => `https://m/${place}`

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())
beforeEach(() => {
  bench.events.length = 0
})

const text = (fields: InboundFields) => bench.fake.text(bench.base, fields)

const receipt = (query: string, fields: Record<string, string>) =>
  postSigned(bench.base + RECEIPTS + query, fields, FAKE_TOKEN, PUBLIC + RECEIPTS + query)

/** As it stands, signed over no fields: for what is no form. */
function raw(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const signature = sign(FAKE_TOKEN, PUBLIC + path, {})
  return fetch(bench.base + path, {
    method: 'POST',
    headers: { 'Content-Type': FORM, 'X-Twilio-Signature': signature, ...headers },
    body,
  })
}

describe('A message', () => {
  const rows: readonly [string, InboundFields, object][] = [
    [
      'a plain text',
      { MessageSid: 'SM1', Body: 'lampu mati' },
      {
        channel: 'sms',
        account: 'twilio',
        providerId: 'SM1',
        from: 'sms:+6281234567890',
        text: 'lampu mati',
        media: [],
        position: null,
        quotedId: null,
        album: null,
        edits: null,
        start: null,
        choice: null,
        answerable: true,
        consent: null,
      },
    ],
    ['an empty text', { Body: '' }, { text: '', media: [] }],
    ['a text of 1,600 characters', { Body: 'a'.repeat(1600) }, { text: 'a'.repeat(1600) }],
    ['emoji, families of them too', { Body: 'banjir 🌊👨‍👩‍👧' }, { text: 'banjir 🌊👨‍👩‍👧' }],
    ['NUL and control characters', { Body: 'a\u0000b\u0007c' }, { text: 'abc' }],
    ['right-to-left marks', { Body: '\u202eitam\u202c' }, { text: 'itam' }],
    ['right-to-left words', { Body: 'السلام عليكم' }, { text: 'السلام عليكم' }],
    ['more than one line', { Body: 'a\r\nb' }, { text: 'a\nb' }],
    ['plus signs and ampersands', { Body: 'a+b & c=d %41' }, { text: 'a+b & c=d %41' }],
    ['parameters nobody has heard of', { Neu: 'x', ['__proto__']: 'y', Zzz: '' }, { text: 'halo' }],
    [
      'a photo without words',
      {
        Body: undefined,
        SmsStatus: 'received',
        NumMedia: '1',
        MediaUrl0: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1',
        MediaContentType0: 'image/jpeg',
      },
      {
        text: '',
        media: [
          {
            ...AS_GIVEN,
            kind: 'photo',
            id: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1',
            url: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1',
            contentType: 'image/jpeg',
          },
        ],
      },
    ],
    [
      'a voice note, a film and something else',
      {
        NumMedia: '3',
        MediaUrl0: 'https://m/0',
        MediaContentType0: 'audio/amr',
        MediaUrl1: 'https://m/1',
        MediaContentType1: 'video/3gpp',
        MediaUrl2: 'https://m/2',
      },
      {
        media: [
          { ...AS_GIVEN, kind: 'voice', id: M(0), url: M(0), contentType: 'audio/amr' },
          { ...AS_GIVEN, kind: 'video', id: M(1), url: M(1), contentType: 'video/3gpp' },
          { ...AS_GIVEN, kind: 'document', id: M(2), url: M(2), contentType: null },
        ],
      },
    ],
    ['more media than there are', { NumMedia: '99999999', MediaUrl0: 'https://m/0' }, {}],
    ['no number of media at all', { NumMedia: 'x' }, { media: [] }],
    ['letters as sender', { From: 'TELKOMSEL' }, { from: 'sms:TELKOMSEL', answerable: false }],
    ['a short code as sender', { From: '1708' }, { from: 'sms:1708', answerable: false }],
    ['STOP that Twilio answered', { Body: 'STOP', OptOutType: 'STOP' }, { consent: 'stop' }],
    ['START that Twilio answered', { Body: 'START', OptOutType: 'START' }, { consent: 'start' }],
    ['HELP that Twilio answered', { Body: 'HELP', OptOutType: 'HELP' }, { consent: 'help' }],
    ['STOP that it left to us', { Body: 'STOP' }, { consent: null, text: 'STOP' }],
    ['an opt-out type nobody has heard of', { OptOutType: 'MAYBE' }, { consent: null }],
  ]
  test.each(rows)('%s', async (_name, fields, message) => {
    const response = await text(fields)
    expect([response.status, await response.text()]).toEqual([200, '<Response/>'])
    expect(response.headers.get('content-type')).toMatch(/^text\/xml/)
    expect(bench.events).toMatchObject([{ type: 'message', message }])
  })

  test('the same one a hundred times at once is handed on a hundred times', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => text({ MessageSid: 'SM9' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(bench.events).toHaveLength(100)
  })

  test('is acknowledged only once it is stored', async () => {
    bench.breakStore(true)
    const refused = await text({ Body: 'rahasia sekali' })
    bench.breakStore(false)
    expect(refused.status).toBe(503)
    expect(bench.logged()).not.toContain('rahasia')
    expect((await text({})).status).toBe(200)
    expect(bench.channel.health()).toMatchObject({ lastIn: NOW })
  })

  test('signed as JSON is taken too, by the hash of its body', async () => {
    const body = JSON.stringify({ MessageSid: 'SM7', From: '+6281234567890', Body: 'halo' })
    const path = `${MESSAGES}?bodySHA256=${twilio.getExpectedBodyHash(body)}`
    const json = { 'Content-Type': 'application/json' }
    expect((await raw(path, body, json)).status).toBe(200)
    expect((await raw(path, body.replace('halo', 'HALO'), json)).status).toBe(403)
    expect((await raw(MESSAGES, body, json)).status).toBe(403)
    expect(bench.events).toHaveLength(1)
  })
})

describe('A receipt', () => {
  const sid = 'SM0123'
  const rows: readonly [string, Record<string, string>, object | null][] = [
    ['accepted', {}, { status: 'sent', code: null, failure: null }],
    ['scheduled', {}, { status: 'sent' }],
    ['queued', {}, { status: 'sent' }],
    ['sending', {}, { status: 'sent' }],
    ['sent', {}, { status: 'sent' }],
    ['delivered', {}, { status: 'delivered', code: null, failure: null }],
    ['read', {}, { status: 'read' }],
    [
      'undelivered',
      { ErrorCode: '30005' },
      { status: 'failed', code: '30005', failure: 'permanent' },
    ],
    ['undelivered', { ErrorCode: '30003' }, { status: 'failed', failure: 'transient' }],
    ['failed', { ErrorCode: '21610' }, { status: 'failed', failure: 'opted-out' }],
    ['failed', { ErrorCode: '30002' }, { status: 'failed', failure: 'suspended' }],
    ['failed', { ErrorCode: '99999' }, { status: 'failed', code: '99999', failure: 'transient' }],
    ['failed', {}, { status: 'failed', code: null, failure: 'transient' }],
    ['failed', { ErrorCode: 'x' }, { status: 'failed', code: null, failure: 'transient' }],
    ['partially_delivered', {}, null],
    ['canceled', {}, null],
    ['something new', {}, null],
  ]
  test.each(rows)('%s %j', async (status, more, expected) => {
    const response = await receipt('?id=abc', { MessageSid: sid, MessageStatus: status, ...more })
    expect([response.status, await response.text()]).toEqual([200, '<Response/>'])
    const ids = { channel: 'sms', account: 'twilio', providerId: sid, messageId: 'abc' }
    expect(bench.events).toMatchObject(
      expected === null ? [] : [{ type: 'receipt', receipt: { ...ids, ...expected } }],
    )
  })

  test('for a message we know nothing of is handed on without our id', async () => {
    await receipt('', { MessageSid: sid, MessageStatus: 'delivered' })
    expect(bench.events).toMatchObject([{ receipt: { providerId: sid, messageId: null } }])
  })

  test('in the older spelling of its fields is read as well', async () => {
    await receipt('', { SmsSid: sid, SmsStatus: 'delivered' })
    expect(bench.events).toMatchObject([{ receipt: { providerId: sid, status: 'delivered' } }])
  })

  test('comes back to the URL that the send gave', async () => {
    await bench.channel.send(outbound({ id: 'a b&c' }))
    const send = bench.fake.sends.at(-1)
    if (send) await bench.fake.receipt(bench.base, send, 'delivered')
    expect(bench.events).toMatchObject([{ receipt: { messageId: 'a b&c', providerId: send?.sid } }])
  })

  test('is taken when the fragment of the URL was signed with it', async () => {
    const fields = { MessageSid: sid, MessageStatus: 'delivered' }
    const url = `${PUBLIC}${RECEIPTS}?id=abc#rc=5&rp=all`
    const signature = twilio.getExpectedTwilioSignature(FAKE_TOKEN, url, fields)
    const response = await fetch(`${bench.base}${RECEIPTS}?id=abc`, {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signature, 'Content-Type': FORM },
      body: new URLSearchParams(fields).toString(),
    })
    expect(response.status).toBe(200)
  })

  test('that cannot be stored is refused, so that it comes again', async () => {
    bench.breakStore(true)
    const refused = await receipt('', { MessageSid: sid, MessageStatus: 'sent' })
    bench.breakStore(false)
    expect(refused.status).toBe(503)
  })

  test('at the address of messages is no message', async () => {
    const fields = { MessageSid: sid, MessageStatus: 'delivered' }
    const response = await postSigned(bench.base + MESSAGES, fields, FAKE_TOKEN, PUBLIC + MESSAGES)
    expect([response.status, bench.events.length]).toEqual([400, 0])
  })
})

describe('The signature', () => {
  test("fits Twilio's own published example", () => {
    const fields = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    }
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
    expect(sign('12345', url, fields)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  })

  const fields = messageFields({ MessageSid: 'SM5', Body: 'jangan dicatat' })
  const good = () => sign(FAKE_TOKEN, PUBLIC + MESSAGES, fields)
  const forgeries: readonly [string, string | null, Record<string, string>, string][] = [
    ['missing', null, fields, MESSAGES],
    ['empty', '', fields, MESSAGES],
    ['of another length', 'x', fields, MESSAGES],
    ['by another token', sign('other', PUBLIC + MESSAGES, fields), fields, MESSAGES],
    ['over another URL', sign(FAKE_TOKEN, PUBLIC + RECEIPTS, fields), fields, MESSAGES],
    ['over other fields', good(), { ...fields, Body: 'lain' }, MESSAGES],
    ['over fewer fields', good(), { ...fields, Extra: 'x' }, MESSAGES],
    ['over another query', good(), fields, `${MESSAGES}?x=1`],
    ['of the right letters and a tail', `${good()}=`, fields, MESSAGES],
  ]
  test.each(forgeries)('%s is refused and counted', async (_name, signature, sent, path) => {
    const before = bench.forgeries()
    const response = await fetch(bench.base + path, {
      method: 'POST',
      headers: {
        'Content-Type': FORM,
        ...(signature === null ? {} : { 'X-Twilio-Signature': signature }),
      },
      body: new URLSearchParams(sent).toString(),
    })
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(bench.forgeries()).toBe(before + 1)
    expect(bench.events).toHaveLength(0)
    expect(bench.logged()).not.toContain('jangan dicatat')
  })

  test('is checked over the public URL, whatever Host the request names', async () => {
    const response = await postSigned(bench.base + MESSAGES, fields)
    expect(response.status).toBe(403)
  })
})

describe('Bad input', () => {
  test.each([
    ['an escape that is none', 'Body=%zz&From=x'],
    ['bytes that are no UTF-8', 'Body=%ff%fe'],
    ['a name that cannot be read', '%e0%a4=1'],
  ])('%s is 400', async (_name, body) => {
    const response = await raw(MESSAGES, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ status: 400, title: 'Bad request' })
  })

  test.each([
    ['another kind of body', 'text/plain', 'halo'],
    ['parts', 'multipart/form-data; boundary=x', '--x--'],
    ['no kind at all', '', 'halo'],
  ])('%s is 400', async (_name, type, body) => {
    expect((await raw(MESSAGES, body, { 'Content-Type': type })).status).toBe(400)
  })

  test('JSON that is none is 400', async () => {
    for (const body of ['{', '[]', 'null']) {
      const path = `${MESSAGES}?bodySHA256=${twilio.getExpectedBodyHash(body)}`
      const response = await raw(path, body, { 'Content-Type': 'application/json' })
      expect(response.status).toBe(400)
    }
  })

  test.each([
    ['without MessageSid', { MessageSid: undefined }],
    ['with an empty MessageSid', { MessageSid: ' ' }],
    ['without From', { From: undefined }],
    ['with an empty From', { From: ' ' }],
  ])('a signed form %s is 400', async (_name, fields) => {
    expect((await text(fields)).status).toBe(400)
    expect(bench.events).toHaveLength(0)
  })

  test('a receipt without its message or its status is 400', async () => {
    expect((await receipt('', { MessageStatus: 'sent' })).status).toBe(400)
    expect((await receipt('', { MessageSid: 'SM1' })).status).toBe(400)
  })

  test('64 KiB is read, one byte more is 413', async () => {
    const body = (bytes: number) => `Body=${'a'.repeat(bytes - 5)}`
    expect((await raw(MESSAGES, body(64 * 1024))).status).toBe(403)
    const response = await raw(MESSAGES, body(64 * 1024 + 1))
    expect(response.status).toBe(413)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('a body that grows without saying how long it is stops at 64 KiB', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const req = request(bench.base + MESSAGES, { method: 'POST' }, (res) => {
        resolve(res.statusCode)
        res.resume()
      })
      req.on('error', reject)
      req.write('Body=')
      req.end('a'.repeat(70 * 1024))
    })
    expect(status).toBe(413)
  })

  test('a compressed body is refused', async () => {
    expect((await raw(MESSAGES, 'x', { 'Content-Encoding': 'gzip' })).status).toBe(415)
    expect((await raw(MESSAGES, 'x', { 'Content-Encoding': 'rot13' })).status).toBe(415)
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])('%s is 405', async (method) => {
    for (const path of [MESSAGES, RECEIPTS]) {
      const response = await fetch(bench.base + path, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })

  test('before the channel is started everything is 503', async () => {
    const other = await openBench()
    await other.channel.stop()
    const signed = messageFields()
    const answer = await postSigned(other.base + MESSAGES, signed, FAKE_TOKEN, PUBLIC + MESSAGES)
    expect(answer.status).toBe(503)
    await other.close()
  })
})
