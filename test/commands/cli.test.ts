// What the command line understands, and how it says no.

import { describe, expect, test } from '@jest/globals'
import { type Command, readCommand } from '../../src/cli.ts'
import { USAGE } from '../../src/usage.ts'

const read = (line: string) => readCommand(line === '' ? [] : line.split(' '))

describe('a command line', () => {
  test.each<[string, Command]>([
    ['', { name: 'start' }],
    ['check', { name: 'check' }],
    [
      'invite --role officer --agency DPUPR --name Budi',
      { name: 'invite', who: { role: 'officer', agency: 'DPUPR', name: 'Budi' } },
    ],
    [
      'invite --role coordinator',
      { name: 'invite', who: { role: 'coordinator', agency: null, name: null } },
    ],
    ['chat', { name: 'chat', as: 'sms', from: null, officer: null }],
    [
      'chat --officer --agency DPUPR',
      {
        ...{ name: 'chat', as: 'sms', from: null },
        officer: { role: 'officer', agency: 'DPUPR', name: null },
      },
    ],
    ['backup /b/k.db', { name: 'backup', file: '/b/k.db' }],
    ['restore k.db', { name: 'restore', file: 'k.db', yes: false, resend: false }],
    ['restore --yes --resend k.db', { name: 'restore', file: 'k.db', yes: true, resend: true }],
    ['export', { name: 'export', since: null, until: null, format: 'csv' }],
    [
      'export --since 2026-11-01 --until 2026-11-30 --format jsonl',
      { name: 'export', since: '2026-11-01', until: '2026-11-30', format: 'jsonl' },
    ],
    ['templates', { name: 'templates', json: false }],
    ['templates --json', { name: 'templates', json: true }],
    ['replay', { name: 'replay' }],
    ['replay --stuck', { name: 'replay' }],
    ['retain', { name: 'retain', dryRun: false }],
    ['retain --dry-run', { name: 'retain', dryRun: true }],
    ['understand x.jsonl --predict', { name: 'understand', file: 'x.jsonl', predict: true }],
  ])('"%s" is understood', (line, command) => {
    expect(read(line)).toEqual(command)
  })

  test.each([
    ['beckup x', 'no command "beckup"'],
    ['backup', 'backup takes one file'],
    ['backup a b', 'backup takes one file'],
    ['restore', 'restore takes one file'],
    ['restore a --force', "'--force'"],
    ['check now', "'now'"],
    ['export --since 2026-02-30', '--since "2026-02-30" is no date; write it as 2026-11-25'],
    ['export --until 25/11/2026', '--until "25/11/2026" is no date'],
    ['export --since 2026-11-26 --until 2026-11-25', 'is after --until'],
    ['export --format xlsx', '--format is one of csv, jsonl'],
    ['retain --dryrun', "'--dryrun'"],
    ['invite', '--role is one of officer, head, coordinator, overseer'],
    ['invite --role officer', '--role officer needs --agency ID'],
    ['invite --role overseer --agency DPUPR', 'leave --agency out'],
    ['chat --officer', '--role officer needs --agency ID'],
    ['chat --agency DPUPR', 'go with --officer'],
  ])('"%s" is refused with the reason', (line, why) => {
    expect(read(line)).toEqual({ name: 'wrong', why: expect.stringContaining(why) })
  })
})

test('the usage names every command', () => {
  const names = [
    'start',
    'chat',
    'invite',
    'check',
    'backup',
    'restore',
    'export',
    'replay',
    'retain',
  ]
  for (const name of [...names, 'understand'])
    expect(USAGE).toMatch(new RegExp(`^ {2}${name} `, 'm'))
})
