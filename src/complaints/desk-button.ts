// What a button below a case card carries: which move, on which case, as it stood at which version.
// At most 64 bytes (Telegram's callback data). A press is held against what happened since that version.

const DESK_ACTIONS = [
  'show',
  'accept',
  'update',
  'answer',
  'ask',
  'return',
  'extend',
  'agree',
  'refuse',
  'take',
  'assign',
  'hold',
  'transfer',
  'merge',
  'archive',
  'close',
  'restore',
  'correct',
  'copy',
  'number',
  'contact',
  'tasks',
  'help',
] as const
export type DeskAction = (typeof DESK_ACTIONS)[number]

export interface DeskButton {
  readonly action: DeskAction
  readonly ticket: string
  /** Of the complaint, when the card was written. */
  readonly version: number
  /** What the action wants beside it (an agency's id); null: nothing. */
  readonly value: string | null
}

const BEFORE = 'desk:'

export function deskButton(
  action: DeskAction,
  { ticket, version }: { readonly ticket: string; readonly version: number },
  value: string | null = null,
): string {
  return `${BEFORE}${action}:${ticket}:${version}${value === null ? '' : `:${value}`}`
}

export function isDeskButton(choice: string | null): boolean {
  return choice?.startsWith(BEFORE) ?? false
}

/** Null: none of ours, or of an action that is no longer known. */
export function readDeskButton(choice: string | null): DeskButton | null {
  if (choice === null || !isDeskButton(choice)) return null
  const [, action, ticket, version, ...value] = choice.split(':')
  const known = DESK_ACTIONS.find((one) => one === action)
  if (known === undefined || ticket === undefined || !/^\d+$/.test(version ?? '')) return null
  const more = value.length === 0 ? null : value.join(':')
  return { action: known, ticket, version: Number(version), value: more }
}
