// WhatsApp's WebSocket on loopback: the Noise handshake for real, one citizen who encrypts with Signal for real, and
// endings of any code. Answers what a linked device asks, with as little as it accepts.

import { createHash, hkdfSync } from 'node:crypto'
import {
  type AuthenticationCreds,
  addTransactionCapability,
  aesDecryptGCM,
  aesEncryptGCM,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  decodeBinaryNode,
  encodeBinaryNode,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalKeyStore,
  writeRandomPadMax16,
} from '@whiskeysockets/baileys'
import { type WebSocket, WebSocketServer } from 'ws'

export const BOT = '6281170800001'
const MODE = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0')
const HEADER_BYTES = 4
/** Of WhatsApp itself, as anybody who connects is shown it: a client takes no other. */
const CERTIFICATE = Buffer.from(
  'CncKMwjjAhADGiCRKg7Kg1iu4CSulwLBaxX51Tefw6VXGgZqcr5OEbXIRiDQ04bOBijQjZ/TBhJA34Bj82jAHhLpCWBNVBlGnFDieamd8+138S57uMt9ke9mrn5r4+VepwBPKEgHjob6bR70rlCmWDkxZv+CfVjIAxJ2CjIIAxAAGiAcUamsMDmUxsjQuS6hh4pTNHZZnMWZ++o1mX2aqQzOYiCAka6+Bij/3rfcBhJAJw8pRkhTn+1IcOJQVN1OlZg6uikYnCumyO7acFVVX3U3QPXsGSq2TCbCbWrebSC593Su43EgprIDlfU8ZgWFBw==',
  'base64',
)

export interface FakeWhatsApp {
  readonly url: string
  /** Of every connection that was logged in. */
  opened(): number
  tried(): number
  /** From now on a WebSocket is refused with this HTTP status; null: taken. */
  refuseWith(status: number | null): void
  /** Said to whoever logs in, instead of success; null: success. */
  failWith(reason: number | null): void
  /** From now on whoever logs in is shown what to link a phone by. */
  askToLink(): void
  /** Ends the connection as WhatsApp does. */
  streamError(code: number): void
  drop(): void
  /** No answers any more; the connection stays open. */
  fallSilent(): void
  /** Ids that the device said it has received. */
  readonly receipts: string[]
  /** Ids whose sender it asked to encrypt again. */
  readonly retries: string[]
  encrypt(words: string, id: string): Promise<BinaryNode>
  deliver(node: BinaryNode): void
  stop(): Promise<void>
}

/** A device that was linked. */
export function linkedCreds(): AuthenticationCreds {
  return {
    ...initAuthCreds(),
    me: { id: `${BOT}:3@s.whatsapp.net`, lid: '99000111222333:3@lid', name: 'Kentongan' },
    account: { details: Buffer.from('x'), accountSignature: Buffer.alloc(64) } as never,
    registered: true,
    // All of its keys are with WhatsApp.
    ...{ nextPreKeyId: 31, firstUnuploadedPreKeyId: 31 },
  }
}

