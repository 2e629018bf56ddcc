// Opens a Twilio channel behind a real Express server, with a fake Twilio on the other side.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import type { Channel, ChannelEvent } from '../../../../src/channels/channel.ts'
import { createTwilio, type TwilioOptions } from '../../../../src/channels/sms/twilio/twilio.ts'
import { webhooksFirst } from '../../../../src/http.ts'
import type { OutboundMessage } from '../../../../src/message.ts'
import {
  FAKE_ACCOUNT,
  FAKE_NUMBER,
  FAKE_TOKEN,
  type FakeTwilio,
  startFakeTwilio,
} from '../../../support/fake-twilio.ts'

export const NOW = new Date('2026-03-16T01:00:00Z')
export const PUBLIC = 'https://lapor.example.go.id/gw'

export interface Bench {
  readonly fake: FakeTwilio
  readonly channel: Channel
  /** Where the webhooks answer; PUBLIC is what Twilio believes. */
  readonly base: string
  readonly events: ChannelEvent[]
  readonly forgeries: () => number
  readonly logged: () => string
  /** From now on, storing fails (or works again). */
  readonly breakStore: (broken: boolean) => void
  readonly close: () => Promise<void>
}

export async function openBench(options: Partial<TwilioOptions> = {}): Promise<Bench> {
  const fake = await startFakeTwilio({ publicUrl: PUBLIC })
  const events: ChannelEvent[] = []
  const lines: string[] = []
  let broken = false
  let forgeries = 0
  const channel = createTwilio({
    accountSid: FAKE_ACCOUNT,
    authToken: FAKE_TOKEN,
    from: FAKE_NUMBER,
    apiUrl: fake.url,
    publicUrl: PUBLIC,
    clock: () => NOW,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    onForgery: () => {
      forgeries += 1
    },
    ...options,
  })
  await channel.start(async (event) => {
    if (broken) throw new Error('disk full')
    events.push(event)
  })
  const server = createServer(webhooksFirst(channel.webhooks ?? [], express()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    fake,
    channel,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    forgeries: () => forgeries,
    logged: () => lines.join(''),
    breakStore: (next) => {
      broken = next
    },
    close: async () => {
      await channel.stop()
      await fake.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export function outbound(over: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: '0b5f6e0a-4d7e-4c1e-9c3a-0d6c1c6f2a11',
    to: 'sms:+6281234567890',
    text: 'Laporan diterima, ID 12345670.',
    choices: [],
    attachments: [],
    nextPart: 0,
    ...over,
  }
}
