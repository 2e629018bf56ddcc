// Signed forms as Twilio posts them, made before anything is measured.
// Every second message is a new person's complaint (the dearest turn there is), the other asks for its state.

import webhooks from 'twilio/lib/webhooks/webhooks.js'

export const TOKEN = 'b'.repeat(32)
export const ACCOUNT_SID = `AC${'2'.repeat(32)}`
export const PUBLIC_URL = 'https://bench.example'
export const MESSAGES_PATH = '/channels/sms/twilio/messages'

export interface SignedForm {
  readonly method: 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Invented matters in the words of `prefix`'s city. */
export const MATTERS = [
  'lampu jalan padam dua malam di depan pos ronda rt 9, tolong diperiksa',
  'selokan belakang sekolah tersumbat, airnya naik ke teras kalau hujan',
  'tumpukan sampah di ujung gang tidak diangkut sejak senin, baunya menyengat',
  'air ledeng keruh dan kecil sekali tiap sore sampai malam',
  'ada lubang besar di tikungan dekat musala, kemarin motor jatuh',
] as const

/** The number of the person with this place in a round of messages. */
export type NumberOf = (person: number, round: number) => string

export const newNumber: NumberOf = (person, round) =>
  `+62812${10_000_000 + round * 100_000 + person}`

/** What is written in the message with this place in a round; two of each person. */
export type WordsOf = (index: number) => string

/** The dearest turn there is, and one of the cheapest. */
export const complaints: WordsOf = (index) => {
  const person = Math.floor(index / 2)
  return index % 2 === 0 ? `${MATTERS[person % MATTERS.length]} (no ${person})` : 'STATUS'
}

/** The same turns on every channel: a chat asks where a text message files. */
export const questions: WordsOf = (index) => (index % 2 === 0 ? 'BANTUAN' : 'STATUS')

export function signedForms(
  count: number,
  round: number,
  numberOf: NumberOf = newNumber,
  wordsOf: WordsOf = complaints,
): readonly SignedForm[] {
  return Array.from({ length: count }, (_, index) => {
    const person = Math.floor(index / 2)
    return signed({
      MessageSid: `SM${round.toString(16).padStart(4, '0')}${index.toString(16).padStart(28, '0')}`,
      AccountSid: ACCOUNT_SID,
      From: numberOf(person, round),
      To: '+15005550006',
      Body: wordsOf(index),
      NumMedia: '0',
      NumSegments: '1',
      SmsStatus: 'received',
      SmsMessageSid: 'SM',
      ApiVersion: '2010-04-01',
    })
  })
}

function signed(fields: Readonly<Record<string, string>>): SignedForm {
  const signature = webhooks.getExpectedTwilioSignature(TOKEN, PUBLIC_URL + MESSAGES_PATH, fields)
  return {
    method: 'POST',
    path: MESSAGES_PATH,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': signature,
    },
    body: new URLSearchParams(fields).toString(),
  }
}
