// Twilio behind the channel contract: signed forms in, REST calls out, over real HTTP on loopback.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { createTwilio } from '../../../../src/channels/sms/twilio/twilio.ts'
import { webhooksFirst } from '../../../../src/http.ts'
import { addressOf, type MediaKind } from '../../../../src/message.ts'
import {
  FAKE_ACCOUNT,
  FAKE_NUMBER,
  FAKE_TOKEN,
  messageFields,
  postSigned,
  startFakeTwilio,
} from '../../../support/fake-twilio.ts'
import {
  type OpenChannel,
  type Trouble,
  WAIT_MS,
  type Written,
  withinMs,
} from '../../contract/given.ts'
import { PUBLIC } from './harness.ts'

const MESSAGES = '/channels/sms/twilio/messages'
const numberOf = (person: number) => `+6281234567${889 + person}`

const TROUBLES = {
  throttled: { type: 'refuse', status: 429, code: 20429, retryAfter: String(WAIT_MS / 1000) },
  rejected: { type: 'refuse', status: 400, code: 21211 },
  'opted-out': { type: 'refuse', status: 400, code: 21610 },
  suspended: { type: 'refuse', status: 401, code: 20003 },
  silence: { type: 'hang' },
} as const satisfies Record<Trouble, unknown>

type Answer = (typeof TROUBLES)[Trouble] | { readonly type: 'accept'; readonly afterMs?: number }

export const openTwilio: OpenChannel = async ({ clock }) => {
  const fake = await startFakeTwilio({ publicUrl: PUBLIC })
  let attempts = 0
  let next: Answer = { type: 'accept' }
  fake.answerBy(() => {
    attempts += 1
    const answer = next
    next = { type: 'accept' }
    return answer
  })
  const options = {
    ...{ accountSid: FAKE_ACCOUNT, authToken: FAKE_TOKEN, from: FAKE_NUMBER, apiUrl: fake.url },
    ...{ publicUrl: PUBLIC, clock, timeoutMs: 1_500, log: pino({ level: 'silent' }) },
  }
  const channel = createTwilio(options)
  const server = createServer(webhooksFirst(channel.webhooks ?? [], express()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  let base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let acknowledged = 0
  let last: Record<string, string> = {}

  async function post(fields: Record<string, string>, token = FAKE_TOKEN): Promise<number> {
    const { status } = await postSigned(base + MESSAGES, fields, token, PUBLIC + MESSAGES)
    if (status === 200) acknowledged += 1
    return status
  }

  return {
    channel,
    settings: /TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/,
    carriesFiles: false,
    limit: 1600,
    longestIn: 1600,
    addressOf: (person) => addressOf('sms', numberOf(person)),
    writes: async (what) => {
      last = messageFields(fieldsOf(what))
      return (await post(last)) === 200
    },
    repeats: async () => (await post(last)) === 200,
    retries: async () => (await post(last)) === 200,
    acknowledged: () => acknowledged,
    at: (next) => {
      base = next
    },
    forges: () => post(messageFields({ Body: 'jangan dicatat' }), 'e'.repeat(32)),
    echoes: async () => {},
    // A receipt where messages are posted.
    strays: async () => {
      await post({ MessageSid: 'SM1', MessageStatus: 'delivered', To: numberOf(1) })
    },
    arrived: () =>
      fake.sends.map(({ sid, to, body }) => ({
        ...{ to: addressOf('sms', to), text: body, providerId: sid, buttons: [] },
      })),
    attempts: () => attempts,
    attempted: async (count) => void (await withinMs(() => attempts >= count, 5_000)),
    presses: async () => false,
    trouble: (kind) => {
      next = TROUBLES[kind]
    },
    slow: (afterMs) => {
      next = { type: 'accept', afterMs }
    },
    wrongly: async () => {
      const other = createTwilio({ ...options, authToken: 'wrong' })
      return { check: other.check, close: other.stop }
    },
    close: async () => {
      if (!server.listening) return
      await fake.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const TYPES: Readonly<Record<MediaKind, string>> = {
  photo: 'image/jpeg',
  voice: 'audio/amr',
  video: 'video/3gpp',
  document: 'application/pdf',
  sticker: 'image/webp',
}

function fieldsOf({ by = 1, text = '', media }: Written): Record<string, string> {
  const fields = { From: numberOf(by), Body: text }
  if (media === undefined) return fields
  const url = { MediaUrl0: 'https://api.twilio.com/2010-04-01/Media/ME1' }
  return { ...fields, ...url, NumMedia: '1', MediaContentType0: TYPES[media] }
}
