// The Noise handshake of WhatsApp from the server's side, and the frames after it.

import { createHash, hkdfSync } from 'node:crypto'
import {
  aesDecryptGCM,
  aesEncryptGCM,
  type BinaryNode,
  Curve,
  decodeBinaryNode,
  encodeBinaryNode,
  proto,
} from '@whiskeysockets/baileys'

const MODE = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0')
const HEADER_BYTES = 4
/** Of WhatsApp itself, as anybody who connects is shown it: a client takes no other. */
const CERTIFICATE = Buffer.from(
  'CncKMwjjAhADGiCRKg7Kg1iu4CSulwLBaxX51Tefw6VXGgZqcr5OEbXIRiDQ04bOBijQjZ/TBhJA34Bj82jAHhLpCWBNVBlGnFDieamd8+138S57uMt9ke9mrn5r4+VepwBPKEgHjob6bR70rlCmWDkxZv+CfVjIAxJ2CjIIAxAAGiAcUamsMDmUxsjQuS6hh4pTNHZZnMWZ++o1mX2aqQzOYiCAka6+Bij/3rfcBhJAJw8pRkhTn+1IcOJQVN1OlZg6uikYnCumyO7acFVVX3U3QPXsGSq2TCbCbWrebSC593Su43EgprIDlfU8ZgWFBw==',
  'base64',
)

type Step =
  | 'over'
  | { readonly answer: Buffer; readonly payload?: never }
  /** Who connects: a login, or a device that wants to become one. */
  | { readonly payload: proto.IClientPayload; readonly answer?: never }

/** Noise XX from the server's side. [https://noiseprotocol.org/noise.html] */
/** The same for every connection: making keys is what takes long. */
const own = Curve.generateKeyPair()
const fixed = Curve.generateKeyPair()

export function createNoise() {
  let hash: Buffer = MODE
  let salt: Buffer = MODE
  let key: Buffer = MODE
  let counter = 0
  let buffered = Buffer.alloc(0)
  let introduced = false
  let step: 'hello' | 'finish' | 'done' = 'hello'
  let [reading, writing] = [0, 0]
  let readKey: Buffer = MODE
  let writeKey: Buffer = MODE
  const nonce = (count: number) => {
    const iv = Buffer.alloc(12)
    iv.writeUInt32BE(count, 8)
    return iv
  }
  const mix = (data: Uint8Array) => {
    hash = createHash('sha256').update(hash).update(data).digest()
  }
  const derive = (data: Uint8Array) => {
    const out = Buffer.from(hkdfSync('sha256', data, salt, '', 64))
    return [out.subarray(0, 32), out.subarray(32)] as [Buffer, Buffer]
  }
  const mixKey = (data: Uint8Array) => {
    ;[salt, key] = derive(data)
    counter = 0
  }
  const encrypt = (plain: Uint8Array) => {
    const out = aesEncryptGCM(plain, key, nonce(counter++), hash)
    mix(out)
    return out
  }
  const decrypt = (sealed: Uint8Array) => {
    const out = aesDecryptGCM(sealed, key, nonce(counter++), hash)
    mix(sealed)
    return out
  }
  const framed = (data: Uint8Array) => {
    const head = Buffer.from([data.length >>> 16, (data.length >>> 8) & 255, data.length & 255])
    return Buffer.concat([head, data])
  }

  function hello(frame: Buffer): Buffer {
    const ephemeral = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral ?? Buffer.alloc(0)
    mix(ephemeral)
    mix(own.public)
    mixKey(Curve.sharedKey(own.private, ephemeral))
    const fixedSealed = encrypt(fixed.public)
    mixKey(Curve.sharedKey(fixed.private, ephemeral))
    const payload = encrypt(CERTIFICATE)
    const serverHello = { ephemeral: own.public, static: fixedSealed, payload }
    return framed(proto.HandshakeMessage.encode({ serverHello }).finish())
  }

  function finish(frame: Buffer): proto.IClientPayload {
    const { clientFinish } = proto.HandshakeMessage.decode(frame)
    const theirs = decrypt(clientFinish?.static ?? Buffer.alloc(0))
    mixKey(Curve.sharedKey(own.private, theirs))
    const payload = decrypt(clientFinish?.payload ?? Buffer.alloc(0))
    ;[readKey, writeKey] = derive(Buffer.alloc(0))
    return proto.ClientPayload.decode(payload)
  }

  return {
    frames(data: Buffer): Buffer[] {
      buffered = Buffer.concat([buffered, introduced ? data : data.subarray(HEADER_BYTES)])
      if (!introduced) mix(data.subarray(0, HEADER_BYTES))
      introduced = true
      const frames: Buffer[] = []
      for (;;) {
        if (buffered.length < 3) return frames
        const size = (buffered.readUInt8(0) << 16) | buffered.readUInt16BE(1)
        if (buffered.length < 3 + size) return frames
        frames.push(buffered.subarray(3, 3 + size))
        buffered = buffered.subarray(3 + size)
      }
    },
    /** One frame of it; 'over': it was before, and this is none of it. */
    handshake(frame: Buffer): Step {
      if (step === 'done') return 'over'
      if (step === 'hello') {
        step = 'finish'
        return { answer: hello(frame) }
      }
      step = 'done'
      return { payload: finish(frame) }
    },
    opened: (frame: Buffer) =>
      decodeBinaryNode(aesDecryptGCM(frame, readKey, nonce(reading++), Buffer.alloc(0))),
    sealed: (node: BinaryNode) =>
      framed(aesEncryptGCM(encodeBinaryNode(node), writeKey, nonce(writing++), Buffer.alloc(0))),
  }
}
