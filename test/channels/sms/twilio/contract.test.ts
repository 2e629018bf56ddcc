// Twilio held to what every channel must do.

import { describeChannel } from '../../contract.ts'
import { openTwilio } from './contract-bench.ts'

describeChannel('SMS through Twilio', openTwilio, {
  'hands on a location': 'a text message carries none, and Twilio posts no field for it',
  'hands on which message was quoted': 'a text message cannot quote another one',
  'hands on the value of a choice that was pressed':
    'there is nothing to press: the number is answered in words, which the conversation reads',
  'ignores its own echoes':
    'Twilio posts what others send to our number, never what we send; receipts have their own address',
})
