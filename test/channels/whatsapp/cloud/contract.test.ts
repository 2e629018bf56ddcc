// The Cloud API held to what every channel must do.

import { describeChannel } from '../../contract.ts'
import { openCloud } from './contract-bench.ts'

describeChannel('WhatsApp through the Cloud API', openCloud, {
  'reads opted out':
    'Meta has no code for it: whoever blocks the number is a message that is never delivered',
  'ignores its own echoes':
    'Meta posts what people send to our number; what we send comes back as a status alone',
})
