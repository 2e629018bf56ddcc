// Updates as Telegram writes them, and what we make of each: a message, another event, or a counted reason for none.

import { describe, expect, test } from '@jest/globals'
import { createReading } from '../../../src/channels/telegram/reading.ts'
import type { InboundMessage } from '../../../src/message.ts'
import {
  blockUpdate,
  CITIZEN,
  editUpdate,
  fileOf,
  GROUP,
  groupChat,
  LOCATION,
  memberUpdate,
  messageOf,
  messageUpdate,
  type NewUpdate,
  photoSizes,
  pressUpdate,
  textUpdate,
  userOf,
} from '../../support/telegram/updates.ts'

const isForGroups = (text: string) => /^\s*\/?DAFTAR \w+$/i.test(text)
const read = createReading({ chatKey: (chat) => chat, isForGroups })
const FROM = `telegram:${CITIZEN}` as const
const MESSAGE = { message_id: 41, chat: groupChat() }
const SPOT = { lat: LOCATION.latitude, lon: LOCATION.longitude }

const EMPTY: InboundMessage = {
  ...{ channel: 'telegram', account: 'telegram', providerId: `${CITIZEN}:7`, from: FROM, text: '' },
  ...{ media: [], position: null, quotedId: null, album: null, edits: null, start: null },
  ...{ choice: null, answerable: true, consent: null },
}

const ref = (kind: string, id: string, more: object = {}) => ({
  ...{ kind, id, url: '', contentType: null, name: null, bytes: 20_000 },
  ...more,
})

const private7 = (more: object) => messageUpdate({ message_id: 7, ...more })

const MESSAGES: readonly (readonly [string, NewUpdate, Partial<InboundMessage>])[] = [
  ['words', private7({ text: 'lampu mati' }), { text: 'lampu mati' }],
  [
    'words with hidden marks',
    private7({ text: 'jalan\u200b rusak\u202e\u0000' }),
    { text: 'jalan rusak' },
  ],
  [
    'a photo in three sizes, of which the largest counts',
    private7({ photo: photoSizes('x'), caption: 'rusak' }),
    { text: 'rusak', media: [ref('photo', 'AgAC-x-2', { bytes: 180_000 })] as never },
  ],
  [
    'one photo of an album',
    private7({ photo: photoSizes('y'), media_group_id: '77' }),
    { album: '77', media: [ref('photo', 'AgAC-y-2', { bytes: 180_000 })] as never },
  ],
  [
    'a document',
    private7({ document: fileOf('d', { file_name: 'surat.pdf', mime_type: 'application/pdf' }) }),
    {
      media: [
        ref('document', 'BQAC-d', { name: 'surat.pdf', contentType: 'application/pdf' }),
      ] as never,
    },
  ],
  [
    'a photo sent as a file',
    private7({ document: fileOf('p', { mime_type: 'image/png' }) }),
    { media: [ref('photo', 'BQAC-p', { contentType: 'image/png' })] as never },
  ],
  [
    'a voice note',
    private7({ voice: fileOf('v', { duration: 4, mime_type: 'audio/ogg' }) }),
    { media: [ref('voice', 'BQAC-v', { contentType: 'audio/ogg' })] as never },
  ],
  ['a song', private7({ audio: fileOf('a') }), { media: [ref('voice', 'BQAC-a')] as never }],
  ['a film', private7({ video: fileOf('f') }), { media: [ref('video', 'BQAC-f')] as never }],
  [
    'a round film',
    private7({ video_note: fileOf('n') }),
    { media: [ref('video', 'BQAC-n')] as never },
  ],
  [
    'an animation, which comes as a document too',
    private7({ animation: fileOf('g'), document: fileOf('g') }),
    { media: [ref('video', 'BQAC-g')] as never },
  ],
  [
    'a sticker',
    private7({ sticker: fileOf('s', { emoji: '👍' }) }),
    { media: [ref('sticker', 'BQAC-s')] as never },
  ],
  ['a location', private7({ location: LOCATION }), { position: SPOT }],
  [
    'a venue',
    private7({ venue: { location: LOCATION, title: 'Pasar', address: 'Jl. Satu' } }),
    { position: SPOT, text: 'Pasar, Jl. Satu' },
  ],
  [
    'a contact',
    private7({ contact: { phone_number: '+628110000009', first_name: 'Ana' } }),
    { text: 'Ana  +628110000009' },
  ],
  ['a die', private7({ dice: { emoji: '🎲', value: 3 } }), {}],
  ['a poll', private7({ poll: { id: '1', question: 'Mati?' } }), {}],
  ['a story', private7({ story: { id: 1 } }), {}],
  ['a kind that nobody has heard of', private7({ hologram: { id: 1 } }), {}],
  ['nothing at all', private7({}), {}],
  ['a forward', private7({ text: 'kabar', forward_origin: { type: 'user' } }), { text: 'kabar' }],
  [
    'an answer to a message of ours',
    private7({ text: 'ya', reply_to_message: { message_id: 5, chat: { id: CITIZEN } } }),
    { text: 'ya', quotedId: `${CITIZEN}:5` },
  ],
  [
    'a later wording',
    editUpdate(messageOf({ message_id: 7, text: 'gang 6' }), { edit_date: 1_773_622_900 }),
    { text: 'gang 6', providerId: `${CITIZEN}:7:1773622900`, edits: `${CITIZEN}:7` },
  ],
  ['a command', textUpdate(CITIZEN, '/status', { message_id: 7 }), { text: 'status' }],
  [
    'a command to this bot by name, with its argument',
    textUpdate(CITIZEN, '/STATUS@lapor_bot 12345674', { message_id: 7 }),
    { text: 'status 12345674' },
  ],
  [
    'a command of two words',
    textUpdate(CITIZEN, '/data_saya', { message_id: 7 }),
    { text: 'data saya' },
  ],
  [
    'a path, which is no command',
    textUpdate(CITIZEN, '/gang/5 banjir', { message_id: 7 }),
    { text: '/gang/5 banjir' },
  ],
  ['a broken piece beside words', private7({ text: 'ada', photo: 'x', voice: 3 }), { text: 'ada' }],
  [
    'a broken size beside whole ones',
    private7({ photo: [null, ...photoSizes('z')] }),
    { media: [ref('photo', 'AgAC-z-2', { bytes: 180_000 })] as never },
  ],
]

