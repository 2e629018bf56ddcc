// Webhooks of Meta in the shapes it documents and is known to post, of people who do not exist.
// Each with its name and what comes of it; `null`: it is nobody's message to us.

import type { ChannelEvent, MovedEvent } from '../../../../src/channels/channel.ts'
import type { Ignored } from '../../../../src/channels/whatsapp/cloud/reading.ts'
import type { InboundMessage, Receipt } from '../../../../src/message.ts'
import type { Json } from '../../../support/fake-meta.ts'

export interface Shape {
  readonly name: string
  readonly message?: Json
  readonly status?: Json
  /** Who stands behind the messages of the change. */
  readonly contacts?: readonly unknown[]
  readonly becomes: Partial<InboundMessage> | Partial<Receipt> | Partial<MovedEvent> | Ignored
}

export type Became = ChannelEvent | Ignored

const FROM = '6281299900123'
const head = {
  id: 'wamid.HBgNNjI4MTI5OTkwMDEyMxUCABIYFjNFQjBDMDZE',
  from: FROM,
  timestamp: '1774000000',
}
const SHA = 'XqQ3pN0Xh0bMZk7oTQ3v0m3yq4tVQKQdVt0l0m4q3lk='
const SHA_HEX = Buffer.from(SHA, 'base64').toString('hex')
const file = (more: Json = {}) => ({
  id: '1003383421387256',
  mime_type: 'image/jpeg',
  sha256: SHA,
  ...more,
})
const said = (message: Json) => ({ ...head, ...message })

const text = (body: string, more: Json = {}) => said({ type: 'text', text: { body }, ...more })

export const PEOPLE_WRITE: readonly Shape[] = [
  {
    name: 'words',
    message: text('lampu mati di gang 3'),
    becomes: { text: 'lampu mati di gang 3', from: `whatsapp:${FROM}` },
  },
  {
    name: 'words with a plus before the number',
    message: text('halo', { from: `+${FROM}` }),
    becomes: { from: `whatsapp:${FROM}` },
  },
  {
    name: 'words with direction marks and a NUL',
    message: text('air\u0000 \u202emati'),
    becomes: { text: 'air mati' },
  },
  {
    name: 'words that quote a message',
    message: text('sudah', { context: { from: '15550783881', id: 'wamid.X' } }),
    becomes: { quotedId: 'wamid.X' },
  },
  {
    name: 'words that were forwarded',
    message: text('banjir', { context: { forwarded: true } }),
    becomes: { text: 'banjir', quotedId: null },
  },
  {
    name: 'words that were forwarded by many',
    message: text('banjir', { context: { frequently_forwarded: true } }),
    becomes: { quotedId: null },
  },
  {
    name: 'words that followed an advertisement',
    message: text('halo', {
      referral: { source_url: 'https://fb.me/x', source_type: 'ad', headline: 'Lapor' },
    }),
    becomes: { text: 'halo' },
  },
  {
    name: 'words about a product',
    message: text('ini', {
      context: { id: 'wamid.P', referred_product: { catalog_id: '1', product_retailer_id: '2' } },
    }),
    becomes: { quotedId: 'wamid.P' },
  },
  {
    name: 'a link',
    message: text('https://contoh.go.id/a?b=c'),
    becomes: { text: 'https://contoh.go.id/a?b=c' },
  },
  {
    name: 'emoji of several code points',
    message: text('👨‍👩‍👧 jalan rusak 🇮🇩'),
    becomes: { text: '👨‍👩‍👧 jalan rusak 🇮🇩' },
  },
  { name: 'empty words', message: text(''), becomes: { text: '' } },
  {
    name: 'somebody who hides their number',
    message: { ...text('halo'), from: undefined, from_user_id: 'ID.13491208655302741918' },
    becomes: { from: 'whatsapp:ID.13491208655302741918', alsoKnownAs: [] },
  },
  {
    name: 'somebody with a number and an id',
    message: text('halo', { from_user_id: 'ID.13491208655302741918' }),
    becomes: {
      from: `whatsapp:${FROM}`,
      alsoKnownAs: ['whatsapp:ID.13491208655302741918'],
    },
  },
  {
    name: 'somebody whose id stands where the number was',
    message: text('halo', { from: 'ID.13491208655302741918' }),
    becomes: { from: 'whatsapp:ID.13491208655302741918', alsoKnownAs: [] },
  },
  {
    name: 'somebody with the longest id there is',
    message: { ...text('halo'), from: undefined, from_user_id: `ID.ENT.${'a1'.repeat(64)}` },
    becomes: { from: `whatsapp:ID.ENT.${'a1'.repeat(64)}` },
  },
  {
    name: 'somebody whose id stands beside the message',
    message: text('halo'),
    contacts: [{ wa_id: FROM, user_id: 'ID.1', profile: { name: 'Siti', username: '@siti' } }],
    becomes: { from: `whatsapp:${FROM}`, alsoKnownAs: ['whatsapp:ID.1'] },
  },
  {
    name: 'somebody whose number stands beside the message',
    message: { ...text('halo'), from: undefined, from_user_id: 'ID.1' },
    contacts: [{ wa_id: '62811' }, 7, { wa_id: FROM, user_id: 'ID.1' }],
    becomes: { from: `whatsapp:${FROM}`, alsoKnownAs: ['whatsapp:ID.1'] },
  },
  {
    name: 'somebody of whom all stands beside the message',
    message: { ...text('halo'), from: undefined },
    contacts: [{ user_id: 'ID.1' }],
    becomes: { from: 'whatsapp:ID.1' },
  },
  {
    name: 'somebody beside whom others stand',
    message: text('halo'),
    contacts: [{ wa_id: '62811', user_id: 'ID.2' }],
    becomes: { from: `whatsapp:${FROM}`, alsoKnownAs: [] },
  },
  {
    name: 'words said in a group',
    message: text('halo', { group_id: 'Y2FwaV9ncm91cA' }),
    becomes: 'group',
  },
]

