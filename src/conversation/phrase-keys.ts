// Every phrase the code asks for, with its placeholders: what config/phrases must hold.
// A phrase missing in `id`, or with a placeholder that is not listed here, refuses to start.

/** Key → names of the placeholders a phrase may use. */
export type PhraseKeys = Readonly<Record<string, readonly string[]>>

/** Replies of the conversation. */
export const REPLIES = {} as const satisfies PhraseKeys

/** Notices to reporters, and pings to coordinators. */
export const NOTICES = {} as const satisfies PhraseKeys
