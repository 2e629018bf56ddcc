// Tells which libraries of a linked phone are loaded, and what its QR says.

import { register } from 'node:module'

register('./tell-loaded.mjs', import.meta.url)
register('./swap.mjs', import.meta.url, {
  data: {
    from: new URL('../../../dist/channels/whatsapp/baileys/link-printer.js', import.meta.url).href,
    to: new URL('./link-in-words.mjs', import.meta.url).href,
  },
})