export const PEOPLE_SEND: readonly Shape[] = [
  {
    name: 'a picture',
    message: said({ type: 'image', image: file() }),
    becomes: {
      media: [
        {
          kind: 'photo',
          id: '1003383421387256',
          url: '',
          contentType: 'image/jpeg',
          name: null,
          bytes: null,
          sha256: SHA_HEX,
        },
      ],
    },
  },
  {
    name: 'a picture with words below it',
    message: said({ type: 'image', image: file({ caption: 'got penuh' }) }),
    becomes: { text: 'got penuh' },
  },
  {
    name: 'a voice note',
    message: said({
      type: 'audio',
      audio: file({ mime_type: 'audio/ogg; codecs=opus', voice: true }),
    }),
    becomes: { text: '' },
  },
  {
    name: 'a piece of music',
    message: said({ type: 'audio', audio: file({ mime_type: 'audio/mpeg', voice: false }) }),
    becomes: { text: '' },
  },
  {
    name: 'a film with words',
    message: said({ type: 'video', video: file({ mime_type: 'video/mp4', caption: 'lihat' }) }),
    becomes: { text: 'lihat' },
  },
  {
    name: 'a document',
    message: said({
      type: 'document',
      document: file({ mime_type: 'application/pdf', filename: 'surat.pdf' }),
    }),
    becomes: { text: '' },
  },
  {
    name: 'a document with words',
    message: said({
      type: 'document',
      document: file({ mime_type: 'application/pdf', filename: 'a.pdf', caption: 'suratnya' }),
    }),
    becomes: { text: 'suratnya' },
  },
  {
    name: 'a picture sent as a document',
    message: said({ type: 'document', document: file({ filename: 'IMG.jpg' }) }),
    becomes: { text: '' },
  },
  {
    name: 'a sticker',
    message: said({ type: 'sticker', sticker: file({ mime_type: 'image/webp', animated: false }) }),
    becomes: { text: '' },
  },
  {
    name: 'a sticker that moves',
    message: said({ type: 'sticker', sticker: file({ mime_type: 'image/webp', animated: true }) }),
    becomes: { text: '' },
  },
  {
    name: 'a picture without a digest',
    message: said({ type: 'image', image: { id: '1', mime_type: 'image/png' } }),
    becomes: { text: '' },
  },
  {
    name: 'a picture with a digest in hexadecimal',
    message: said({ type: 'image', image: file({ sha256: SHA_HEX.toUpperCase() }) }),
    becomes: { text: '' },
  },
  {
    name: 'a pin',
    message: said({ type: 'location', location: { latitude: -3.3186, longitude: 114.5944 } }),
    becomes: { position: { lat: -3.3186, lon: 114.5944 }, text: '' },
  },
  {
    name: 'a place with its name',
    message: said({
      type: 'location',
      location: {
        latitude: -3.3,
        longitude: 114.6,
        name: 'Taman',
        address: 'Jl. Raya 1',
        url: 'https://x',
      },
    }),
    becomes: { text: 'Taman, Jl. Raya 1' },
  },
  {
    name: 'a pin in figures written as words',
    message: said({ type: 'location', location: { latitude: '-3.3', longitude: '114.6' } }),
    becomes: { position: { lat: -3.3, lon: 114.6 } },
  },
  {
    name: 'a pin beyond the globe',
    message: said({ type: 'location', location: { latitude: 991, longitude: 0 } }),
    becomes: { position: null, text: '' },
  },
  {
    name: 'a card of somebody',
    message: said({
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Pak RT', first_name: 'RT' },
          phones: [{ phone: '+62 811-500', type: 'CELL', wa_id: '62811500' }],
        },
      ],
    }),
    becomes: { text: 'Pak RT +62 811-500' },
  },
  {
    name: 'a reaction',
    message: said({ type: 'reaction', reaction: { message_id: 'wamid.R', emoji: '👍' } }),
    becomes: { text: '👍', quotedId: 'wamid.R' },
  },
  {
    name: 'a reaction taken back',
    message: said({ type: 'reaction', reaction: { message_id: 'wamid.R' } }),
    becomes: 'reaction',
  },
  {
    name: 'words worded anew',
    message: said({
      type: 'edit',
      edit: {
        original_message_id: 'wamid.O',
        message: { type: 'text', text: { body: 'got penuh' }, context: { id: 'wamid.O' } },
      },
    }),
    becomes: { text: 'got penuh', edits: 'wamid.O', providerId: head.id },
  },
  {
    name: 'other words below a picture',
    message: said({
      type: 'edit',
      edit: {
        original_message_id: head.id,
        message: { type: 'image', image: file({ caption: 'got penuh sekali' }) },
      },
    }),
    becomes: { text: 'got penuh sekali', edits: head.id, providerId: `${head.id} 1774000000` },
  },
  {
    name: 'words that were taken back',
    message: said({ type: 'revoke', revoke: { original_message_id: 'wamid.O' } }),
    becomes: { text: '', media: [], edits: 'wamid.O' },
  },
  {
    name: 'a card that was asked for',
    message: said({
      type: 'contacts',
      contacts: [{ origin: 'contact_request', phones: [{ phone: '+62 811-500' }] }],
    }),
    becomes: { text: '+62 811-500' },
  },
]

