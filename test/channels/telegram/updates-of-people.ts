// One update of each kind that a person can cause in a chat with the bot, in the shape the Bot API records, with its outcome.
// Rule: people and files are made up; an outcome is the event it becomes, or the reason why it becomes none.

import type { Ignored } from '../../../src/channels/telegram/reading.ts'

import {
  BOT,
  CITIZEN,
  editUpdate,
  fileOf,
  GROUP,
  groupChat,
  type Json,
  LOCATION,
  messageOf,
  messageUpdate,
  type NewUpdate,
  photoSizes,
  textUpdate,
  userOf,
} from '../../support/telegram/updates.ts'

/** The event the gateway is handed last, or the reason why it is handed none. */
export type Row = readonly [name: string, update: NewUpdate, becomes: Json | Ignored]

import { chatKey } from './contract-bench.ts'

const FROM = `telegram:${CITIZEN}`

export const HERE = chatKey(String(CITIZEN))
const ID = 4_711
const message = (more: Json, becomes: Json): readonly [NewUpdate, Json] => [
  messageUpdate({ message_id: ID, ...more }),
  {
    type: 'message',
    message: {
      ...{ channel: 'telegram', account: 'telegram', from: FROM, providerId: `${HERE}:${ID}` },
      ...{ answerable: true, consent: null, edits: null, ...becomes },
    },
  },
]
const sticker = (more: Json = {}) => fileOf('stiker', { type: 'regular', emoji: '👍', ...more })
const forwardedFrom = (origin: Json) => ({
  forward_origin: { date: 1_773_600_000, ...origin },
})
const ours = (text: string) => ({
  ...messageOf({ message_id: 99, text }),
  from: BOT,
})

export const OF_WORDS: readonly Row[] = [
  ['a text', ...message({ text: 'lampu mati' }, { text: 'lampu mati', media: [], start: null })],
  [
    'a text with emoji, marks and hidden characters',
    ...message({ text: 'banjir 🌊👨‍👩‍👧\u202e \u0000ya' }, { text: 'banjir 🌊👨‍👩‍👧 ya' }),
  ],
  ['a text of 4,096 units', ...message({ text: '🌊'.repeat(2_048) }, { text: '🌊'.repeat(2_048) })],
  [
    'words in bold, with a link, a spoiler and an emoji of Telegram',
    ...message(
      {
        text: 'jalan rusak di sini',
        entities: [
          { type: 'bold', offset: 0, length: 5 },
          { type: 'text_link', offset: 6, length: 5, url: 'https://contoh.example' },
          { type: 'spoiler', offset: 12, length: 2 },
          { type: 'custom_emoji', offset: 15, length: 4, custom_emoji_id: '5368324170671202286' },
        ],
        link_preview_options: { is_disabled: true },
      },
      { text: 'jalan rusak di sini' },
    ),
  ],
  [
    'an answer to a message of ours',
    ...message(
      { text: 'belum', reply_to_message: ours('Sudah beres?') },
      { text: 'belum', quotedId: `${HERE}:99` },
    ),
  ],
  [
    'an answer to a part of a message of ours',
    ...message(
      {
        text: 'belum',
        reply_to_message: ours('Sudah beres?'),
        quote: { text: 'beres', position: 6, is_manual: true },
      },
      { quotedId: `${HERE}:99` },
    ),
  ],
  [
    'an answer to something elsewhere',
    ...message(
      {
        text: 'seperti ini',
        external_reply: { origin: { type: 'channel', date: 1, chat: groupChat(), message_id: 5 } },
      },
      { text: 'seperti ini', quotedId: null },
    ),
  ],
  [
    "a neighbour's message passed on",
    ...message(
      { text: 'air mati', ...forwardedFrom({ type: 'user', sender_user: userOf(700_100_077) }) },
      { text: 'air mati', from: FROM },
    ),
  ],
  [
    'a message of somebody hidden passed on',
    ...message(
      { text: 'air mati', ...forwardedFrom({ type: 'hidden_user', sender_user_name: 'Tetangga' }) },
      { text: 'air mati' },
    ),
  ],
  [
    'a post of a channel passed on',
    ...message(
      {
        text: 'kabar',
        ...forwardedFrom({ type: 'channel', chat: groupChat(), message_id: 8 }),
      },
      { text: 'kabar' },
    ),
  ],
  [
    'a text that another bot helped to write',
    ...message(
      { text: 'halo', via_bot: { id: 5, is_bot: true, first_name: 'B' } },
      { text: 'halo' },
    ),
  ],
  [
    'a text that goes away by itself later',
    ...message(
      { text: 'halo', has_protected_content: true, effect_id: '5104841245755180586' },
      {
        text: 'halo',
      },
    ),
  ],
]

const file = (becomes: Json, more: Json = {}): Json => ({ text: '', media: [becomes], ...more })

