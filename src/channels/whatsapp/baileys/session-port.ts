// One connection to WhatsApp as the rest of the adapter sees it: what it says of itself, and what it can be asked.

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

export interface Session {
  readonly ended: Promise<Ending>
  say(jid: string, text: string, id: string): Promise<Said>
  end(): Promise<void>
}