export const PEOPLE_TAP: readonly Shape[] = [
  {
    name: 'a button',
    message: said({
      type: 'interactive',
      context: { from: '1', id: 'wamid.B' },
      interactive: { type: 'button_reply', button_reply: { id: 'yes@12', title: 'Ya' } },
    }),
    becomes: { choice: 'yes@12', text: '', quotedId: 'wamid.B' },
  },
  {
    name: 'a row of a list',
    message: said({
      type: 'interactive',
      interactive: {
        type: 'list_reply',
        list_reply: { id: 'desk:accept:12345674:3', title: 'Terima', description: 'x' },
      },
    }),
    becomes: { choice: 'desk:accept:12345674:3' },
  },
  {
    name: 'a button of a template',
    message: said({ type: 'button', button: { payload: 'LIHAT', text: 'Lihat' } }),
    becomes: { choice: 'LIHAT', text: 'Lihat' },
  },
  {
    name: 'a form of another kind',
    message: said({
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{}', name: 'flow' } },
    }),
    becomes: { choice: null, text: '' },
  },
  {
    name: 'an order',
    message: said({ type: 'order', order: { catalog_id: '1', product_items: [] } }),
    becomes: { text: '' },
  },
  {
    name: 'an order with words',
    message: said({ type: 'order', order: { catalog_id: '1', text: 'dua', product_items: [] } }),
    becomes: { text: 'dua' },
  },
  {
    name: 'somebody who opens the chat for the first time',
    message: said({ type: 'request_welcome' }),
    becomes: { text: '', choice: null },
  },
  {
    name: 'a kind that is not carried',
    message: said({
      type: 'unsupported',
      errors: [{ code: 131051, title: 'Message type unknown' }],
    }),
    becomes: { text: '' },
  },
  {
    name: 'a kind that nobody knows yet',
    message: said({ type: 'hologram', hologram: {} }),
    becomes: { text: '' },
  },
]

