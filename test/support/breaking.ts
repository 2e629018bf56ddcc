// Modules that Node loads before the built gateway, each breaking one part of it, or looking into one.

import { fileURLToPath } from 'node:url'

/** With the environment `CRASH_AT`, such as `commitTurn before`. */
export const CRASH_AT_STEP = pathOf('crash-at-step.mjs')
/** With the environment `STUMBLE_AT`: a word. */
export const DECIDING_THAT_THROWS = pathOf('deciding-that-throws.mjs')

/** Prints which libraries of a linked phone are loaded, and what the QR says that it shows. */
export const LOOK_AT_LINKING = pathOf('look-at-linking.mjs')

function pathOf(name: string): string {
  return fileURLToPath(new URL(`./preload/${name}`, import.meta.url))
}