describe('a private chat', () => {
  test.each(MESSAGES)('%s is a message', (_name, update, expected) => {
    const { events, ignored, chat } = read({ update_id: 1, ...update })
    expect({ ignored, chat }).toEqual({ ignored: null, chat: String(CITIZEN) })
    expect(events).toEqual([{ type: 'message', message: { ...EMPTY, ...expected } }])
  })

  const OPT_IN = { type: 'opt-in', from: FROM, account: 'telegram' }
  test.each([
    ['/start', { start: '' }],
    ['/start@lapor_bot', { start: '' }],
    ['/start poster-7', { start: 'poster-7' }],
    [`/start ${'a'.repeat(64)}`, { start: 'a'.repeat(64) }],
    ['/start lampu mati di gang 5', { start: '', text: 'lampu mati di gang 5' }],
  ])('%s lets us in again, and says what the link carried', (text, expected) => {
    const { events } = read(textUpdate(CITIZEN, text, { message_id: 7 }))
    expect(events).toEqual([{ type: 'message', message: { ...EMPTY, ...expected } }])
  })

  test.each([
    ['kicked', 'opt-out'],
    ['member', 'opt-in'],
  ] as const)('a bot that is now %s is an %s', (status, type) => {
    expect(read(blockUpdate(CITIZEN, status)).events).toEqual([{ ...OPT_IN, type }])
  })

  test.each([
    ['on a message of ours', messageOf({ message_id: 9 })],
    ['on one that has become inaccessible', { ...messageOf({ message_id: 9 }), date: 0 }],
  ])('a press %s is a message with its choice', (_name, message) => {
    const { events, pressId } = read(pressUpdate(CITIZEN, message, 'yes'))
    const press = { providerId: `callback:${pressId}`, quotedId: `${CITIZEN}:9`, choice: 'yes' }
    expect(events).toEqual([{ type: 'message', message: { ...EMPTY, ...press } }])
  })

  test('a press that carries nothing is still told that it is stale', () => {
    const { events } = read(pressUpdate(CITIZEN, messageOf(), 'x', { data: undefined }))
    expect(events).toMatchObject([{ message: { choice: '' } }])
  })
})

const fromBot = { from: userOf(99, { is_bot: true }) }

