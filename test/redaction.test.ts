// The search that guards every log of the suite finds what it looks for, and one line a turn and a send tells no more than it may.

import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import { logOptions } from '../src/startup.ts'
import { openInProcess } from './support/in-process.ts'
import { type Printed, tracesIn } from './support/printed.ts'

const KNOWN = {
  numbers: new Set(['81210008888']),
  phrases: new Set(['got mampet di kuin', 'terima kasih']),
}
const CITIZEN = 'sms:+6281210008888'

function tracesOf(stdout: string, args: Printed['args'] = ['start'], stderr = '') {
  return tracesIn({ args, stdout, stderr }, KNOWN)
}

test.each([
  ['a number with its country', '{"to":"+6281210008888"}\n', '6281210008888'],
  ['a number without', '{"to":"081210008888"}\n', '081210008888'],
  ['a number nobody used', '{"to":"0857111122223"}\n', '0857111122223'],
  ['a few words in a row', '{"x":"Got mampet, di Kuin utara"}\n', 'got mampet di kuin'],
  ['a short text', '{"x":"terima kasih"}\n', 'terima kasih'],
  ['a line that is no JSON', 'Error: oops\n', 'no JSON: Error: oops'],
])('%s is found', (_what, stdout, trace) => {
  expect(tracesOf(stdout)).toContain(trace)
})

test.each([
  ['a ticket', '{"ticket":"56226811","time":1795341764170}\n'],
  ['an id with digits in a row', '{"id":"81210008-8880-4812-8100-081210008888"}\n'],
  ["an id of Twilio's", `{"sid":"SM${'081210008888'.padStart(32, '0')}"}\n`],
  ['half a line of a killed process', '{"ticket":"56226811"}\n{"tick'],
])('%s is none', (_what, stdout) => {
  expect(tracesOf(stdout)).toEqual([])
})

test('chat and understand show words on stdout, never in their log; export shows no number', () => {
  const words = 'got mampet di kuin utara\n'
  for (const command of ['chat', 'understand', 'export']) {
    expect(tracesOf(words, [command])).toEqual([])
    expect(tracesOf('', [command], words)).toEqual(['got mampet di kuin'])
  }
  expect(tracesOf('081210008888\n', ['export'])).toEqual(['081210008888'])
})

test('a turn and a send leave one line each: ids, tickets, outcomes and times', async () => {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => void lines.push(JSON.parse(line))
  const gateway = await openInProcess({}, { log: pino(logOptions('info'), { write }) })
  await gateway.says(CITIZEN, 'BANJARMASIN lampu jalan mati di gg 5 kelayan dalam')
  await gateway.stop()
  const turns = lines.filter(({ msg }) => msg === 'turn')
  const ticket = expect.stringMatching(/^\d{8}$/)
  expect(turns).toEqual([
    {
      ...{ level: 30, time: expect.any(Number), msg: 'turn' },
      ...{ person: expect.any(String), channel: 'sms', event: 'message', outcome: 'answered' },
      ...{ ticket, ms: expect.any(Number) },
    },
  ])
  const sends = lines.filter(({ msg }) => msg === 'sent')
  expect(sends).toHaveLength(gateway.sent.length)
  expect(sends.map(({ id }) => id).sort()).toEqual(gateway.sent.map(({ id }) => id).sort())
  expect(sends[0]).toEqual({
    ...{ level: 30, time: expect.any(Number), msg: 'sent', id: expect.any(String) },
    ...{ person: turns[0]?.person, channel: 'sms', account: 'plain', ticket, kind: 'reply' },
    ...{ outcome: 'accepted', attempts: 0, ms: expect.any(Number) },
  })
})

test('a send that failed is told without the number its provider quoted', async () => {
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const gateway = await openInProcess({}, { log: pino(logOptions('info'), { write }) })
  gateway.answer(() => ({ outcome: 'rejected', reason: 'no such number: 0812 1000 8888' }))
  await gateway.says(CITIZEN, 'BANTUAN')
  await gateway.stop()
  const told = lines.filter((line) => line.includes('"not sent"'))
  expect(told.length).toBeGreaterThan(0)
  expect(told.join('')).toContain('no such number: ***')
  expect(lines.join('')).not.toMatch(/8888/)
})
