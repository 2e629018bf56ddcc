// The Cloud API behind the channel contract: signed webhooks in, calls of the Graph API out, over real HTTP on loopback.

import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import type { ReadMedia } from '../../../../src/channels/channel.ts'
import {
  type CloudOptions,
  createWhatsAppCloud,
} from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import { webhooksFirst } from '../../../../src/http.ts'
import { addressOf, type MediaKind } from '../../../../src/message.ts'
import {
  type FakeMeta,
  type Json,
  META_NUMBER_ID,
  META_SECRET,
  META_TOKEN,
  META_VERIFY,
  type MetaAnswer,
  postFromMeta,
  startFakeMeta,
  webhookOf,
} from '../../../support/fake-meta.ts'
import {
  type OpenChannel,
  type Trouble,
  WAIT_MS,
  type Written,
  withinMs,
} from '../../contract/given.ts'

const numberOf = (person: number) => `62812345678${89 + person}`

const TROUBLES: Readonly<Record<Trouble, MetaAnswer>> = {
  throttled: { type: 'refuse', status: 429, code: 130429, retryAfter: WAIT_MS / 1000 },
  rejected: { type: 'refuse', status: 400, code: 131026 },
  'opted-out': { type: 'refuse', status: 400, code: 131050 },
  suspended: { type: 'refuse', status: 401, code: 190 },
  silence: { type: 'hang' },
}

/** Not Meta's own id: that one holds a number. */
const nameOfWamid = (id: string) => createHash('sha256').update(id).digest('hex')

export function optionsFor(
  fake: Pick<FakeMeta, 'url'>,
  clock: () => Date,
  readMedia: ReadMedia = async () => null,
): CloudOptions {
  return {
    ...{ token: META_TOKEN, phoneNumberId: META_NUMBER_ID, appSecret: META_SECRET },
    ...{ verifyToken: META_VERIFY, apiUrl: fake.url, words: { open: 'Pilih' }, readMedia },
    nameOf: nameOfWamid,
    ...{ clock, log: pino({ level: 'silent' }), timeoutMs: 1_500 },
  }
}

export const openCloud: OpenChannel = async ({ clock, readMedia }) => {
  const fake = await startFakeMeta()
  let next: MetaAnswer = { type: 'accept' }
  fake.answerBy(() => {
    const answer = next
    next = { type: 'accept' }
    return answer
  })
  const channel = createWhatsAppCloud(optionsFor(fake, clock, readMedia))
  const server = createServer(webhooksFirst(channel.webhooks ?? [], express()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  let base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let acknowledged = 0
  let count = 0
  let last: Json = {}
  /** Ids of messages that are worded anew later. */
  const names = new Map<string, string>()

  async function post(message: Json): Promise<boolean> {
    last = message
    const status = await postFromMeta(base, webhookOf([message]))
    if (status === 200) acknowledged += 1
    return status === 200
  }

  return {
    channel,
    settings: /WHATSAPP_CLOUD_TOKEN/,
    carriesFiles: true,
    limit: 4096,
    longestIn: 4096,
    addressOf: (person) => addressOf('whatsapp', numberOf(person)),
    writes: (what) => {
      count += 1
      if (what.name !== undefined) names.set(what.name, `wamid.in.${count}`)
      const { quotes } = what
      const raw = fake.sent.find(({ providerId }) => nameOfWamid(providerId) === quotes)?.providerId
      const said = messageOf({ ...what, quotes: raw ?? quotes }, count)
      const original = names.get(what.edits ?? '')
      return post(original === undefined ? said : editOf(said, original))
    },
    repeats: () => post(last),
    retries: () => post(last),
    acknowledged: () => acknowledged,
    at: (next) => {
      base = next
    },
    forges: () => postFromMeta(base, webhookOf([messageOf({ text: 'jangan' }, 1)]), 'geraten'),
    // Meta tells us of what we sent by its status alone.
    echoes: async () => {},
    strays: async () => {
      const other = JSON.stringify(webhookOf([messageOf({ text: 'siap' }, 2)]))
      await postFromMeta(base, other.replaceAll(META_NUMBER_ID, '1'))
      await postFromMeta(base, webhookOf([{ type: 'text' }]))
    },
    arrived: () =>
      fake.sent.map(({ to, providerId, text, choices, file }) => ({
        ...{ to: addressOf('whatsapp', to), providerId: nameOfWamid(providerId), text, file },
        buttons: choices.map(labelOf),
      })),
    attempts: fake.attempts,
    attempted: async (wanted) => void (await withinMs(() => fake.attempts() >= wanted, 5_000)),
    presses: (on, label) => {
      const sent = fake.sent.find(({ providerId }) => nameOfWamid(providerId) === on.providerId)
      const choice = sent?.choices.find((one) => labelOf(one) === label)
      if (choice === undefined) throw new Error(`there is no button ${label}`)
      const type = shapeOf(sent) === 'list' ? 'list_reply' : 'button_reply'
      const reply = { id: choice.id, title: choice.title }
      return post({
        ...{ ...headOf({}, ++count), from: on.to.slice('whatsapp:'.length) },
        type: 'interactive',
        context: { from: META_NUMBER_ID, id: sent?.providerId },
        interactive: { type, [type]: reply },
      })
    },
    trouble: (kind) => {
      next = TROUBLES[kind]
    },
    slow: (afterMs) => {
      next = { type: 'accept', afterMs }
    },
    wrongly: async () => {
      const other = createWhatsAppCloud({ ...optionsFor(fake, clock), token: 'wrong' })
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

const shapeOf = (sent: { readonly body: Json } | undefined) =>
  (sent?.body.interactive as { readonly type?: string } | undefined)?.type

/** As a person reads it: a title too long for a row stands whole below it. */
const labelOf = (one: { readonly title: string; readonly description?: string }) =>
  one.description ?? one.title

const FILES: Readonly<Record<MediaKind, Json>> = {
  photo: { type: 'image', image: { id: 'M1', mime_type: 'image/jpeg' } },
  voice: { type: 'audio', audio: { id: 'M2', mime_type: 'audio/ogg; codecs=opus', voice: true } },
  video: { type: 'video', video: { id: 'M3', mime_type: 'video/mp4' } },
  document: {
    type: 'document',
    document: { id: 'M4', mime_type: 'application/pdf', filename: 'surat.pdf' },
  },
  sticker: { type: 'sticker', sticker: { id: 'M5', mime_type: 'image/webp', animated: false } },
}

function headOf({ by = 1 }: Pick<Written, 'by'>, count: number): Json {
  return { id: `wamid.in.${count}`, from: numberOf(by), timestamp: '1774000000' }
}

function editOf({ id, from, timestamp, ...message }: Json, original: string): Json {
  const edit = { original_message_id: original, message }
  return { id, from, timestamp, type: 'edit', edit }
}

/** As Meta words it: below a file the words are its caption. */
function messageOf(what: Written, count: number): Json {
  const { text = '', media, position, quotes } = what
  const quoted = quotes == null ? {} : { context: { from: META_NUMBER_ID, id: quotes } }
  const head = { ...headOf(what, count), ...quoted }
  if (media !== undefined) {
    const { type, ...file } = FILES[media]
    const [[name, held] = ['', {}]] = Object.entries(file)
    const caption = text === '' ? {} : { caption: text }
    return { ...head, type, [name]: { ...(held as Json), ...caption } }
  }
  if (position !== undefined)
    return {
      ...head,
      type: 'location',
      location: { latitude: position.lat, longitude: position.lon },
    }
  return { ...head, type: 'text', text: { body: text } }
}
