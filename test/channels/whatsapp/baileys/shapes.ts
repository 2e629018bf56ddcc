// Messages in the shapes WhatsApp's phones are known to send, of people who do not exist.
// Each with its name and what comes of it.

import type { Ignored } from '../../../../src/channels/whatsapp/baileys/reading.ts'
import type { InboundMessage } from '../../../../src/message.ts'

type Json = Readonly<Record<string, unknown>>

export interface Shape {
  readonly name: string
  readonly key?: Json
  readonly message?: Json
  readonly more?: Json
  readonly becomes: Partial<InboundMessage> | Ignored
}

export const PHONE = '6281299900123'
export const LID = '181299900456789'
const OURS = '6281170800001'
const jid = `${PHONE}@s.whatsapp.net`
const ours = `${OURS}@s.whatsapp.net`
export const keyOf = (phone: string) => `k${phone.slice(-3)}`
/** As they are named. */
const named = (id: string) => `k123:${id}`

const KEY = new Uint8Array(32).fill(7)
const SHA = new Uint8Array(32).fill(9)
const KEY_64 = Buffer.from(KEY).toString('base64url')
const SHA_HEX = Buffer.from(SHA).toString('hex')
const PATH = '/v/t62.7118-24/1234_n.enc?ccb=11-4&oh=01'
const file = (more: Json = {}) => ({
  ...{ mimetype: 'image/jpeg', mediaKey: KEY, directPath: PATH, fileSha256: SHA },
  // As protobuf gives 64-bit numbers.
  fileLength: { low: 5_000, high: 0, unsigned: true, valueOf: () => 5_000 },
  ...more,
})
const kept = (kind: string, sentAs: string, contentType: string, name: string | null = null) => ({
  ...{ kind, id: `${sentAs}:${KEY_64}:${PATH}`, url: '', contentType, name },
  ...{ bytes: 5_000, sha256: SHA_HEX },
})
const quote = (participant: string) => ({ stanzaId: '3EB0AA', participant })

