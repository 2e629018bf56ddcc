// A picture to be seen once, which no linked device is shown.

import { expect, test } from '@jest/globals'
import { unseenIn } from '../../../../src/channels/whatsapp/baileys/unseen.ts'
import { CITIZEN } from '../../../support/whatsapp/phones.ts'
import { inHouse, until } from './harness.ts'

const told = (type: string, more = {}) => ({
  tag: 'message',
  attrs: { from: `${CITIZEN}@s.whatsapp.net`, id: `ONCE-${type}`, t: '1774000000', ...more },
  content: [{ tag: 'unavailable', attrs: { type } }],
})

test('a picture to be seen once is one that could not be fetched: whoever sent it is answered', () =>
  inHouse(async (house) => {
    await house.start()
    house.fake.deliver(told('view_once'))
    house.fake.deliver(told('view_once_unavailable_fanout'))
    await until(() => house.inbox.size === 2)
    for (const event of house.events)
      expect(event).toMatchObject({
        message: { from: `whatsapp:${CITIZEN}`, text: '', media: [{ kind: 'photo', id: '' }] },
      })
  }))

test.each([
  ['of our own phone', told('view_once', { recipient: '6281299900777@s.whatsapp.net' })],
  ['of a hosted program', told('bot_unavailable_fanout')],
  ['with words', { ...told('view_once'), content: [{ tag: 'enc', attrs: {} }] }],
  ['without anything', { ...told('view_once'), content: undefined }],
])('one %s is none', (_, stanza) => expect(unseenIn(stanza)).toBeNull())