export const META_TELLS: readonly Shape[] = [
  {
    name: 'sent',
    status: {
      id: 'wamid.S',
      status: 'sent',
      timestamp: '1',
      recipient_id: FROM,
      conversation: { id: 'c', origin: { type: 'utility' } },
      pricing: { billable: true },
    },
    becomes: { status: 'sent', providerId: 'wamid.S', messageId: null },
  },
  {
    name: 'delivered, with our own id',
    status: {
      id: 'wamid.S',
      status: 'delivered',
      biz_opaque_callback_data: 'our-id',
      recipient_id: FROM,
    },
    becomes: { status: 'delivered', messageId: 'our-id' },
  },
  {
    name: 'read',
    status: { id: 'wamid.S', status: 'read', recipient_id: FROM },
    becomes: { status: 'read' },
  },
  {
    name: 'a voice note that was played',
    status: { id: 'wamid.S', status: 'played' },
    becomes: { status: 'read' },
  },
  {
    name: 'failed: no such person',
    status: {
      id: 'wamid.S',
      status: 'failed',
      errors: [{ code: 131026, title: 'Message undeliverable' }],
    },
    becomes: { status: 'failed', code: '131026', failure: 'permanent' },
  },
  {
    name: 'failed: the window was shut',
    status: {
      id: 'wamid.S',
      status: 'failed',
      errors: [{ code: 131047, title: 'Re-engagement message' }],
    },
    becomes: { code: '131047', failure: 'window' },
  },
  {
    name: 'failed: overloaded',
    status: { id: 'wamid.S', status: 'failed', errors: [{ code: 131016 }] },
    becomes: { failure: 'transient' },
  },
  {
    name: 'failed: the account is locked',
    status: { id: 'wamid.S', status: 'failed', errors: [{ code: 131031 }] },
    becomes: { failure: 'suspended' },
  },
  {
    name: 'failed without a word why',
    status: { id: 'wamid.S', status: 'failed' },
    becomes: { code: null, failure: 'transient' },
  },
  { name: 'deleted', status: { id: 'wamid.S', status: 'deleted' }, becomes: 'status' },
  {
    name: 'a status that every object has',
    status: { id: 'wamid.S', status: '__proto__' },
    becomes: 'status',
  },
  {
    name: 'a changed number',
    message: said({
      type: 'system',
      system: {
        body: 'User A changed from X to Y',
        new_wa_id: '62811',
        type: 'user_changed_number',
      },
    }),
    becomes: {
      type: 'moved',
      from: `whatsapp:${FROM}`,
      to: 'whatsapp:62811',
      alsoKnownAs: [],
    } as const,
  },
  {
    name: 'a changed number with its new id',
    message: said({
      type: 'system',
      from_user_id: 'ID.1',
      system: {
        body: 'User A changed from X to Y',
        wa_id: '62811500',
        user_id: 'ID.2',
        type: 'user_changed_number',
      },
    }),
    becomes: {
      type: 'moved',
      from: `whatsapp:${FROM}`,
      to: 'whatsapp:62811500',
      alsoKnownAs: ['whatsapp:ID.2'],
    } as const,
  },
  {
    name: 'a changed id of somebody who hides their number',
    message: {
      ...said({ type: 'system', system: { user_id: 'ID.2', type: 'user_changed_user_id' } }),
      ...{ from: undefined, from_user_id: 'ID.1' },
    },
    becomes: {
      type: 'moved',
      from: 'whatsapp:ID.1',
      to: 'whatsapp:ID.2',
      alsoKnownAs: [],
    } as const,
  },
  {
    name: 'a changed id of somebody with a number',
    message: said({ type: 'system', system: { user_id: 'ID.2', type: 'user_changed_user_id' } }),
    becomes: {
      type: 'moved',
      from: `whatsapp:${FROM}`,
      to: `whatsapp:${FROM}`,
      alsoKnownAs: ['whatsapp:ID.2'],
    } as const,
  },
  {
    name: 'a change that names nobody but in its sentence, which the person wrote in part',
    message: {
      ...said({
        type: 'system',
        system: {
          body: 'User X changed from ID.7 to Y changed from ID.1 to ID.2',
          type: 'user_changed_user_id',
          user_id: 'ID.2',
        },
      }),
      from: undefined,
    },
    becomes: 'nobody',
  },
  {
    name: 'a phone that was set up anew',
    message: said({ type: 'system', system: { type: 'customer_identity_changed' } }),
    becomes: 'system',
  },
  {
    name: 'a message without a sender',
    message: { id: 'wamid.N', type: 'text', text: { body: 'x' } },
    becomes: 'nobody',
  },
  {
    name: 'a message without an id',
    message: { from: FROM, type: 'text', text: { body: 'x' } },
    becomes: 'unreadable',
  },
  { name: 'a status without an id', status: { status: 'sent' }, becomes: 'unreadable' },
]
