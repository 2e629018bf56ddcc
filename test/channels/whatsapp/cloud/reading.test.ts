// What Meta posts, shape by shape, and batches in which one item is broken.

import { describe, expect, test } from '@jest/globals'
import { type CloudItem, itemsOf } from '../../../../src/channels/whatsapp/cloud/payload.ts'
import { readItem } from '../../../../src/channels/whatsapp/cloud/reading.ts'
import { META_NUMBER_ID, webhookOf } from '../../../support/fake-meta.ts'
import {
  type Became,
  META_TELLS,
  PEOPLE_SEND,
  PEOPLE_TAP,
  PEOPLE_WRITE,
  type Shape,
} from './payloads.ts'

const asItIs = (item: CloudItem) => readItem(item, (id) => id)

function became({ message, status, contacts }: Shape): readonly Became[] {
  const messages = message === undefined ? [] : [JSON.parse(JSON.stringify(message))]
  const posted = webhookOf(messages, status === undefined ? [] : [status], contacts)
  const items = itemsOf(posted, META_NUMBER_ID) ?? []
  return items.map(asItIs).map(({ event, ignored }) => event ?? ignored)
}

describe.each([
  ['people write', PEOPLE_WRITE],
  ['people send', PEOPLE_SEND],
  ['people tap', PEOPLE_TAP],
  ['Meta tells', META_TELLS],
])('%s', (_, shapes) => {
  test.each(shapes)('$name', (shape) => {
    const [only, ...more] = became(shape)
    expect(more).toEqual([])
    const { becomes } = shape
    if (typeof becomes === 'string') return expect(only).toBe(becomes)
    if (typeof only !== 'object') throw new Error(`it became ${only}`)
    const said = 'message' in only ? only.message : undefined
    expect(said ?? ('receipt' in only ? only.receipt : only)).toMatchObject(becomes)
  })
})

test('a message bears another name in our books than at Meta: that one holds the number', () => {
  const items = itemsOf(
    webhookOf(
      [{ ...PEOPLE_WRITE[0]?.message, context: { id: 'q' } }],
      [{ id: 's', status: 'read' }],
    ),
    META_NUMBER_ID,
  )
  const read = (items ?? []).map((item) => readItem(item, (id) => `name of ${id}`).event)
  expect(read).toMatchObject([
    { message: { providerId: expect.stringMatching(/^name of wamid/), quotedId: 'name of q' } },
    { receipt: { providerId: 'name of s' } },
  ])
})

test('a broken item holds up none of those around it', () => {
  const good = PEOPLE_WRITE[0]?.message
  const posted = webhookOf([good, { type: 7 }, null, good], [{ status: 'sent' }, 'x'])
  const read = (itemsOf(posted, META_NUMBER_ID) ?? []).map(asItIs)
  expect(read.map(({ event, ignored }) => event?.type ?? ignored)).toEqual([
    ...['message', 'unreadable', 'unreadable', 'message'],
    ...['unreadable', 'unreadable'],
  ])
})

test('several entries with several changes are all read, those of another number aside', () => {
  const { entry } = webhookOf([PEOPLE_WRITE[0]?.message]) as { readonly entry: readonly object[] }
  const other = JSON.parse(JSON.stringify(entry[0]).replaceAll(META_NUMBER_ID, '1'))
  const field = { id: '1', changes: [{ field: 'account_update', value: {} }] }
  const posted = {
    object: 'whatsapp_business_account',
    entry: [...entry, other, field, ...entry, 3],
  }
  const read = (itemsOf(posted, META_NUMBER_ID) ?? []).map(asItIs)
  expect(read.map(({ event, ignored }) => event?.type ?? ignored)).toEqual([
    ...['message', 'not-ours', 'account', 'message', 'unreadable'],
  ])
})

test.each([
  null,
  'x',
  [],
  {},
  { object: 'page', entry: [] },
  { object: 'whatsapp_business_account' },
])('%j is no webhook of WhatsApp', (posted) => {
  expect(itemsOf(posted, META_NUMBER_ID)).toBeNull()
})
