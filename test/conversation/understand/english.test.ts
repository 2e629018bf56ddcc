// English: the main commands and the main matters in plain words, and none of it may swallow what Indonesian texts say.

import { describe, expect, test } from '@jest/globals'
import { newTicket } from '../../../src/complaints/ticket.ts'
import { languageNamed } from '../../../src/conversation/understand/languages.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'

const { city } = referenceCity()
const ticket = newTicket(() => 1_234_567)

function intentOf(text: string): string {
  const { intent, command } = understand(text.replaceAll('TICKET', ticket), city)
  return command?.name ?? intent
}

describe('is understood', () => {
  test.each([
    ['check TICKET', 'status'],
    ['check my report please', 'status'],
    ['what is the status of my report?', 'status'],
    ['any news on my report', 'status'],
    ['ADD TICKET the pole leans', 'add'],
    ['SOLVED TICKET', 'satisfied'],
    ['it is solved, thank you', 'satisfied'],
    ['NOT SOLVED TICKET still dark', 'dissatisfied'],
    ['not yet', 'dissatisfied'],
    ['not solved yet', 'dissatisfied'],
    ['RATE TICKET 4', 'rate'],
    ['REOPEN TICKET dark again', 'reopen'],
    ['cancel my report', 'cancel'],
    ['SHOW TICKET', 'show'],
    ['LINK TICKET', 'link'],
    ['anonymous', 'anonymous'],
    ['CONFIDENTIAL TICKET', 'confidential'],
    ['help', 'help'],
    ['how do I report?', 'help'],
    ['stop sending messages', 'stop'],
    ['stop sending', 'stop'],
    ['speak english please', 'language'],
    ['hello, do you speak english?', 'language'],
    ['show my data', 'data'],
    ['delete all my data please', 'erase'],
    ['no more sms please', 'stop'],
    ['start', 'start'],
    ['yes please', 'yes'],
    ['no', 'no'],
    ['good morning sir', 'greeting'],
    ['hello, I want to report', 'greeting'],
    ['thank you', 'thanks'],
    ['thanks, it has been fixed', 'content'],
    ['still broken', 'discontent'],
  ])('%s', (text, name) => {
    expect(intentOf(text)).toBe(name)
  })
})

describe('a complaint', () => {
  test.each([
    ['garbage not collected for two weeks at gang 8', 'sampah', 'gang 8'],
    ['the trash has not been collected near gang 8', 'sampah', 'gang 8'],
    ['street light broken in front of gang 8', 'pju', 'gang 8'],
    ['the street lights are out at gang 8', 'pju', 'gang 8'],
    ['no water since yesterday at gang 8', 'air', 'gang 8'],
    ['water not running at gang 8', 'air', 'gang 8'],
    ['leaking pipe at gang 8', 'air', 'gang 8'],
    ['big pothole on the road, gang 8', 'jalan', 'gang 8'],
    ['the road is damaged near gang 8', 'jalan', 'gang 8'],
    ['our house is flooded, gang 8', 'banjir', 'gang 8'],
    ['the drain is blocked at gang 8', 'drainase', 'gang 8'],
    ['power cut since this morning at gang 8', 'listrik', 'gang 8'],
    ['fallen tree at gang 8', 'pohon', 'gang 8'],
  ])('%s', (text, category, place) => {
    const { intent, categories, place: read, asks } = understand(text, city)
    expect([intent, categories[0]?.id, read.text, asks]).toEqual(['complaint', category, place, []])
  })

  test.each([
    'there is a fire at gang 8',
    'house on fire, gang 8',
    'a child is drowning in the river',
    'car accident at gang 8, please hurry',
  ])('%s is urgent', (text) => {
    expect(understand(text, city)).toMatchObject({ intent: 'complaint', urgent: true })
  })

  test('that says what to stop sending is no STOP', () => {
    expect(intentOf('stop sending trucks through gang 8')).not.toBe('stop')
  })

  test('of a bribe is confidential by default', () => {
    expect(understand('an officer asked me for a bribe', city).sensitive).toBe(true)
  })
})

describe('a machine is no citizen', () => {
  test.each([
    'Thank you for contacting us! We will get back to you as soon as possible.',
    'thank you for your message, we will reply soon',
    'I am currently driving and will call you later',
    "Sorry, I can't talk right now",
    "I'm on vacation until 3 December",
  ])('%s', (text) => {
    expect(understand(text, city)).toMatchObject({ intent: 'unclear', machine: true })
  })

  test.each([
    'thank you for your message, but the street light at gang 8 is still broken',
    'the officer said he will call back, still no water at gang 8',
  ])('and a citizen no machine: %s', (text) => {
    expect(understand(text, city)).toMatchObject({ intent: 'complaint', machine: false })
  })
})

describe('an Indonesian complaint with an English word in it stays one', () => {
  test.each([
    'link pendaftaran ppdb error terus',
    'check lampu jalan mati di gg 8',
    'show musik keras tiap malam di gg 8',
    'no pengaduan tidak aktif',
    'rate parkir terlalu mahal di pasar',
    'report card anak saya hilang di sekolah',
    'free fire bikin anak sekolah kecanduan, warnet di gg 8 buka sampai malam',
    'traffic light mati di gg 8',
    'english course di gg 8 bising sekali',
    'repot urus ktp, bolak balik ditolak',
    'stop kontak listrik di puskesmas rusak',
    'fixed price parkir tidak jelas di gg 8',
    'help desk dukcapil tidak pernah dijawab',
  ])('%s', (text) => {
    const { intent, command } = understand(text, city)
    expect(command?.name ?? intent).toMatch(/^(complaint|file)$/)
    expect(command?.rest ?? text).not.toBe('')
  })

  test('a game is no fire', () => {
    expect(understand('free fire bikin anak kecanduan di gg 8', city).urgent).toBe(false)
  })

  test('a word near an English command is not taken for it', () => {
    const { command, words } = understand('repot urus ktp, bolak balik ditolak', city)
    expect([command, words]).toEqual([null, 'repot urus ktp, bolak balik ditolak'])
  })
})

describe('BAHASA', () => {
  test.each([
    ['BAHASA INGGRIS', 'en'],
    ['bahasa inggris pak', 'en'],
    ['BAHSA INGGRS', 'en'],
    ['bhs ingris', 'en'],
    ['BAHASA ENGLISH', 'en'],
    ['LANGUAGE ENGLISH', 'en'],
    ['english please', 'en'],
    ['ganti bahasa inggris', 'en'],
    ['BJM BAHASA INGGRIS', 'en'],
    ['bahasa indonesia', 'id'],
    ['language indonesian', 'id'],
    ['BAHASA BANJAR', 'bjn'],
    ['BAHASA', null],
    ['LANGUAGE', null],
    ['BAHASA JAWA', null],
  ])('%s', (text, language) => {
    const { command, words } = understand(text, city)
    expect([command?.name, languageNamed(words, city)]).toEqual(['language', language])
  })

  test.each([
    'bahasa indonesia guru di sekolah jelek sekali',
    'bahasa inggris guru di smpn 8 tidak becus',
    'bahasa petugas loket kasar sekali',
    'bahas sampah menumpuk di gg 8',
    'english course di gg 8 bising sekali',
    'BAHASA BANJIR',
  ])('%s is none', (text) => {
    expect(understand(text, city).command).toBeNull()
  })
})
