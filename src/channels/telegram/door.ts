// A door through which updates come in: opened once, closed for good; behind it a loop that runs in between.
// Rule: whoever opens it waits for Telegram's first word, whoever closes it for what was begun.

export interface Door {
  /** Resolves when Telegram has answered for the first time, well or not. */
  open(): Promise<void>
  /** Nothing more is fetched; resolves when what was begun is stored. */
  close(): Promise<void>
}

/** `run` calls `met` when Telegram has answered, and ends soon after `stopping`. */
export function doorBefore(
  run: (met: () => void) => Promise<void>,
  stopping: AbortController,
): Door {
  let running: Promise<void> = Promise.resolve()
  return {
    open: () =>
      new Promise((resolve) => {
        running = run(resolve)
      }),
    async close() {
      stopping.abort()
      await running
    },
  }
}
