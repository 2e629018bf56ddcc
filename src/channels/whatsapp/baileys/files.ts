// A file that goes out: sealed, uploaded to WhatsApp's own hosts, and worded as the message that leads to it.
// Rule: what does not get there is never a fault of the words; nothing was told to anybody yet, so it may be tried again.

import { z } from 'zod'
import type { Enclosure } from '../../../message.ts'
import { type SealedFile, sealed } from './cipher.ts'
import type { Saying, Session } from './session-port.ts'

export interface FilesParts {
  /** Where its paths lie, without a slash at its end; null: where WhatsApp says. */
  readonly host: string | null
  readonly nowMs: () => number
  readonly timeoutMs: number
}

export type Uploaded =
  | { readonly type: 'there'; readonly saying: Saying }
  | { readonly type: 'failed'; readonly why: string }

/** What WhatsApp shows as a picture or plays; all else is a document. [what its own clients take] */
const SHAPES: Readonly<Record<string, 'image' | 'video' | 'audio'>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'video/mp4': 'video',
  'audio/ogg': 'audio',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/aac': 'audio',
}

const held = z.object({ url: z.string().default(''), direct_path: z.string().min(1) })

export function createFiles({ host, nowMs, timeoutMs }: FilesParts) {
  /** Null: this host does not take it. */
  async function post(base: string, shape: string, auth: string, file: SealedFile) {
    const token = Buffer.from(file.sealedDigest).toString('base64url')
    const url = `${base}/mms/${shape}/${token}?auth=${encodeURIComponent(auth)}&token=${token}`
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/octet-stream',
          Origin: 'https://web.whatsapp.com',
        },
        body: new Uint8Array(file.bytes),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return held.safeParse(await answer.json()).data ?? null
    } catch {
      return null
    }
  }

  return async (
    session: Pick<Session, 'uploadDesk'>,
    { contentType }: Enclosure,
    bytes: Uint8Array,
  ): Promise<Uploaded> => {
    const shape = SHAPES[contentType] ?? 'document'
    const file = sealed(bytes, shape)
    if (file === null) return { type: 'failed', why: 'it cannot be sealed' }
    for (const fresh of [false, true]) {
      const desk = await session.uploadDesk(fresh).catch(() => null)
      if (desk === null) return { type: 'failed', why: 'WhatsApp named no place for files' }
      const bases = host === null ? desk.hosts.map((name) => `https://${name}`) : [host]
      for (const base of bases) {
        const there = await post(base, shape, desk.auth, file)
        if (there === null) continue
        const around = { ...wired(file, there, nowMs()), mimetype: contentType }
        return { type: 'there', saying: sayingOf(shape, around, bytes.length) }
      }
    }
    return { type: 'failed', why: 'no place of WhatsApp took the file' }
  }
}

function wired(file: SealedFile, at: z.infer<typeof held>, now: number) {
  return {
    ...{ url: at.url, directPath: at.direct_path, mediaKey: file.key },
    ...{ fileSha256: file.digest, fileEncSha256: file.sealedDigest },
    mediaKeyTimestamp: Math.floor(now / 1_000),
  }
}

function sayingOf(
  shape: 'image' | 'video' | 'audio' | 'document',
  file: ReturnType<typeof wired> & { readonly mimetype: string },
  fileLength: number,
): Saying {
  switch (shape) {
    case 'image':
      return { imageMessage: { ...file, fileLength } }
    case 'video':
      return { videoMessage: { ...file, fileLength } }
    case 'audio':
      // What was spoken into a phone is shown as that.
      return { audioMessage: { ...file, fileLength, ptt: file.mimetype === 'audio/ogg' } }
    case 'document': {
      const ending = file.mimetype.slice(file.mimetype.indexOf('/') + 1).replace(/[^a-z0-9]/g, '')
      const fileName = `lampiran.${ending}`
      return { documentMessage: { ...file, fileLength, fileName, title: fileName } }
    }
  }
}
