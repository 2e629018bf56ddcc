// What whoever sits before the process is shown: first what it costs, then what links the phone.

import { expect, test } from '@jest/globals'
import { createLinkPrinter } from '../../../../src/channels/whatsapp/baileys/link-printer.ts'

test('what it costs is said once, before the first QR', () => {
  const lines: string[] = []
  const show = createLinkPrinter((line) => void lines.push(line))
  show({ type: 'qr', qr: 'ref-1,noise,identity,secret' })
  const first = lines.join('\n')
  expect(first).toMatch(/may ban the number[\s\S]*GPL-3\.0[\s\S]*Linked devices/)
  expect(first.indexOf('█')).toBeGreaterThan(first.indexOf('GPL-3.0'))
  lines.splice(0)
  show({ type: 'qr', qr: 'ref-2,noise,identity,secret' })
  expect(lines.join('\n')).not.toMatch(/GPL/)
  expect(lines.filter((line) => line.startsWith('█')).length).toBeGreaterThan(10)
})

test('a code is shown in two halves, as the phone asks for it', () => {
  const lines: string[] = []
  createLinkPrinter((line) => void lines.push(line))({ type: 'code', code: 'ABCD1234' })
  expect(lines.at(-1)?.trim()).toBe('ABCD-1234')
})
