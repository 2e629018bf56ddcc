// One update of every other kind: service messages, presses, memberships, payments, and what nobody has heard of yet.
// Rule: as in updates-of-people.ts; what is ignored says why in its name.

import {
  BOT,
  blockUpdate,
  CITIZEN,
  GROUP,
  groupChat,
  type Json,
  memberUpdate,
  messageOf,
  messageUpdate,
  pressUpdate,
  privateChat,
  userOf,
} from '../../support/telegram/updates.ts'
import { HERE, type Row } from './updates-of-people.ts'

const FROM = `telegram:${CITIZEN}`
const channel = groupChat(-1_001_111_222_333, { type: 'channel', title: 'Kabar' })
const person = userOf(CITIZEN)
const chat = privateChat(CITIZEN)
const price = { currency: 'IDR', total_amount: 1_000, invoice_payload: 'x' }

/** Kinds of content that are no words of a complaint; the person is asked again. */
const odd = (name: string, more: Json): Row => [
  name,
  messageUpdate({ message_id: 77, ...more }),
  { type: 'message', message: { from: FROM, providerId: `${HERE}:77`, answerable: true } },
]

export const ODD_CONTENT: readonly Row[] = [
  odd('a throw of dice', { dice: { emoji: '🎲', value: 4 } }),
  odd('a poll', {
    poll: {
      ...{ id: '5', question: 'Setuju?', total_voter_count: 0, is_closed: false, type: 'regular' },
      options: [{ text: 'Ya', voter_count: 0 }],
    },
  }),
  odd('a game', { game: { title: 'Ular', description: 'x', photo: [] } }),
  odd('a bill', { invoice: { title: 'x', description: 'x', start_parameter: 'x', ...price } }),
  odd('a story passed on', { story: { chat, id: 3 } }),
  odd('paid media', { paid_media: { star_count: 1, paid_media: [] } }),
  odd('a list to tick off', { checklist: { title: 'Belanja', tasks: [{ id: 1, text: 'ikan' }] } }),
  odd('content of a kind nobody has heard of', { hologram: { depth: 3 } }),
]

/** Nobody wrote these: Telegram tells what happened in the chat. */
const service = (name: string, more: Json): Row => [
  `${name}: nobody wrote it`,
  messageUpdate(more),
  'service',
]

export const SERVICE: readonly Row[] = [
  service('a pinned message', { pinned_message: messageOf({ text: 'halo' }) }),
  service('a timer for deleting', {
    message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 },
  }),
  service('another wallpaper', { chat_background_set: { type: { type: 'fill' } } }),
  service('leave to write', { write_access_allowed: { from_request: true } }),
  service('a payment', { successful_payment: { ...price, telegram_payment_charge_id: 'x' } }),
  service('a payment taken back', {
    refunded_payment: { ...price, telegram_payment_charge_id: 'x' },
  }),
  service('a passport', { passport_data: { data: [], credentials: {} } }),
  service('words of a web page', { web_app_data: { data: 'x', button_text: 'x' } }),
  service('people who were picked', { users_shared: { request_id: 1, users: [{ user_id: 5 }] } }),
  service('a chat that was picked', { chat_shared: { request_id: 1, chat_id: GROUP } }),
  service('somebody near', {
    proximity_alert_triggered: { traveler: person, watcher: person, distance: 9 },
  }),
  service('a call', { video_chat_started: {} }),
  service('a gift', { gift: { gift: { id: 'x', star_count: 1 } } }),
  service('a lottery', { giveaway: { chats: [channel], winner_count: 1 } }),
  service('a boost', { boost_added: { boost_count: 1 } }),
]

const pressed = (name: string, more: Json, becomes: Json): Row => [
  name,
  pressUpdate(
    CITIZEN,
    { ...messageOf({ message_id: 88, text: 'Ya?' }), from: BOT },
    'tidak dikenal',
    more,
  ),
  becomes,
]

export const PRESSES: readonly Row[] = [
  pressed(
    'a press on a button',
    { id: '4382bfdwdsb323b2d9', data: 'ya' },
    {
      type: 'message',
      message: {
        ...{ from: FROM, providerId: 'callback:4382bfdwdsb323b2d9', choice: 'ya', text: '' },
        quotedId: `${HERE}:88`,
      },
    },
  ),
  pressed(
    'a press on a message too old to be shown',
    { id: '71', message: { chat, message_id: 88, date: 0 }, data: 'ya' },
    { type: 'message', message: { providerId: 'callback:71', choice: 'ya' } },
  ),
  pressed(
    'a press on a message that was sent from another chat',
    { message: undefined, inline_message_id: 'x' },
    { type: 'message', message: { choice: 'tidak dikenal', quotedId: null, from: FROM } },
  ),
  pressed(
    'a press on a game, of which we have none: it has no value',
    { data: undefined, game_short_name: 'ular' },
    { type: 'message', message: { choice: '', from: FROM } },
  ),
]

const group = (becomes: Json) => ({
  type: 'group',
  account: 'telegram',
  address: `telegram:${GROUP}`,
  title: 'Petugas Kelurahan',
  ...becomes,
})

export const MEMBERSHIPS: readonly Row[] = [
  ['the bot is blocked', blockUpdate(CITIZEN, 'kicked'), { type: 'opt-out', from: FROM }],
  ['the bot is let in again', blockUpdate(CITIZEN, 'member'), { type: 'opt-in', from: FROM }],
  [
    'the bot is taken into a group',
    memberUpdate(groupChat(), 'left', 'member'),
    group({ state: 'member' }),
  ],
  [
    'the bot may do more in a group',
    memberUpdate(groupChat(), 'member', 'administrator'),
    group({ state: 'member' }),
  ],
  [
    'the bot may only read in a group',
    memberUpdate(groupChat(), 'member', 'restricted', CITIZEN, {
      new_chat_member: {
        user: BOT,
        status: 'restricted',
        is_member: true,
        can_send_messages: false,
      },
    }),
    group({}),
  ],
  [
    'the bot is put out of a group',
    memberUpdate(groupChat(), 'member', 'kicked'),
    group({ state: 'left' }),
  ],
  ['the bot leaves a group', memberUpdate(groupChat(), 'member', 'left'), group({ state: 'left' })],
  [
    'the bot is taken into a channel: it has nothing to say there',
    memberUpdate(channel, 'left', 'administrator'),
    'channel',
  ],
]
