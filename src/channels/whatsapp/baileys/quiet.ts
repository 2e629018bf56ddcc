// Baileys' log names people and libsignal prints whole sessions, keys and all: neither is let through.

import type { SocketConfig } from '@whiskeysockets/baileys'

/** What it has to tell is told by how the connection fares. */
export const NO_LOG: SocketConfig['logger'] = {
  level: 'silent',
  child: () => NO_LOG,
  ...{ trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
}

const WAYS = ['log', 'info', 'warn', 'error'] as const
type Loud = Record<(typeof WAYS)[number], (...said: unknown[]) => void>
let isMuted = false

/** Once per process. Whatever else prints is left alone. */
export function muteLibsignal(loud: Loud): void {
  if (isMuted) return
  isMuted = true
  for (const way of WAYS) {
    const say = loud[way].bind(loud)
    loud[way] = (...said) => {
      if (!/node_modules[\\/]libsignal[\\/]/.test(new Error().stack ?? '')) say(...said)
    }
  }
}
