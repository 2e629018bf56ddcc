// WhatsApp's WebSocket on loopback: the Noise handshake and Signal encryption for real, linking by QR, endings of any
// code, and files. What it takes and answers beyond that is as little as a linked device accepts.

import {
  type AuthenticationCreds,
  type BinaryNode,
  initAuthCreds,
  jidDecode,
  type proto,
} from '@whiskeysockets/baileys'
import { type WebSocket, WebSocketServer } from 'ws'
import { muteLibsignal } from '../../src/channels/whatsapp/baileys/quiet.ts'
import { childrenOf, createAnswers } from './whatsapp/answers.ts'
import { startFiles } from './whatsapp/files.ts'
import { pairDevice, pairSuccess } from './whatsapp/linking.ts'
import { createNoise } from './whatsapp/noise.ts'
import {
  BOT,
  BOT_LID,
  CITIZEN,
  createPhones,
  DEVICE,
  type DeviceKeys,
  keysOfCreds,
  keysOfPayload,
  numberOf,
} from './whatsapp/phones.ts'

/** What becomes of what the device sends. */
export type Answer =
  | { readonly type: 'ack'; readonly error?: string; readonly afterMs?: number }
  | { readonly type: 'silence' }

export interface SaidToPhone {
  readonly to: string
  readonly providerId: string
  readonly message: proto.IMessage
}

let someCreds: AuthenticationCreds | null = null

/** A device that was linked; the same one in all tests of a file. */
export function linkedCreds(): AuthenticationCreds {
  someCreds ??= initAuthCreds()
  return {
    ...someCreds,
    me: { id: DEVICE, lid: `${BOT_LID}:3@lid`, name: 'Kentongan' },
    account: { details: Buffer.from('x'), accountSignature: Buffer.alloc(64) } as never,
    registered: true,
    // All of its keys are with WhatsApp.
    ...{ nextPreKeyId: 31, firstUnuploadedPreKeyId: 31 },
  }
}

export type FakeWhatsApp = Awaited<ReturnType<typeof startFakeWhatsApp>>

