// Who looks on while messages leave: the log and the metrics, as notify/ needs them.
// People are named by their random id; no text and no part of an address comes here.

export interface OutboxLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

export interface OutboxObserver {
  outbound(channel: string, kind: string, outcome: string): void
  send(channel: string, seconds: number): void
  segments(channel: string, kind: string, count: number): void
}
