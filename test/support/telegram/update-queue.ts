// The updates a bot has not confirmed yet, and the two ways they reach it: long polling or a webhook.
// Rule: confirmed is only what a poll's offset passed, or what a webhook answered with 2xx; nothing else leaves the queue.

import { setTimeout as passes } from 'node:timers/promises'
import { chatOf, type Json, type NewUpdate, UPDATE_KINDS } from './updates.ts'

export interface Poll {
  readonly offset: number | null
  readonly limit: number
  readonly timeoutS: number
  readonly allowed: readonly string[] | null
}

interface Webhook {
  readonly url: string
  readonly secret: string | null
}

export interface Delivery {
  readonly updateId: number
  /** 0: nobody answered. */
  readonly status: number
}

type Polled =
  | { readonly type: 'updates'; readonly updates: readonly Json[] }
  /** Another poll came while this one waited. */
  | { readonly type: 'conflict' }

export interface UpdateQueue {
  /** The id it got; null when it is of a kind the bot did not ask for. */
  bring(update: NewUpdate): number | null
  poll(poll: Poll, gone: Promise<unknown>): Promise<Polled>
  setWebhook(webhook: Webhook | null, allowed: readonly string[] | null): void
  readonly webhook: Webhook | null
  /** Where the webhook's host is really to be found; null: nobody is there. */
  reach(base: string | null): void
  readonly deliveries: readonly Delivery[]
  /** Ids that are not confirmed. */
  waiting(): readonly number[]
  /** The next update gets this id. */
  restartIds(from: number): void
  stop(): void
}

/** Asked for by name only. [https://core.telegram.org/bots/api#getupdates, allowed_updates] */
const BY_NAME_ONLY = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const RETRY_MS = 20
const FIRST_ID = 830_000_001

interface Waiting {
  readonly update: Json & { readonly update_id: number }
  /** Being posted, or to be. */
  readonly chat: number | null
}

/** `onChange` hears whenever something may have left or entered. */
export function createUpdateQueue(onChange: () => void): UpdateQueue {
  let queue: Waiting[] = []
  let nextId = FIRST_ID
  let allowed: ReadonlySet<string> = new Set(UPDATE_KINDS.filter((kind) => !BY_NAME_ONLY.has(kind)))
  let webhook: Webhook | null = null
  let base: string | null = null
  let ended = false
  let changed: () => void = () => {}
  let change = new Promise<void>(() => {})
  let supersede: () => void = () => {}
  const deliveries: Delivery[] = []
  const posting = new Set<number | null>()
  renew()

  function renew(): void {
    change = new Promise((resolve) => {
      changed = resolve
    })
  }

  function tell(): void {
    changed()
    renew()
    onChange()
    if (webhook !== null) for (const { chat } of queue) void post(chat)
  }

  function allow(kinds: readonly string[] | null): void {
    if (kinds === null) return
    const all = kinds.length === 0 ? UPDATE_KINDS.filter((kind) => !BY_NAME_ONLY.has(kind)) : kinds
    allowed = new Set(all)
  }

  /** One chat's updates go one after the other; those of different chats side by side. */
  async function post(chat: number | null): Promise<void> {
    if (posting.has(chat)) return
    posting.add(chat)
    for (let next = headOf(chat); next !== undefined; next = headOf(chat)) {
      if (ended || webhook === null) break
      if (base === null) {
        await change
        continue
      }
      const { update } = next
      const status = await deliver(base, webhook, update)
      deliveries.push({ updateId: update.update_id, status })
      if (status >= 200 && status < 300) queue = queue.filter((one) => one !== next)
      onChange()
      if (headOf(chat) === next) await passes(RETRY_MS)
    }
    posting.delete(chat)
  }

  const headOf = (chat: number | null) => queue.find((one) => one.chat === chat)

  function forget(offset: number | null): void {
    if (offset === null || offset === 0) return
    queue =
      offset > 0 ? queue.filter(({ update }) => update.update_id >= offset) : queue.slice(offset)
  }

  async function poll(asked: Poll, gone: Promise<unknown>): Promise<Polled> {
    supersede()
    let superseded = false
    const other = new Promise<void>((resolve) => {
      supersede = () => {
        superseded = true
        resolve()
      }
    })
    allow(asked.allowed)
    forget(asked.offset)
    onChange()
    const late = passes(asked.timeoutS * 1000, undefined, { ref: false })
    let over = asked.timeoutS === 0
    const end = Promise.race([late, gone]).then(() => {
      over = true
    })
    while (queue.length === 0 && !over && !superseded) await Promise.race([change, end, other])
    if (superseded) return { type: 'conflict' }
    supersede = () => {}
    return { type: 'updates', updates: queue.slice(0, asked.limit).map(({ update }) => update) }
  }

  return {
    bring: (update) => {
      const [kind = ''] = Object.keys(update)
      if (!allowed.has(kind)) return null
      const id = nextId++
      queue.push({ update: { update_id: id, ...update }, chat: chatOf(update) })
      tell()
      return id
    },
    poll,
    setWebhook: (next, kinds) => {
      webhook = next
      allow(kinds)
      tell()
    },
    get webhook() {
      return webhook
    },
    reach: (next) => {
      base = next
      tell()
    },
    deliveries,
    waiting: () => queue.map(({ update }) => update.update_id),
    restartIds: (from) => {
      nextId = from
    },
    stop: () => {
      ended = true
      tell()
    },
  }
}

async function deliver(base: string, { url, secret }: Webhook, update: Json): Promise<number> {
  try {
    const { pathname, search } = new URL(url)
    const response = await fetch(base + pathname + search, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(secret === null ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret }),
      },
      body: JSON.stringify(update),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}
