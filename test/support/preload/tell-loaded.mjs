// Prints each library of a linked phone once, as it is found to be loaded.

import { writeSync } from 'node:fs'

const OF_A_LINKED_PHONE =
  /node_modules\/(@whiskeysockets\/baileys|libsignal|protobufjs|qrcode-terminal)\//

const told = new Set()

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  const library = OF_A_LINKED_PHONE.exec(found.url)?.[1]
  if (library !== undefined && !told.has(library)) writeSync(2, `loaded: ${library}\n`)
  told.add(library)
  return found
}