export const PEOPLE_WRITE: readonly Shape[] = [
  {
    name: 'words',
    message: { conversation: 'lampu mati di gang 3' },
    becomes: {
      ...{ channel: 'whatsapp', account: 'whatsapp-baileys', from: `whatsapp:${PHONE}` },
      ...{ text: 'lampu mati di gang 3', providerId: named('A1'), quotedId: null, edits: null },
      ...{ media: [], position: null, album: null, choice: null, answerable: true },
    },
  },
  {
    name: 'words with a link in them',
    message: { extendedTextMessage: { text: 'lihat https://contoh.go.id' } },
    becomes: { text: 'lihat https://contoh.go.id' },
  },
  {
    name: 'words with direction marks and a NUL',
    message: { conversation: 'air\u0000 \u202emati' },
    becomes: { text: 'air mati' },
  },
  {
    name: 'words from a second device',
    key: { remoteJid: `${PHONE}:14@s.whatsapp.net` },
    message: { conversation: 'halo' },
    becomes: { from: `whatsapp:${PHONE}` },
  },
  {
    name: 'somebody with a number behind an id',
    key: { remoteJid: `${LID}@lid`, remoteJidAlt: jid },
    message: { conversation: 'halo' },
    becomes: { from: `whatsapp:${PHONE}`, providerId: named('A1') },
  },
  {
    name: 'somebody with a number, and the id beside it',
    key: { remoteJidAlt: `${LID}@lid` },
    message: { conversation: 'halo' },
    becomes: { from: `whatsapp:${PHONE}` },
  },
  {
    name: 'somebody who hides their number',
    key: { remoteJid: `${LID}@lid` },
    message: { conversation: 'halo' },
    becomes: { from: `whatsapp:lid.${LID}`, providerId: 'k789:A1' },
  },
  {
    name: 'somebody of a hosted business',
    key: { remoteJid: `${PHONE}:99@hosted` },
    message: { conversation: 'halo' },
    becomes: { from: `whatsapp:${PHONE}` },
  },
  {
    name: 'words that vanish later',
    message: { ephemeralMessage: { message: { extendedTextMessage: { text: 'banjir' } } } },
    becomes: { text: 'banjir' },
  },
  {
    name: 'words that quote one of ours',
    message: { extendedTextMessage: { text: 'sudah', contextInfo: quote(ours) } },
    becomes: { text: 'sudah', quotedId: '3EB0AA' },
  },
  {
    name: 'words that quote one of their own',
    message: { extendedTextMessage: { text: 'ini', contextInfo: quote(jid) } },
    becomes: { quotedId: named('3EB0AA') },
  },
  {
    name: 'words that quote one of their own, by their id',
    key: { remoteJidAlt: `${LID}@lid` },
    message: { extendedTextMessage: { text: 'ini', contextInfo: quote(`${LID}@lid`) } },
    becomes: { quotedId: named('3EB0AA') },
  },
  {
    name: 'words that were forwarded',
    message: { extendedTextMessage: { text: 'hati-hati', contextInfo: { isForwarded: true } } },
    becomes: { text: 'hati-hati', quotedId: null },
  },
  {
    name: 'emoji of several code points',
    message: { conversation: '👨‍👩‍👧 jalan rusak 🇮🇩' },
    becomes: { text: '👨‍👩‍👧 jalan rusak 🇮🇩' },
  },
  {
    name: 'words beside keys for later',
    message: { conversation: 'halo', messageContextInfo: { messageSecret: KEY } },
    becomes: { text: 'halo' },
  },
  {
    name: 'words in which a field is of an odd kind',
    message: { extendedTextMessage: { text: 'halo', contextInfo: 7 }, imageMessage: 'x' },
    becomes: { text: 'halo', media: [] },
  },
  {
    name: 'something nobody knows yet',
    message: { hologramMessage: { hologram: KEY } },
    becomes: { text: '', media: [] },
  },
]

