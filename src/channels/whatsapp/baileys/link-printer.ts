// Shows whoever sits before the process what links a phone: a QR drawn in signs, or a code to type in.
// Rule: what it costs is said before the first of them.

import qrcode from 'qrcode-terminal'
import type { Link } from './session-port.ts'

const COSTS = [
  'WhatsApp by a linked phone is unofficial: WhatsApp does not allow programs like this one and may ban the number,',
  'without warning and for good. Use a number whose loss you can bear, for a pilot; for production take the Cloud API.',
  'It loads the library libsignal, which is under GPL-3.0: whoever passes this installation on must know (NOTICE).',
  'More: docs/channels/whatsapp-baileys.md',
]

export function createLinkPrinter(tell: (line: string) => void): (link: Link) => void {
  let said = false
  return (link) => {
    if (!said) for (const line of COSTS) tell(line)
    said = true
    for (const line of linesOf(link)) tell(line)
  }
}

function linesOf(link: Link): readonly string[] {
  switch (link.type) {
    case 'qr':
      return [
        'On the phone: WhatsApp, Settings, Linked devices, Link a device. Scan this; it is replaced before long.',
        ...drawn(link.qr),
      ]
    case 'code':
      return [
        'On the phone: WhatsApp, Settings, Linked devices, Link a device, Link with phone number instead. Type in:',
        `    ${link.code.slice(0, 4)}-${link.code.slice(4)}`,
      ]
  }
}

function drawn(qr: string): readonly string[] {
  let lines: readonly string[] = []
  qrcode.generate(qr, { small: true }, (picture) => {
    lines = picture.trimEnd().split('\n')
  })
  return lines
}
