// The real printer, and below its QR what that says: no test can scan.

import * as real from '../../../dist/channels/whatsapp/baileys/link-printer.js'

export function createLinkPrinter(tell) {
  const show = real.createLinkPrinter(tell)
  return (link) => {
    show(link)
    if (link.type === 'qr') tell(`in words: ${link.qr}`)
  }
}
