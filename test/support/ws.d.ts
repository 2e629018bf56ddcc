// Of the WebSocket library that Baileys brings along: what a fake WhatsApp needs of its server.

declare module 'ws' {
  import type { EventEmitter } from 'node:events'
  import type { AddressInfo } from 'node:net'

  export interface WebSocket extends EventEmitter {
    send(data: Uint8Array): void
    terminate(): void
  }

  interface ServerOptions {
    readonly host: string
    readonly port: number
    verifyClient?(info: unknown, done: (taken: boolean, status?: number) => void): void
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: ServerOptions)
    readonly clients: ReadonlySet<WebSocket>
    address(): AddressInfo
    close(done: () => void): void
    on(event: 'connection', listener: (socket: WebSocket) => void): this
    on(event: 'listening', listener: () => void): this
  }
}
