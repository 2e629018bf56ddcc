// Files that go with a message: pictures as one album, everything else by itself, each as what its bytes are.
// Rule: no file holds up the words; what is gone, or what Telegram does not take, is named in them instead.

import type { Enclosure } from '../../message.ts'
import type { ReadMedia, SendResult } from '../channel.ts'
import type { Answer, BotApi } from './api.ts'
import type { Keyboard } from './buttons.ts'
import { isAboutFile } from './codes.ts'

/** Files of one call. */
type Parcel = readonly Enclosure[]

/** Under a single file. */
export interface Caption {
  readonly text: string
  readonly keyboard: Keyboard
}

interface Sent {
  /** Null: nothing of it could be sent, and never will be. */
  readonly result: SendResult | null
  /** What did not go, for good. */
  readonly left: Parcel
}

/** Asks when the chat's turn has come; `answer` is null where it has not. */
export type Call = (
  chat: string,
  ask: () => Promise<Answer<MadeMessages>>,
) => Promise<{ readonly result: SendResult; readonly answer: Answer<MadeMessages> | null }>

type MadeMessages = Made | readonly Made[]

export interface Made {
  readonly message_id: number
}

/** [https://core.telegram.org/bots/api#sendmediagroup] */
const MOST_IN_ALBUM = 10
/** [https://core.telegram.org/bots/api#sendphoto, caption] Counted in UTF-16 units. */
export const LONGEST_CAPTION = 1_024

type Shape = 'photo' | 'voice' | 'video' | 'document'

/** [https://core.telegram.org/bots/api#sendvoice, #sendvideo] What is not here goes as a document. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'image/jpeg': 'photo',
  'image/png': 'photo',
  'image/webp': 'photo',
  'audio/ogg': 'voice',
  'audio/mpeg': 'voice',
  'audio/mp4': 'voice',
  'audio/x-m4a': 'voice',
  'video/mp4': 'video',
}

const shapeOf = ({ contentType }: Enclosure): Shape => SHAPES[contentType] ?? 'document'

/** In their order; always the same for the same files, whichever of them are still there. */
export function parcelsOf(files: readonly Enclosure[]): readonly Parcel[] {
  const parcels: Enclosure[][] = []
  for (const file of files) {
    const last = parcels.at(-1)
    const joins = last !== undefined && last.length < MOST_IN_ALBUM
    if (joins && shapeOf(file) === 'photo' && last.every((one) => shapeOf(one) === 'photo'))
      last.push(file)
    else parcels.push([file])
  }
  return parcels
}

export interface EnclosingParts {
  readonly api: Pick<BotApi, 'ask'>
  readonly readMedia: ReadMedia
  readonly call: Call
  /** How long an upload may take: less than the outbox waits for a send. */
  readonly uploadMs: number
}

export function createEnclosing({ api, readMedia, call, uploadMs }: EnclosingParts) {
  async function sendParcel(chat: string, parcel: Parcel, caption: Caption | null): Promise<Sent> {
    const read = await Promise.all(parcel.map(async (one) => ({ one, bytes: await bytesOf(one) })))
    const there = read.flatMap(({ one, bytes }) => (bytes === null ? [] : [{ one, bytes }]))
    const left = read.flatMap(({ one, bytes }) => (bytes === null ? [one] : []))
    const [first] = there
    if (first === undefined) return { result: null, left }
    // A strip too narrow for a picture, a voice somebody does not want to get: as a file it may go.
    const shape = shapeOf(first.one)
    for (const as of shape === 'document' ? [shape] : [shape, 'document' as const]) {
      const { result, answer } = await call(chat, () => upload(chat, there, as, caption))
      if (answer?.type !== 'refused' || !isAboutFile(answer)) return { result, left }
    }
    return { result: null, left: parcel }
  }

  async function bytesOf({ digest }: Enclosure): Promise<Uint8Array | null> {
    return digest === '' ? null : readMedia(digest)
  }

  function upload(
    chat: string,
    files: readonly { readonly one: Enclosure; readonly bytes: Uint8Array }[],
    shape: Shape,
    caption: Caption | null,
  ): Promise<Answer<MadeMessages>> {
    const sources = files.map(({ one, bytes }, place) => ({
      source: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      filename: `${place + 1}.${endingOf(one)}`,
    }))
    const chat_id = Number(chat)
    const [alone, ...others] = sources
    if (alone === undefined || others.length > 0) {
      const type = shape === 'photo' ? ('photo' as const) : ('document' as const)
      const media = sources.map((source) => ({ type, media: source }))
      return api.ask('sendMediaGroup', { chat_id, media: media as never }, { timeoutMs: uploadMs })
    }
    const inline_keyboard = (caption?.keyboard ?? []).map((row) => [...row])
    const more = {
      chat_id,
      ...(caption === null ? {} : { caption: caption.text }),
      ...(inline_keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard } }),
    }
    const options = { timeoutMs: uploadMs }
    switch (shape) {
      case 'photo':
        return api.ask('sendPhoto', { ...more, photo: alone }, options)
      case 'voice':
        return api.ask('sendVoice', { ...more, voice: alone }, options)
      case 'video':
        return api.ask('sendVideo', { ...more, video: alone }, options)
      case 'document':
        return api.ask('sendDocument', { ...more, document: alone }, options)
    }
  }

  /** Those of these that are there no more. */
  async function goneOf(files: readonly Enclosure[]): Promise<Parcel> {
    const read = await Promise.all(files.map(async (one) => ((await bytesOf(one)) ? [] : [one])))
    return read.flat()
  }

  return { sendParcel, goneOf }
}

/** The words, and below them what could not be sent with them. */
export function withGone(text: string, left: readonly Enclosure[]): string {
  const notes = new Set(left.map(({ gone }) => gone))
  return [text, ...notes].filter((part) => part !== '').join('\n\n')
}

/** `jpeg` of `image/jpeg`. */
function endingOf({ contentType }: Enclosure): string {
  return contentType.slice(contentType.indexOf('/') + 1).replace(/[^a-z0-9]/g, '')
}
