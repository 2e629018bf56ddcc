// One update of each kind that is nobody's word to us, and what cannot be read at all: each with the reason why it is ignored.
// Rule: shapes as the Bot API records them, people made up.

import {
  BOT,
  CITIZEN,
  groupChat,
  LOCATION,
  messageOf,
  privateChat,
  userOf,
} from '../../support/telegram/updates.ts'
import type { Row } from './updates-of-people.ts'

const channel = groupChat(-1_001_111_222_333, { type: 'channel', title: 'Kabar' })
const post = { message_id: 5, chat: channel, sender_chat: channel, date: 1_773_622_800, text: 'x' }
const person = userOf(CITIZEN)
const chat = privateChat(CITIZEN)
const inline = { id: '1', from: person, query: 'lampu', offset: '' }
const order = { id: '1', from: person, invoice_payload: 'x' }
const business = { business_connection_id: 'b' }

export const NOT_FOR_US: readonly Row[] = [
  ['a post in a channel: nobody writes to us there', { channel_post: post }, 'kind'],
  [
    'an edited post in a channel',
    { edited_channel_post: { ...post, edit_date: 1_773_622_900 } },
    'kind',
  ],
  ['an echo: a message of ours', { message: { ...messageOf({ text: 'halo' }), from: BOT } }, 'bot'],
  [
    'a message of another bot: no person',
    { message: { ...messageOf({ text: 'halo' }), from: { id: 9, is_bot: true, first_name: 'B' } } },
    'bot',
  ],
  [
    'an edited message in a group',
    {
      edited_message: {
        ...messageOf({ text: 'siap' }),
        chat: groupChat(),
        edit_date: 1_773_622_900,
      },
    },
    'group',
  ],
  [
    'an account at work: we serve none',
    { business_connection: { id: 'b', user: person, user_chat_id: 1, date: 1, is_enabled: true } },
    'kind',
  ],
  [
    'a message to an account at work',
    { business_message: { ...messageOf({ text: 'halo' }), ...business } },
    'kind',
  ],
  [
    'an edited one',
    { edited_business_message: { ...messageOf({ text: 'halo' }), ...business } },
    'kind',
  ],
  [
    'one deleted there',
    { deleted_business_messages: { ...business, chat, message_ids: [1] } },
    'kind',
  ],
  [
    'a reaction: not asked for',
    {
      message_reaction: {
        chat,
        message_id: 1,
        user: person,
        date: 1,
        old_reaction: [],
        new_reaction: [{ type: 'emoji', emoji: '👍' }],
      },
    },
    'kind',
  ],
  [
    'a count of reactions',
    { message_reaction_count: { chat: channel, message_id: 1, date: 1, reactions: [] } },
    'kind',
  ],
  ['a question from another chat', { inline_query: inline }, 'kind'],
  [
    'an answer picked there',
    { chosen_inline_result: { result_id: '1', from: person, query: 'x', location: LOCATION } },
    'kind',
  ],
  ['an order to be shipped', { shipping_query: { ...order, shipping_address: {} } }, 'kind'],
  [
    'an order to be paid',
    { pre_checkout_query: { ...order, currency: 'IDR', total_amount: 1 } },
    'kind',
  ],
  [
    'media that were bought',
    { purchased_paid_media: { from: person, paid_media_payload: 'x' } },
    'kind',
  ],
  [
    'a poll that ended',
    { poll: { id: '1', question: 'x', options: [], total_voter_count: 1, is_closed: true } },
    'kind',
  ],
  ['a vote', { poll_answer: { poll_id: '1', user: person, option_ids: [0] } }, 'kind'],
  [
    'a member of a group who is not us',
    {
      chat_member: {
        chat: groupChat(),
        from: person,
        date: 1,
        old_chat_member: { user: person, status: 'left' },
        new_chat_member: { user: person, status: 'member' },
      },
    },
    'kind',
  ],
  [
    'somebody asks to join',
    { chat_join_request: { chat: groupChat(), from: person, user_chat_id: 1, date: 1 } },
    'kind',
  ],
  [
    'a chat is boosted',
    {
      chat_boost: {
        chat: channel,
        boost: {
          boost_id: 'x',
          add_date: 1,
          expiration_date: 2,
          source: { source: 'premium', user: person },
        },
      },
    },
    'kind',
  ],
  [
    'a boost ends',
    {
      removed_chat_boost: {
        chat: channel,
        boost_id: 'x',
        remove_date: 2,
        source: { source: 'premium', user: person },
      },
    },
    'kind',
  ],
  [
    'an update of a kind nobody has heard of',
    { telepathy: { from: person, thought: 'x' } },
    'kind',
  ],
  ['an update with nothing in it', {}, 'kind'],
  [
    'a message without a chat',
    { message: { message_id: 1, from: person, date: 1, text: 'x' } },
    'unreadable',
  ],
  [
    'a message without an id',
    { message: { from: person, chat, date: 1, text: 'x' } },
    'unreadable',
  ],
  ['a message that is no object', { message: 'halo' }, 'unreadable'],
]
