// One connection to WhatsApp as the rest of the adapter sees it: what it says of itself, and what it can be asked.

import type { proto } from '@whiskeysockets/baileys'

/** What links a phone: shown in the terminal. */
export type Link =
  | { readonly type: 'qr'; readonly qr: string }
  | { readonly type: 'code'; readonly code: string }

export interface Ending {
  readonly code: number
  /** WhatsApp itself said so; else it was whoever stood in between, such as a proxy. */
  readonly byWhatsApp: boolean
}

/** What became of a message: WhatsApp's own answer, or none. */
export type Said =
  | { readonly type: 'acked'; readonly error: string | null }
  | { readonly type: 'silent' }
  /** It did not leave. */
  | { readonly type: 'unsent'; readonly why: string }

/** What one message says: words, or a file. */
export type Saying = proto.IMessage

/** Where files are uploaded to, and with which leave; WhatsApp names them by the hour. */
interface UploadDesk {
  readonly hosts: readonly string[]
  readonly auth: string
}

export interface Session {
  /** Once the login it ended with is kept. */
  readonly ended: Promise<Ending>
  say(jid: string, saying: Saying, id: string): Promise<Said>
  /** Rejects when WhatsApp does not tell. `fresh`: what it told before is no longer taken. */
  uploadDesk(fresh: boolean): Promise<UploadDesk>
  end(): Promise<void>
}