export async function startFakeWhatsApp(bot: AuthenticationCreds): Promise<FakeWhatsApp> {
  const receipts: string[] = []
  const retries: string[] = []
  const citizen = await citizenOf(bot)
  let refusal: number | null = null
  let failure: number | null = null
  let opened = 0
  let tried = 0
  let silent = false
  let linking = false
  let live: { readonly socket: WebSocket; send(node: BinaryNode): void } | null = null
  const server = new WebSocketServer({
    ...{ host: '127.0.0.1', port: 0 },
    verifyClient: (_info, done) => {
      tried += 1
      done(refusal === null, refusal ?? 200)
    },
  })

  function heard(node: BinaryNode, send: (answer: BinaryNode) => void): void {
    const { tag, attrs } = node
    if (silent) return
    if (tag === 'receipt') (attrs.type === 'retry' ? retries : receipts).push(attrs.id ?? '')
    if (tag !== 'iq') return
    const [asked] = Array.isArray(node.content) ? node.content : []
    const content =
      asked?.tag === 'count'
        ? [{ tag: 'count', attrs: { value: '50' } }]
        : asked?.tag === 'digest'
          ? [{ tag: 'digest', attrs: {} }]
          : []
    send({ tag: 'iq', attrs: { id: attrs.id ?? '', type: 'result' }, content })
  }

  server.on('connection', (socket) => {
    const noise = createNoise()
    const send = (node: BinaryNode) => socket.send(noise.sealed(node))
    let work = Promise.resolve()
    socket.on('error', () => {})
    socket.on('message', (data: Buffer) => {
      work = work.then(async () => {
        for (const frame of noise.frames(data)) {
          const step = noise.handshake(frame)
          if (step === 'done') {
            heard(await noise.opened(frame), send)
          } else if (step !== null) socket.send(step)
          else if (linking) {
            const refs = ['ref-1', 'ref-2'].map((ref) => Buffer.from(ref))
            const content = refs.map((ref) => ({ tag: 'ref', attrs: {}, content: ref }))
            const asked = { tag: 'pair-device', attrs: {}, content }
            const attrs = { id: 'p1', type: 'set', from: '@s.whatsapp.net' }
            send({ tag: 'iq', attrs, content: [asked] })
          } else if (failure !== null) send({ tag: 'failure', attrs: { reason: String(failure) } })
          else {
            opened += 1
            live = { socket, send }
            send({ tag: 'success', attrs: { t: '1774000000' } })
            const offline = { tag: 'offline', attrs: { count: '0' } }
            send({ tag: 'ib', attrs: {}, content: [offline] })
          }
        }
      })
      work.catch(() => socket.terminate())
    })
  })
  await new Promise<void>((resolve) => server.on('listening', () => resolve()))
  return {
    url: `ws://127.0.0.1:${server.address().port}/ws/chat`,
    ...{ receipts, retries, encrypt: citizen.encrypt },
    opened: () => opened,
    tried: () => tried,
    refuseWith: (status) => {
      refusal = status
    },
    failWith: (reason) => {
      failure = reason
    },
    askToLink: () => {
      linking = true
    },
    streamError: (code) => {
      const conflict = { tag: 'conflict', attrs: { type: 'replaced' } }
      live?.send({ tag: 'stream:error', attrs: { code: String(code) }, content: [conflict] })
    },
    drop: () => live?.socket.terminate(),
    fallSilent: () => {
      silent = true
    },
    deliver: (node) => live?.send(node),
    stop: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export const CITIZEN = '6281299900123'

/** Somebody's phone, with Signal sessions of its own. */
async function citizenOf(bot: AuthenticationCreds) {
  const log = DEFAULT_CONNECTION_CONFIG.logger.child({})
  log.level = 'silent'
  const store = addTransactionCapability(memoryKeys(), log, {
    maxCommitRetries: 1,
    delayBetweenTriesMs: 1,
  })
  const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
    { creds: initAuthCreds(), keys: store },
    log,
  )
  const jid = `${BOT}:3@s.whatsapp.net`
  await repository.injectE2ESession({
    jid,
    session: {
      registrationId: bot.registrationId,
      identityKey: generateSignalPubKey(bot.signedIdentityKey.public),
      signedPreKey: {
        keyId: bot.signedPreKey.keyId,
        publicKey: generateSignalPubKey(bot.signedPreKey.keyPair.public),
        signature: bot.signedPreKey.signature,
      },
    },
  })
  return {
    encrypt: async (conversation: string, id: string): Promise<BinaryNode> => {
      const data = writeRandomPadMax16(proto.Message.encode({ conversation }).finish())
      const { type, ciphertext } = await repository.encryptMessage({ jid, data })
      const from = `${CITIZEN}@s.whatsapp.net`
      return {
        tag: 'message',
        attrs: { from, id, t: '1774000000', type: 'text', notify: 'Warga' },
        content: [{ tag: 'enc', attrs: { v: '2', type }, content: ciphertext }],
      }
    },
  }
}

function memoryKeys(): SignalKeyStore {
  const kept = new Map<string, unknown>()
  return {
    get: async (type, ids) =>
      Object.fromEntries(
        ids.flatMap((id) => (kept.has(`${type}:${id}`) ? [[id, kept.get(`${type}:${id}`)]] : [])),
      ) as never,
    set: async (data: SignalDataSet) => {
      for (const [type, entries] of Object.entries(data))
        for (const [id, value] of Object.entries(entries ?? {})) kept.set(`${type}:${id}`, value)
    },
  }
}

/** Noise XX from the server's side. [https://noiseprotocol.org/noise.html] */
function createNoise() {
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
  const own = Curve.generateKeyPair()
  const fixed = Curve.generateKeyPair()
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

  function finish(frame: Buffer): void {
    const { clientFinish } = proto.HandshakeMessage.decode(frame)
    const theirs = decrypt(clientFinish?.static ?? Buffer.alloc(0))
    mixKey(Curve.sharedKey(own.private, theirs))
    decrypt(clientFinish?.payload ?? Buffer.alloc(0))
    ;[readKey, writeKey] = derive(Buffer.alloc(0))
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
    /** What is to be answered; null: it is over now; 'done': it was over before. */
    handshake(frame: Buffer): Buffer | null | 'done' {
      if (step === 'done') return 'done'
      if (step === 'hello') {
        step = 'finish'
        return hello(frame)
      }
      finish(frame)
      step = 'done'
      return null
    },
    opened: (frame: Buffer) =>
      decodeBinaryNode(aesDecryptGCM(frame, readKey, nonce(reading++), Buffer.alloc(0))),
    sealed: (node: BinaryNode) =>
      framed(aesEncryptGCM(encodeBinaryNode(node), writeKey, nonce(writing++), Buffer.alloc(0))),
  }
}
