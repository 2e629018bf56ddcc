// A linked phone behind the channel contract: what people write is encrypted for real, what we say is decrypted by them.

import { proto } from '@whiskeysockets/baileys'
import { pino } from 'pino'
import {
  type BaileysOptions,
  createWhatsAppBaileys,
} from '../../../../src/channels/whatsapp/baileys/baileys.ts'
import { opened } from '../../../../src/channels/whatsapp/baileys/cipher.ts'
import { addressOf, type MediaKind } from '../../../../src/message.ts'
import {
  type Answer,
  linkedCreds,
  type SaidToPhone,
  startFakeWhatsApp,
} from '../../../support/fake-whatsapp.ts'
import { BOT } from '../../../support/whatsapp/phones.ts'
import { type OpenChannel, type Trouble, type Written, withinMs } from '../../contract/given.ts'
import { link, memoryVault, soleState } from './harness.ts'

const LATE_MS = 5_000
const numberOf = (person: number) => `62812345678${89 + person}`

const TROUBLES: Readonly<Record<Trouble, Answer>> = {
  throttled: { type: 'ack', error: '429' },
  rejected: { type: 'ack', error: '404' },
  'opted-out': { type: 'ack', error: '403' },
  suspended: { type: 'ack', error: '463' },
  silence: { type: 'silence' },
}

export const openLinkedPhone: OpenChannel = async ({ clock, readMedia }) => {
  const creds = linkedCreds()
  const fake = await startFakeWhatsApp(creds)
  const vault = memoryVault()
  await link(vault, creds)
  let next: Answer = { type: 'ack' }
  fake.answerBy(() => {
    const answer = next
    next = { type: 'ack' }
    return answer
  })
  const options: BaileysOptions = {
    ...{ vault, state: soleState(), number: null, url: fake.url, showLink: () => {}, readMedia },
    ...{
      chatKey: (address) => `k${address.slice(-4)}`,
      sentText: async () => null,
      isKnown: async () => true,
    },
    ...{ clock, chance: () => 0, timeoutMs: 1_500, log: pino({ level: 'silent' }) },
    // A clock that jumps by days is no silence.
    lookMs: 1e9,
    gaps: { shortestMs: 0, longestMs: 0, anyMs: 0 },
    media: { host: fake.files.url },
  }
  const made = createWhatsAppBaileys(options)
  let stored = 0
  const channel: typeof made = {
    ...made,
    start: (receive) =>
      made.start(async (event) => {
        await receive(event)
        if (event.type === 'message') stored += 1
      }),
  }
  // Whoever is written to has written before.
  await vault.set({
    wrote: Object.fromEntries([1, 2].map((one) => [`whatsapp:${numberOf(one)}`, '1'])),
  })
  let count = 0
  let last: Parameters<typeof fake.deliver>[0] | null = null

  async function bring(node: Parameters<typeof fake.deliver>[0]): Promise<boolean> {
    const before = stored
    last = node
    if (!fake.deliver(node)) return false
    return withinMs(() => stored > before, LATE_MS)
  }

  return {
    channel,
    settings: /WHATSAPP_BAILEYS_NUMBER/,
    carriesFiles: true,
    limit: 4096,
    longestIn: 4096,
    addressOf: (person) => addressOf('whatsapp', numberOf(person)),
    writes: async (what) => {
      count += 1
      return bring(await fake.encryptFrom(numberOf(what.by ?? 1), contentOf(what), `IN${count}`))
    },
    repeats: async () => last !== null && bring(last),
    retries: async () => last !== null && bring(last),
    acknowledged: () => fake.receipts.length,
    at: () => {},
    forges: async () => 0,
    echoes: async () => {
      const own = { from: `${BOT}@s.whatsapp.net`, recipient: `${numberOf(1)}@s.whatsapp.net` }
      const node = await fake.encryptFrom(BOT, { conversation: 'dari telepon' }, 'OWN', own)
      fake.deliver(node)
      await withinMs(() => fake.receipts.length + fake.retries.length > 0, LATE_MS)
    },
    strays: async () => {
      for (const from of ['status@broadcast', '120363000000000000@g.us']) {
        const to = { from, participant: `${numberOf(2)}@s.whatsapp.net` }
        fake.deliver(await fake.encryptFrom(numberOf(2), { conversation: 'siap' }, `S${from}`, to))
      }
      // Between programs: the last to come, and receipted like a message.
      const program = { protocolMessage: { type: 3, ephemeralExpiration: 1 } }
      fake.deliver(await fake.encryptFrom(numberOf(2), program, 'END'))
      await withinMs(() => fake.receipts.includes('END'), LATE_MS)
    },
    arrived: () => fake.said.map((one) => arrivedAs(one, fake.files.kept)),
    attempts: fake.attempts,
    attempted: async (wanted) => void (await withinMs(() => fake.attempts() >= wanted, LATE_MS)),
    presses: () => Promise.reject(new Error('nothing is pressed here: choices are numbers')),
    trouble: (kind) => {
      next = TROUBLES[kind]
    },
    slow: (afterMs) => {
      next = { type: 'ack', afterMs }
    },
    wrongly: async () => {
      const other = createWhatsAppBaileys({ ...options, vault: memoryVault() })
      return { check: other.check, close: other.stop }
    },
    close: fake.stop,
  }
}

function arrivedAs({ to, providerId, message }: SaidToPhone, files: ReadonlyMap<string, Buffer>) {
  const { imageMessage: image } = message
  const bytes = files.get(image?.directPath ?? '')
  const file = bytes && opened(bytes, 'image', image?.mediaKey ?? new Uint8Array())
  return {
    ...{ to: addressOf('whatsapp', to), providerId, buttons: [] },
    text: message.conversation ?? '',
    ...(file == null ? {} : { file: Buffer.from(file) }),
  }
}

const FILE = {
  ...{ mediaKey: new Uint8Array(32), directPath: '/v/x', fileSha256: new Uint8Array(32) },
}
const FILES: Readonly<Record<MediaKind, proto.IMessage>> = {
  photo: { imageMessage: { ...FILE, mimetype: 'image/jpeg' } },
  voice: { audioMessage: { ...FILE, mimetype: 'audio/ogg', ptt: true } },
  video: { videoMessage: { ...FILE, mimetype: 'video/mp4' } },
  document: { documentMessage: { ...FILE, mimetype: 'application/pdf', fileName: 'surat.pdf' } },
  sticker: { stickerMessage: { ...FILE, mimetype: 'image/webp' } },
}

/** As a phone words it: below a file the words are its caption. */
function contentOf({ text = '', media, position, quotes }: Written): proto.IMessage {
  const contextInfo =
    quotes == null
      ? {}
      : { contextInfo: { stanzaId: quotes, participant: `${BOT}@s.whatsapp.net` } }
  if (position !== undefined)
    return { locationMessage: { degreesLatitude: position.lat, degreesLongitude: position.lon } }
  if (media === undefined) return { extendedTextMessage: { text, ...contextInfo } }
  const [[name = '', file] = []] = Object.entries(FILES[media])
  const caption = text === '' ? {} : { caption: text }
  return proto.Message.fromObject({ [name]: { ...(file as object), ...caption, ...contextInfo } })
}