/** `bot`: the device that is linked already; null: none is. */
export async function startFakeWhatsApp(bot: AuthenticationCreds | null) {
  muteLibsignal(globalThis.console)
  const receipts: string[] = []
  const retries: string[] = []
  const nacks: string[] = []
  const said: SaidToPhone[] = []
  let device: DeviceKeys | null = bot === null ? null : keysOfCreds(bot)
  const phone = createPhones(() => device ?? keysOfCreds(initAuthCreds()))
  const files = await startFiles()
  const answer = createAnswers({ phone, mediaHost: files.authority })
  let answerBy: (node: BinaryNode) => Answer = () => ({ type: 'ack' })
  let refusal: number | null = null
  let failure: number | null = null
  let [opened, tried, attempts] = [0, 0, 0]
  let silent = false
  let live: { readonly socket: WebSocket; send(node: BinaryNode): void } | null = null
  const server = new WebSocketServer({
    ...{ host: '127.0.0.1', port: 0 },
    verifyClient: (_info, done) => {
      tried += 1
      done(refusal === null, refusal ?? 200)
    },
  })

  async function take(node: BinaryNode, send: (answer: BinaryNode) => void): Promise<void> {
    attempts += 1
    const { id = '', to = '', type = '' } = node.attrs
    const what = answerBy(node)
    if (what.type === 'silence') return
    if (what.afterMs !== undefined) await new Promise((go) => setTimeout(go, what.afterMs))
    if (what.error === undefined) await read(node, id, to)
    const error = what.error === undefined ? {} : { error: what.error }
    send({ tag: 'ack', attrs: { class: 'message', id, from: to, type, ...error } })
  }

  /** By the phone it is for; what goes to the bot's own phone stays closed. */
  async function read(node: BinaryNode, providerId: string, to: string): Promise<void> {
    const [sealed] = childrenOf(node).filter(({ tag }) => tag === 'participants')
    for (const one of sealed === undefined ? [] : childrenOf(sealed)) {
      const number = numberOf(jidDecode(one.attrs.jid ?? '')?.user ?? '')
      const [enc] = childrenOf(one)
      if (number === BOT || number !== numberOf(jidDecode(to)?.user ?? '')) continue
      const type = enc?.attrs.type === 'pkmsg' ? 'pkmsg' : 'msg'
      const message = await phone(number).decrypt(type, enc?.content as Uint8Array)
      said.push({ to: number, providerId, message })
    }
  }

  async function heard(node: BinaryNode, send: (answer: BinaryNode) => void): Promise<void> {
    const { tag, attrs } = node
    if (silent) return
    if (tag === 'receipt') (attrs.type === 'retry' ? retries : receipts).push(attrs.id ?? '')
    if (tag === 'ack' && attrs.error !== undefined) nacks.push(attrs.id ?? '')
    if (tag === 'message') await take(node, send)
    if (tag !== 'iq') return
    // The device has signed in turn: it is to come again, as who it is now.
    if (childrenOf(node)[0]?.tag === 'pair-device-sign')
      send({ tag: 'stream:error', attrs: { code: '515' } })
    else if (attrs.type !== 'result') send(await answer(node))
  }

  function meet({ devicePairingData }: proto.IClientPayload, send: (node: BinaryNode) => void) {
    if (failure !== null) return send({ tag: 'failure', attrs: { reason: String(failure) } })
    if (devicePairingData != null) {
      device = keysOfPayload(devicePairingData)
      return send(pairDevice())
    }
    opened += 1
    send({ tag: 'success', attrs: { t: '1774000000', lid: `${BOT_LID}:3@lid` } })
    send({ tag: 'ib', attrs: {}, content: [{ tag: 'offline', attrs: { count: '0' } }] })
  }

  server.on('connection', (socket) => {
    const noise = createNoise()
    const send = (node: BinaryNode) => socket.send(noise.sealed(node))
    let work = Promise.resolve()
    socket.on('error', () => {})
    socket.on('close', () => {
      if (live?.socket === socket) live = null
    })
    socket.on('message', (data: Buffer) => {
      work = work.then(async () => {
        for (const frame of noise.frames(data)) {
          const step = noise.handshake(frame)
          if (step === 'over') {
            const node = await noise.opened(frame)
            heard(node, send).catch(() => socket.terminate())
          } else if (step.answer !== undefined) socket.send(step.answer)
          else {
            live = { socket, send }
            meet(step.payload, send)
          }
        }
      })
      work.catch(() => socket.terminate())
    })
  })
  await new Promise<void>((resolve) => server.on('listening', () => resolve()))

  /** Of somebody, as it arrives. `more`: what else stands on the envelope. */
  async function encryptFrom(
    number: string,
    content: proto.IMessage,
    id: string,
    more: BinaryNode['attrs'] = {},
  ): Promise<BinaryNode> {
    const { type, ciphertext } = await phone(number).encrypt(content)
    const from = `${number}@s.whatsapp.net`
    return {
      tag: 'message',
      attrs: { from, id, t: '1774000000', type: 'text', notify: 'Warga', ...more },
      content: [{ tag: 'enc', attrs: { v: '2', type }, content: ciphertext }],
    }
  }

  return {
    url: `ws://127.0.0.1:${server.address().port}/ws/chat`,
    ...{ receipts, retries, nacks, said, files, encryptFrom },
    /** How often the device asked to send. */
    attempts: () => attempts,
    answerBy: (by: typeof answerBy) => {
      answerBy = by
    },
    /** Of every connection that was logged in. */
    opened: () => opened,
    tried: () => tried,
    /** From now on a WebSocket is refused with this HTTP status; null: taken. */
    refuseWith: (status: number | null) => {
      refusal = status
    },
    /** Said to whoever logs in, instead of success; null: success. */
    failWith: (reason: number | null) => {
      failure = reason
    },
    /** The phone of the number scans this. */
    scan: (qr: string) => live?.send(pairSuccess(qr)),
    /** Ends the connection as WhatsApp does. */
    streamError: (code: number) => {
      const conflict = { tag: 'conflict', attrs: { type: 'replaced' } }
      live?.send({ tag: 'stream:error', attrs: { code: String(code) }, content: [conflict] })
    },
    drop: () => live?.socket.terminate(),
    /** No answers any more; the connection stays open. */
    fallSilent: () => {
      silent = true
    },
    encrypt: (conversation: string, id: string) => encryptFrom(CITIZEN, { conversation }, id),
    /** False: nobody is connected. */
    deliver: (node: BinaryNode): boolean => {
      live?.send(node)
      return live !== null
    },
    stop: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await files.stop()
    },
  }
}