export const OF_FILES: readonly Row[] = [
  [
    'a photo with words',
    ...message(
      { photo: photoSizes('a'), caption: 'jalan berlubang' },
      { text: 'jalan berlubang', media: [{ kind: 'photo', id: 'AgAC-a-2', bytes: 180_000 }] },
    ),
  ],
  ['a photo alone', ...message({ photo: photoSizes('b') }, file({ kind: 'photo' }))],
  [
    'a photo of an album',
    ...message(
      { photo: photoSizes('c'), media_group_id: '13901234567890123', caption: 'satu' },
      { text: 'satu', media: [{ kind: 'photo' }], album: '13901234567890123' },
    ),
  ],
  [
    'a hidden photo',
    ...message({ photo: photoSizes('d'), has_media_spoiler: true }, file({ kind: 'photo' })),
  ],
  [
    'a file',
    ...message(
      { document: fileOf('e', { file_name: 'surat.pdf', mime_type: 'application/pdf' }) },
      file({ kind: 'document', name: 'surat.pdf', contentType: 'application/pdf', bytes: 20_000 }),
    ),
  ],
  [
    'a file of a size nobody told',
    ...message({ document: { file_id: 'f', file_unique_id: 'f' } }, file({ kind: 'document' })),
  ],
  [
    'a moving picture, which comes as a file too',
    ...message(
      {
        animation: fileOf('g', { width: 320, height: 240, duration: 2, mime_type: 'video/mp4' }),
        document: fileOf('g', { mime_type: 'video/mp4' }),
      },
      file({ kind: 'video', id: 'BQAC-g' }),
    ),
  ],
  [
    'a voice note',
    ...message(
      { voice: fileOf('h', { duration: 9, mime_type: 'audio/ogg' }) },
      file({ kind: 'voice', contentType: 'audio/ogg' }),
    ),
  ],
  [
    'a piece of music',
    ...message(
      { audio: fileOf('i', { duration: 200, title: 'Lagu', mime_type: 'audio/mpeg' }) },
      file({ kind: 'voice', contentType: 'audio/mpeg' }),
    ),
  ],
  [
    'a film',
    ...message(
      { video: fileOf('j', { width: 640, height: 480, duration: 8 }), caption: 'lihat' },
      { text: 'lihat', media: [{ kind: 'video' }] },
    ),
  ],
  [
    'a round film',
    ...message({ video_note: fileOf('k', { length: 240, duration: 7 }) }, file({ kind: 'video' })),
  ],
  ['a sticker', ...message({ sticker: sticker() }, file({ kind: 'sticker' }))],
  [
    'a sticker that moves',
    ...message({ sticker: sticker({ is_animated: true }) }, file({ kind: 'sticker' })),
  ],
]

const spot = { lat: LOCATION.latitude, lon: LOCATION.longitude }

export const OF_PLACES: readonly Row[] = [
  ['a location', ...message({ location: LOCATION }, { text: '', position: spot })],
  [
    'a location that moves',
    ...message({ location: { ...LOCATION, live_period: 900, heading: 12 } }, { position: spot }),
  ],
  [
    'a place with its name',
    ...message(
      {
        location: LOCATION,
        venue: { location: LOCATION, title: 'Pasar Contoh', address: 'Jl. Contoh 1' },
      },
      { position: spot, text: 'Pasar Contoh, Jl. Contoh 1' },
    ),
  ],
  [
    'a contact',
    ...message(
      { contact: { phone_number: '+6281234567899', first_name: 'Ketua', last_name: 'RT' } },
      { text: 'Ketua RT +6281234567899' },
    ),
  ],
]

const link = (text: string, more: Json): Row => {
  const [update] = [textUpdate(CITIZEN, text, { message_id: ID })]
  return [`the link ${text}`, update, { type: 'message', message: { from: FROM, ...more } }]
}

export const OF_COMMANDS: readonly Row[] = [
  link('/start', { start: '', text: '' }),
  link('/start kayutangi', { start: 'kayutangi' }),
  link(`/start ${'x'.repeat(64)}`, { start: 'x'.repeat(64) }),
  link('/start@lapor_bot jalan', { start: 'jalan' }),
]

const before = messageOf({ message_id: ID, text: 'lampu mti' })
const edited = (more: Json, becomes: Json): readonly [NewUpdate, Json] => [
  editUpdate(before, more),
  {
    type: 'message',
    message: {
      providerId: `${HERE}:${ID}:1773622860`,
      edits: `${HERE}:${ID}`,
      from: FROM,
      ...becomes,
    },
  },
]

export const OF_EDITS: readonly Row[] = [
  ['an edited text', ...edited({ text: 'lampu mati' }, { text: 'lampu mati' })],
  [
    'edited words below a photo',
    ...edited(
      { text: undefined, photo: photoSizes('l'), caption: 'ini' },
      { text: 'ini', media: [{ kind: 'photo' }] },
    ),
  ],
]

/** In a group: it is written to, never answered; its own words are nobody's complaint. */
const inGroup = (more: Json): NewUpdate => messageUpdate({ chat: groupChat(), ...more })

export const IN_GROUPS: readonly Row[] = [
  ['talk in a group', inGroup({ text: 'siap' }), 'group'],
  ['a photo in a group', inGroup({ photo: photoSizes('m') }), 'group'],
  [
    'talk of a group itself, by an anonymous administrator',
    inGroup({
      text: 'siap',
      sender_chat: groupChat(),
      from: undefined,
    }),
    'group',
  ],
  ['somebody joins a group', inGroup({ new_chat_members: [userOf(5)] }), 'group'],
  ['somebody leaves a group', inGroup({ left_chat_member: userOf(5) }), 'group'],
  ['a group gets another name', inGroup({ new_chat_title: 'Baru' }), 'group'],
  ['a group is made', inGroup({ group_chat_created: true }), 'group'],
  [
    'a group moves to another id',
    messageUpdate({
      chat: groupChat(-4_001_002, { type: 'group' }),
      migrate_to_chat_id: GROUP,
    }),
    { type: 'group', address: 'telegram:-4001002', movedTo: `telegram:${GROUP}` },
  ],
]
