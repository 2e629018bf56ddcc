// What a phone does that scans a QR: it signs the device, and WhatsApp tells the device who it is now.

import { createHmac } from 'node:crypto'
import { type BinaryNode, Curve, proto } from '@whiskeysockets/baileys'
import { BOT_LID, DEVICE } from './phones.ts'

/** [WAProto: what an account signs of a device] */
const ACCOUNT_SIGNS = Buffer.from([6, 0])

export function pairSuccess(qr: string): BinaryNode {
  const [, , identity = '', secret = ''] = (qr.split('#')[1] ?? '').split(',')
  const account = Curve.generateKeyPair()
  const details = Buffer.from(
    proto.ADVDeviceIdentity.encode({ rawId: 1, timestamp: 1_774_000_000, keyIndex: 1 }).finish(),
  )
  const signs = Buffer.concat([ACCOUNT_SIGNS, details, Buffer.from(identity, 'base64')])
  const signed = proto.ADVSignedDeviceIdentity.encode({
    ...{ details, accountSignatureKey: account.public },
    accountSignature: Curve.sign(account.private, signs),
  }).finish()
  const hmac = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest()
  const content = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish()
  return {
    tag: 'iq',
    attrs: { id: 'p2', type: 'set', xmlns: 'md', from: '@s.whatsapp.net' },
    content: [
      {
        tag: 'pair-success',
        attrs: {},
        content: [
          { tag: 'device-identity', attrs: {}, content },
          { tag: 'platform', attrs: { name: 'android' } },
          { tag: 'device', attrs: { jid: DEVICE, lid: `${BOT_LID}:3@lid` } },
        ],
      },
    ],
  }
}

export function pairDevice(): BinaryNode {
  const refs = ['ref-1', 'ref-2'].map((ref) => Buffer.from(ref))
  const content = refs.map((ref) => ({ tag: 'ref', attrs: {}, content: ref }))
  const attrs = { id: 'p1', type: 'set', from: '@s.whatsapp.net' }
  return { tag: 'iq', attrs, content: [{ tag: 'pair-device', attrs: {}, content }] }
}