export const PEOPLE_SEND: readonly Shape[] = [
  {
    name: 'a picture',
    message: { imageMessage: file() },
    becomes: { text: '', media: [kept('photo', 'image', 'image/jpeg') as never] },
  },
  {
    name: 'a picture with words below it',
    message: { imageMessage: file({ caption: 'jalan berlubang' }) },
    becomes: { text: 'jalan berlubang', media: [kept('photo', 'image', 'image/jpeg') as never] },
  },
  {
    name: 'a picture to be seen once',
    message: { viewOnceMessageV2: { message: { imageMessage: file() } } },
    becomes: { media: [kept('photo', 'image', 'image/jpeg') as never] },
  },
  {
    name: 'a picture of an album',
    message: {
      imageMessage: file(),
      messageContextInfo: {
        messageAssociation: { associationType: 1, parentMessageKey: { id: 'ALBUM1' } },
      },
    },
    becomes: { album: 'ALBUM1', media: [kept('photo', 'image', 'image/jpeg') as never] },
  },
  {
    name: 'a picture that answers one of ours',
    message: { imageMessage: file({ contextInfo: quote(ours) }) },
    becomes: { quotedId: '3EB0AA' },
  },
  {
    name: 'a picture without a path, but with an address',
    message: {
      imageMessage: file({ directPath: '', url: `https://elsewhere.example${PATH}` }),
    },
    becomes: { media: [kept('photo', 'image', 'image/jpeg') as never] },
  },
  {
    name: 'a picture without its key',
    message: { imageMessage: file({ mediaKey: null }) },
    becomes: { media: [{ ...kept('photo', 'image', 'image/jpeg'), id: '' } as never] },
  },
  {
    name: 'a voice note',
    message: { audioMessage: file({ ptt: true, mimetype: 'audio/ogg; codecs=opus' }) },
    becomes: { media: [kept('voice', 'audio', 'audio/ogg; codecs=opus') as never] },
  },
  {
    name: 'a film with words',
    message: { videoMessage: file({ mimetype: 'video/mp4', caption: 'lihat' }) },
    becomes: { text: 'lihat', media: [kept('video', 'video', 'video/mp4') as never] },
  },
  {
    name: 'a film in a circle',
    message: { ptvMessage: file({ mimetype: 'video/mp4' }) },
    becomes: { media: [kept('video', 'ptv', 'video/mp4') as never] },
  },
  {
    name: 'a document with words',
    message: {
      documentWithCaptionMessage: {
        message: {
          documentMessage: file({
            ...{ mimetype: 'application/pdf', fileName: 'surat.pdf', caption: 'suratnya' },
          }),
        },
      },
    },
    becomes: {
      text: 'suratnya',
      media: [kept('document', 'document', 'application/pdf', 'surat.pdf') as never],
    },
  },
  {
    name: 'a picture sent as a file',
    message: { documentMessage: file({ title: 'foto.jpg' }) },
    becomes: { media: [kept('photo', 'document', 'image/jpeg', 'foto.jpg') as never] },
  },
  {
    name: 'a sticker',
    message: { stickerMessage: file({ mimetype: 'image/webp' }) },
    becomes: { text: '', media: [kept('sticker', 'sticker', 'image/webp') as never] },
  },
  {
    name: 'a pin',
    message: { locationMessage: { degreesLatitude: -3.316694, degreesLongitude: 114.590111 } },
    becomes: { text: '', position: { lat: -3.316694, lon: 114.590111 } },
  },
  {
    name: 'a place by name',
    message: {
      locationMessage: {
        ...{ degreesLatitude: -3.3, degreesLongitude: 114.5 },
        ...{ name: 'Pasar Lama', address: 'Jl. Niaga' },
      },
    },
    becomes: { text: 'Pasar Lama, Jl. Niaga', position: { lat: -3.3, lon: 114.5 } },
  },
  {
    name: 'a place that is nowhere on earth',
    message: { locationMessage: { degreesLatitude: 213, degreesLongitude: 114.5 } },
    becomes: { position: null },
  },
  {
    name: 'a position that is shared for a while',
    message: { liveLocationMessage: { degreesLatitude: -3.3, degreesLongitude: 114.5 } },
    becomes: { position: { lat: -3.3, lon: 114.5 } },
  },
  {
    name: 'a contact',
    message: {
      contactMessage: {
        displayName: 'Pak RT',
        vcard: 'BEGIN:VCARD\nitem1.TEL;waid=6281200000009:+62 812-0000-0009\nEND:VCARD',
      },
    },
    becomes: { text: 'Pak RT +62 812-0000-0009' },
  },
  {
    name: 'several contacts',
    message: {
      contactsArrayMessage: { contacts: [{ displayName: 'Pak RT' }, { displayName: 'Bu RW' }] },
    },
    becomes: { text: 'Pak RT, Bu RW' },
  },
  {
    name: 'a reaction to one of ours',
    message: { reactionMessage: { text: '👍', key: { id: '3EB0AA', fromMe: true } } },
    becomes: { text: '👍', quotedId: '3EB0AA' },
  },
  {
    name: 'a reaction to one of their own',
    message: { reactionMessage: { text: '🙏', key: { id: 'A0', fromMe: false } } },
    becomes: { text: '🙏', quotedId: named('A0') },
  },
  {
    name: 'a poll',
    message: { pollCreationMessageV3: { name: 'Kapan diperbaiki?' } },
    becomes: { text: 'Kapan diperbaiki?' },
  },
  {
    name: 'a button that somebody else sent',
    message: { buttonsResponseMessage: { selectedButtonId: 'x', selectedDisplayText: 'Ya' } },
    becomes: { text: 'Ya', choice: null },
  },
  {
    name: 'words that were edited',
    message: {
      protocolMessage: { type: 14, key: { id: 'A0' }, editedMessage: { conversation: 'gang 4' } },
    },
    becomes: { text: 'gang 4', edits: named('A0'), providerId: named('A1') },
  },
  {
    name: 'words that were edited, wrapped',
    message: {
      editedMessage: {
        message: {
          protocolMessage: {
            ...{ type: 14, key: { id: 'A0' } },
            editedMessage: { extendedTextMessage: { text: 'gang 4' } },
          },
        },
      },
    },
    becomes: { text: 'gang 4', edits: named('A0') },
  },
  {
    name: 'words that were taken back',
    message: { protocolMessage: { type: 0, key: { id: 'A0' } } },
    becomes: { text: '', edits: named('A0') },
  },
]

