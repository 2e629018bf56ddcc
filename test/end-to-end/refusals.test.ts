// What the outside may do wrong at the door, and the one status each mistake gets. Nothing of it is stored.

import { describe, expect, test } from '@jest/globals'
import { messageFields, sign } from '../support/fake-twilio.ts'
import { API_TOKEN, PUBLIC_URL } from '../support/gateway.ts'
import { sharedGateway } from '../support/shared-world.ts'

const MESSAGES = '/channels/sms/twilio/messages'
const RECEIPTS = '/channels/sms/twilio/receipts'
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const shared = sharedGateway()

const complaintBy = (from: string, body = 'BANJARMASIN pipa ledeng pecah di kuin utara rt 3') =>
  messageFields({ From: from, Body: body })

async function storedFrom(words: string): Promise<number> {
  const all = await shared.gateway.complaints()
  return all.filter(({ text }) => text?.includes(words)).length
}

describe('a webhook', () => {
  test('without a signature is 403 and stores nothing', async () => {
    const fields = complaintBy('+6281210001001', 'BANJARMASIN got mampet tanpa tanda kuin utara')
    expect((await shared.gateway.form(fields, null)).status).toBe(403)
    expect(await storedFrom('tanpa tanda')).toBe(0)
  })

  test('with a forged signature is 403 and stores nothing', async () => {
    const fields = complaintBy('+6281210001002', 'BANJARMASIN got mampet tanda palsu kuin utara')
    const forged = sign('another token', PUBLIC_URL + MESSAGES, fields)
    expect((await shared.gateway.form(fields, forged)).status).toBe(403)
    expect(await storedFrom('tanda palsu')).toBe(0)
  })

  test('whose signature belongs to other words is 403', async () => {
    const fields = complaintBy('+6281210001003')
    const signature = sign(shared.world.twilio.authToken, PUBLIC_URL + MESSAGES, fields)
    const { status } = await shared.gateway.form({ ...fields, Body: 'lain' }, signature)
    expect(status).toBe(403)
  })

  test('is forgery to the metrics, too', async () => {
    await shared.gateway.form(complaintBy('+6281210001004'), null)
    const { text } = await shared.gateway.http('/metrics')
    expect(text).toMatch(/kentongan_inbound_total\{[^}]*outcome="forged"[^}]*\} [1-9]/)
  })

  test('with an unreadable form is 400', async () => {
    const { status } = await shared.gateway.http(MESSAGES, {
      method: 'POST',
      headers: { ...FORM, 'X-Twilio-Signature': 'x' },
      body: 'From=%E0%A4%A&Body=%zz',
    })
    expect(status).toBe(400)
  })

  test('over 64 KiB is 413', async () => {
    const fields = complaintBy('+6281210001005', 'x'.repeat(65 * 1024))
    expect((await shared.gateway.form(fields)).status).toBe(413)
  })

  test.each(['MessageSid', 'From'])('signed but without %s is 400', async (name) => {
    const { [name]: _, ...rest } = complaintBy('+6281210001006')
    expect((await shared.gateway.form(rest)).status).toBe(400)
  })

  test('that is well is answered with an empty response', async () => {
    const { status, text, headers } = await shared.gateway.form(complaintBy('+6281210001007'))
    expect({ status, text }).toEqual({ status: 200, text: '<Response/>' })
    expect(headers['content-type']).toMatch(/text\/xml/)
  })

  test.each([MESSAGES, RECEIPTS])('takes no GET at %s: 405 with Allow', async (path) => {
    const { status, headers } = await shared.gateway.http(path)
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' })
  })
})

describe('elsewhere', () => {
  test.each(['/', '/channels/sms/twilio', '/channels/sms/kannel/messages', '/wp-login.php'])(
    '%s is not known: 404',
    async (path) => {
      expect((await shared.gateway.http(path)).status).toBe(404)
    },
  )

  test.each([
    ['/health', 'GET'],
    ['/ready', 'GET'],
    ['/metrics', 'GET'],
    ['/api/complaints', 'GET'],
  ])('%s takes no DELETE: 405 with Allow', async (path, allow) => {
    const { status, headers } = await shared.gateway.http(path, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${API_TOKEN}` },
    })
    expect(status).toBe(405)
    expect(headers.allow).toContain(allow)
  })

  test.each([undefined, 'Bearer wrong', 'Basic eDp5'])(
    'the API is shut to %s: 401',
    async (name) => {
      const headers: Record<string, string> = name === undefined ? {} : { Authorization: name }
      const reply = await shared.gateway.http('/api/complaints', { headers })
      expect(reply.status).toBe(401)
      expect(reply.headers['content-type']).toMatch(/application\/problem\+json/)
    },
  )

  test('a ticket with a wrong check digit is 400, an unknown one 404, both as problem details', async () => {
    const wrong = await shared.gateway.read<{ status: number }>('/api/complaints/12345678')
    expect([wrong.status, wrong.body.status]).toEqual([400, 400])
    const unknown = await shared.gateway.read<{ status: number }>('/api/complaints/57240000')
    expect([unknown.status, unknown.body.status]).toEqual([404, 404])
    expect(unknown.headers['content-type']).toMatch(/application\/problem\+json/)
  })

  test.each([
    { 'X-Forwarded-For': '203.0.113.9' },
    { 'X-Forwarded-Proto': 'https' },
    { 'X-Real-IP': '203.0.113.9' },
    { Forwarded: 'for=203.0.113.9' },
    { Via: '1.1 proxy' },
    { Host: 'lapor.example.go.id' },
  ])('health and metrics tell a proxied stranger nothing: %j', async (headers) => {
    const sent = { headers: headers as Record<string, string> }
    const health = await shared.gateway.http('/health', sent)
    expect(Object.keys(JSON.parse(health.text)).sort()).toEqual(['status', 'version'])
    expect((await shared.gateway.http('/metrics', sent)).status).toBe(403)
  })
})
