// A relay before PostgreSQL that counts how often somebody waits for it: from the first question until all are answered.
// What is asked on several connections at the same time is one wait.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Relay {
  /** The database behind it, by way of the relay. */
  readonly url: string
  waits(): number
  /** Statements that were run, prepared or not. */
  statements(): number
  close(): Promise<void>
}

/** Frontend messages that are answered by one ReadyForQuery each: simple query, and Sync. */
const ASKS = new Set(['Q', 'S'])
/** Execute, and a simple query. */
const RUNS = new Set(['E', 'Q'])

export async function relayTo(url: string): Promise<Relay> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let open = 0
  let waits = 0
  let statements = 0
  const asked = () => {
    if (open++ === 0) waits++
  }
  const answered = () => {
    // The one after the handshake answers no question.
    open = Math.max(0, open - 1)
  }
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    near.on(
      'data',
      messages(true, (type) => {
        if (RUNS.has(type)) statements++
        if (ASKS.has(type)) asked()
      }),
    )
    far.on(
      'data',
      messages(false, (type) => type === 'Z' && answered()),
    )
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    waits: () => waits,
    statements: () => statements,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Cuts a stream into its messages: a type, then a length that counts itself. The startup message has no type. */
function messages(startsUntyped: boolean, told: (type: string) => void) {
  let rest = Buffer.alloc(0)
  let untyped = startsUntyped
  return (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const header = untyped ? 0 : 1
      if (rest.length < header + 4) return
      const length = header + rest.readUInt32BE(header)
      if (rest.length < length) return
      if (!untyped) told(String.fromCharCode(rest[0] ?? 0))
      untyped = false
      rest = rest.subarray(length)
    }
  }
}