test.each([
  ['a bot', { message: { ...messageOf({ text: 'hai' }), ...fromBot } }, 'bot'],
  [
    'a channel',
    { message: { ...MESSAGE, chat: { id: -5, type: 'channel' }, text: 'x' } },
    'channel',
  ],
  ['a post', { channel_post: { ...MESSAGE, text: 'x' } }, 'kind'],
  ['a group', { message: { ...MESSAGE, from: userOf(CITIZEN), text: 'pagi' } }, 'group'],
  ['a pinned message', messageUpdate({ pinned_message: messageOf() }), 'service'],
  ['an auto-delete timer', messageUpdate({ message_auto_delete_timer_changed: {} }), 'service'],
  ['a live location that moves', editUpdate(messageOf(), { location: LOCATION }), 'live-location'],
  ['a poll of its own', { poll: { id: '1' } }, 'kind'],
  ['a message without a chat', { message: { message_id: 1, text: 'x' } }, 'unreadable'],
  ['a message in a chat of no kind', { message: { ...MESSAGE, chat: { id: 1 } } }, 'unreadable'],
  ['null', null, 'unreadable'],
  ['a list', { message: [] }, 'unreadable'],
])('%s is ignored, and why is counted', (_name, update, reason) => {
  expect(read(update)).toMatchObject({ events: [], ignored: reason })
})

test.each(['DAFTAR ABCD2345', '/daftar ABCD2345', '/daftar@KentonganBot ABCD2345'])(
  'a group is heard when it says "%s", as the group, whoever says it',
  (text) => {
    const photo = photoSizes('x')
    const from = userOf(CITIZEN)
    const { events } = read({ update_id: 1, message: { ...MESSAGE, from, text, photo } })
    const message = { from: `telegram:${GROUP}`, group: true, media: [] }
    expect(events).toMatchObject([{ type: 'message', message }])
    expect(JSON.stringify(events)).not.toContain(String(CITIZEN))
    const bot = { ...from, is_bot: true }
    expect(read({ update_id: 2, message: { ...MESSAGE, from: bot, text } }).ignored).toBe('group')
    expect(read({ update_id: 3, edited_message: { ...MESSAGE, from, text } }).events).toEqual([])
  },
)

test('a press in a group is ignored, but its button is let go', () => {
  const reading = read(pressUpdate(CITIZEN, MESSAGE, 'yes'))
  expect(reading).toMatchObject({ events: [], ignored: 'group', pressId: expect.any(String) })
})

describe('a group', () => {
  const event = { type: 'group', account: 'telegram', address: `telegram:${GROUP}`, movedTo: null }
  const title = 'Petugas Kelurahan'
  test.each([
    ['takes us in', 'left', 'member', {}, 'member'],
    ['makes us its administrator', 'member', 'administrator', {}, 'member'],
    ['puts us out', 'member', 'kicked', {}, 'left'],
  ])('%s', (_name, was, status, more, state) => {
    const update = memberUpdate(groupChat(), was, status, CITIZEN, more)
    expect(read(update).events).toEqual([{ ...event, title, state }])
  })

  test('that restricts us away is left', () => {
    const status = { new_chat_member: { status: 'restricted', is_member: false } }
    const update = memberUpdate(groupChat(), 'member', 'restricted', CITIZEN, status)
    expect(read(update).events).toMatchObject([{ state: 'left' }])
  })

  test.each([
    ['in the old one', { chat: groupChat(-77, { type: 'group' }), migrate_to_chat_id: GROUP }],
    ['in the new one', { chat: groupChat(), migrate_from_chat_id: -77 }],
  ])('that became a larger one is known by what is told %s', (_name, more) => {
    const moved = { address: 'telegram:-77', movedTo: `telegram:${GROUP}`, state: 'member' }
    expect(read(messageUpdate(more)).events).toEqual([{ ...event, ...moved, title }])
  })
})

test('a chat is not named by its number in what is stored in plain', () => {
  const hidden = createReading({ chatKey: (chat) => `k${chat.length}`, isForGroups })
  const update = textUpdate(CITIZEN, 'ya', { message_id: 7, reply_to_message: { message_id: 5 } })
  expect(hidden(update).events).toMatchObject([
    { message: { providerId: 'k9:7', quotedId: 'k9:5', from: FROM } },
  ])
})
