// Telegram held to what every channel must do, polled and posted.

import { describeChannel } from '../contract.ts'
import { openTelegram } from './contract-bench.ts'

describeChannel('Telegram by webhook', openTelegram('webhook'))

describeChannel('Telegram by long polling', openTelegram('polling'), {
  'turns away forgeries':
    'nobody can post to it: it asks Telegram itself, over TLS, and has no webhook',
})
