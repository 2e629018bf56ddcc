// People's phones, each with Signal keys and sessions of its own: they encrypt to a linked device and read what it says.

import {
  type AuthenticationCreds,
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalKeyStore,
  unpadRandomMax16,
  writeRandomPadMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys'

export const BOT = '6281170800001'
export const BOT_LID = '99000111222333'
export const CITIZEN = '6281299900123'
export const DEVICE = `${BOT}:3@s.whatsapp.net`

/** What WhatsApp knows of a linked device. */
export interface DeviceKeys {
  readonly registrationId: number
  readonly identity: Uint8Array
  readonly signedPreKey: {
    readonly keyId: number
    readonly publicKey: Uint8Array
    readonly signature: Uint8Array
  }
}

export const keysOfCreds = (creds: AuthenticationCreds): DeviceKeys => ({
  registrationId: creds.registrationId,
  identity: creds.signedIdentityKey.public,
  signedPreKey: {
    keyId: creds.signedPreKey.keyId,
    publicKey: creds.signedPreKey.keyPair.public,
    signature: creds.signedPreKey.signature,
  },
})

/** As a device tells them when it is to be linked. */
export function keysOfPayload(
  data: proto.ClientPayload.IDevicePairingRegistrationData,
): DeviceKeys {
  const number = (bytes: Uint8Array | null | undefined) =>
    Buffer.from(bytes ?? []).readUIntBE(0, bytes?.length ?? 1)
  return {
    registrationId: number(data.eRegid),
    identity: data.eIdent ?? new Uint8Array(),
    signedPreKey: {
      keyId: number(data.eSkeyId),
      publicKey: data.eSkeyVal ?? new Uint8Array(),
      signature: data.eSkeySig ?? new Uint8Array(),
    },
  }
}

/** Everybody has a hidden name of this form. */
export const lidOf = (number: string) => (number === BOT ? BOT_LID : `99${number}`)
export const numberOf = (user: string) =>
  user === BOT_LID ? BOT : user.startsWith('99') ? user.slice(2) : user

export interface Phone {
  encrypt(
    content: proto.IMessage,
  ): Promise<{ readonly type: string; readonly ciphertext: Uint8Array }>
  decrypt(type: 'pkmsg' | 'msg', ciphertext: Uint8Array): Promise<proto.IMessage>
  /** What WhatsApp gives whoever wants to write to it first. */
  bundle(jid: string): Promise<BinaryNode>
}

export function createPhones(device: () => DeviceKeys) {
  const phones = new Map<string, Phone>()
  return (number: string): Phone => {
    const phone = phones.get(number) ?? createPhone(device)
    phones.set(number, phone)
    return phone
  }
}

function createPhone(device: () => DeviceKeys): Phone {
  const log = DEFAULT_CONNECTION_CONFIG.logger.child({})
  log.level = 'silent'
  const creds = initAuthCreds()
  const commits = { maxCommitRetries: 1, delayBetweenTriesMs: 1 }
  const keys = addTransactionCapability(memoryKeys(), log, commits)
  const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, log)
  let preKeys = 0

  async function meet(): Promise<void> {
    if ((await repository.validateSession(DEVICE)).exists) return
    const { registrationId, identity, signedPreKey } = device()
    await repository.injectE2ESession({
      jid: DEVICE,
      session: {
        registrationId,
        identityKey: generateSignalPubKey(identity),
        signedPreKey: {
          ...signedPreKey,
          publicKey: generateSignalPubKey(signedPreKey.publicKey),
        },
      } as Parameters<typeof repository.injectE2ESession>[0]['session'],
    })
  }

  return {
    encrypt: async (content) => {
      await meet()
      const data = writeRandomPadMax16(proto.Message.encode(content).finish())
      return repository.encryptMessage({ jid: DEVICE, data })
    },
    decrypt: async (type, ciphertext) => {
      const plain = await repository.decryptMessage({ jid: DEVICE, type, ciphertext })
      return proto.Message.decode(unpadRandomMax16(plain))
    },
    bundle: async (jid) => {
      preKeys += 1
      const pair = Curve.generateKeyPair()
      await keys.set({ 'pre-key': { [preKeys]: pair } })
      const registration = Buffer.alloc(4)
      registration.writeUInt32BE(creds.registrationId)
      return {
        tag: 'user',
        attrs: { jid },
        content: [
          { tag: 'registration', attrs: {}, content: registration },
          { tag: 'type', attrs: {}, content: Buffer.from([5]) },
          { tag: 'identity', attrs: {}, content: creds.signedIdentityKey.public },
          xmppSignedPreKey(creds.signedPreKey),
          xmppPreKey(pair, preKeys),
        ],
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
