// A linked phone held to what every channel must do.

import { describeChannel } from '../../contract.ts'
import { openLinkedPhone } from './contract-bench.ts'

describeChannel('WhatsApp through a linked phone', openLinkedPhone, {
  'hands on the provider id, the same for the same message':
    'a repeated one is known by its ciphertext before it comes to the inbox: spool.test.ts',
  'acknowledges nothing before it is stored':
    'the library receipts before it hands over; what it decrypted is stored before: spool.test.ts',
  'leaves what could not be stored to be repeated':
    'it is receipted by then, and the spool repeats it: spool.test.ts',
  'turns away forgeries': 'nobody posts to it; who sends is proven by decrypting what they sent',
  'hands on the value of a choice that was pressed': 'choices are numbers, there are no buttons',
  'reads throttled, with the wait': 'WhatsApp names no wait; ours is a minute: sending.test.ts',
  'reads opted out': 'WhatsApp does not tell who has blocked the number',
  'reads suspended':
    'a number that is banned is told by the end of its connection: endings.soak.ts',
  'never sends before a wait is over': 'WhatsApp names no wait',
})