export const NOT_FOR_US: readonly Shape[] = [
  {
    name: 'what we said ourselves',
    key: { fromMe: true },
    message: { conversation: 'x' },
    becomes: 'own',
  },
  {
    name: 'what is said in a group',
    key: { remoteJid: '120363001234567890@g.us', participant: jid },
    message: { conversation: 'x' },
    becomes: 'group',
  },
  {
    name: 'a status',
    key: { remoteJid: 'status@broadcast', participant: jid },
    message: { conversation: 'x' },
    becomes: 'status',
  },
  {
    name: 'a newsletter',
    key: { remoteJid: '120363001234567890@newsletter' },
    message: { conversation: 'x' },
    becomes: 'newsletter',
  },
  {
    name: 'a list of recipients',
    key: { remoteJid: '1712345678@broadcast', participant: jid },
    message: { conversation: 'x' },
    becomes: 'broadcast',
  },
  {
    name: 'WhatsApp itself',
    key: { remoteJid: '0@s.whatsapp.net' },
    message: { conversation: 'x' },
    becomes: 'nobody',
  },
  {
    name: 'a program of Meta',
    key: { remoteJid: '13135550002@bot' },
    message: { conversation: 'x' },
    becomes: 'nobody',
  },
  {
    name: 'what could not be decrypted',
    more: { messageStubType: 2, messageStubParameters: ['Bad MAC'] },
    becomes: 'placeholder',
  },
  {
    name: 'an empty one',
    becomes: 'unreadable',
  },
  {
    name: 'one without an id',
    key: { id: null },
    message: { conversation: 'x' },
    becomes: 'unreadable',
  },
  {
    name: 'keys of a group, alone',
    message: { senderKeyDistributionMessage: { groupId: 'g' }, messageContextInfo: {} },
    becomes: 'protocol',
  },
  {
    name: 'a vote',
    message: { pollUpdateMessage: {} },
    becomes: 'protocol',
  },
  {
    name: 'the head of an album, whose pictures come by themselves',
    message: { albumMessage: { expectedImageCount: 2 } },
    becomes: 'protocol',
  },
  {
    name: 'a timer that was set',
    message: { protocolMessage: { type: 3, ephemeralExpiration: 86_400 } },
    becomes: 'protocol',
  },
  {
    name: 'a reaction that was taken back',
    message: { reactionMessage: { text: '', key: { id: '3EB0AA', fromMe: true } } },
    becomes: 'protocol',
  },
  {
    name: 'a history',
    message: { protocolMessage: { type: 5, historySyncNotification: {} } },
    becomes: 'protocol',
  },
  {
    name: 'something wrapped too often',
    message: wrapped(9),
    becomes: 'unreadable',
  },
]

export function rawOf({ key = {}, message, more = {} }: Shape): unknown {
  const base = { remoteJid: jid, id: 'A1', fromMe: false }
  return {
    ...{ key: { ...base, ...key }, messageTimestamp: 1_774_000_000 },
    ...(message === undefined ? {} : { message }),
    ...more,
  }
}

function wrapped(depth: number): Json {
  return depth === 0 ? { conversation: 'x' } : { ephemeralMessage: { message: wrapped(depth - 1) } }
}
