// The systemd unit: hardened, with time to stop; checked by systemd's own tool where this machine has it.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { textOf } from './files.ts'

const PATH = 'deploy/systemd/kentongan.service'
const text = textOf(PATH)

/** Sections with their settings; a setting given twice keeps both values. */
function settingsOf(unit: string): Readonly<Record<string, readonly string[]>> {
  const settings: Record<string, string[]> = {}
  let section = ''
  for (const line of unit.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const heading = /^\[(\w+)\]$/.exec(line)?.[1]
    if (heading !== undefined) section = heading
    const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (heading === undefined && key === undefined) throw new Error(`systemd cannot read: ${line}`)
    if (key !== undefined)
      settings[`${section}.${key}`] = [...(settings[`${section}.${key}`] ?? []), value]
  }
  return settings
}

const unit = settingsOf(text)
const one = (key: string) => unit[key]?.join(' ')

test('it runs the built gateway from where the installation lies, as its own user', () => {
  expect(one('Service.ExecStart')).toBe('/usr/bin/node /opt/kentongan/dist/main.js start')
  expect(one('Service.User')).toBe('kentongan')
  expect(one('Service.EnvironmentFile')).toBe('/etc/kentongan/kentongan.env')
  expect(one('Service.Environment')).toContain('CONFIG_DIR=/opt/kentongan/config')
  // The default database and spool lie under the folder it is started in.
  expect(one('Service.WorkingDirectory')).toBe('/var/lib/kentongan')
  expect(one('Service.StateDirectory')).toBe('kentongan')
})

test('it may take longer to stop than the gateway does', () => {
  expect(one('Service.KillSignal')).toBe('SIGTERM')
  expect(Number(one('Service.TimeoutStopSec'))).toBeGreaterThan(10)
})

test.each([
  ['NoNewPrivileges', 'yes'],
  ['ProtectSystem', 'strict'],
  ['ProtectHome', 'yes'],
  ['PrivateTmp', 'yes'],
  ['PrivateDevices', 'yes'],
  ['CapabilityBoundingSet', ''],
  ['StateDirectoryMode', '0700'],
  ['UMask', '0077'],
  ['SystemCallFilter', '@system-service'],
])('%s is %s', (key, value) => {
  expect(one(`Service.${key}`)).toBe(value)
})

test('V8 may write the code it compiles', () => {
  expect(one('Service.MemoryDenyWriteExecute')).toBeUndefined()
})

const there = spawnSync('systemd-analyze', ['--version']).status === 0

function analyze(...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-unit-'))
  const file = join(folder, 'kentongan.service')
  // This machine's node, wherever it is: the tool wants the program to exist.
  writeFileSync(file, text.replace('/usr/bin/node', process.execPath))
  try {
    return spawnSync('systemd-analyze', [...args, file], { encoding: 'utf8', timeout: 30_000 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (there) {
  test('systemd-analyze verify finds nothing to say', () => {
    const { status, stdout, stderr } = analyze('verify', '--man=no')
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test('systemd-analyze security rates the exposure as OK', () => {
    const { stdout } = analyze('security', '--offline=yes')
    const level = Number(/exposure level for kentongan\.service: ([\d.]+)/.exec(stdout)?.[1])
    expect(level).toBeLessThan(2.5)
  })
} else {
  test('systemd-analyze is not on this machine: only the settings above were checked', () => {
    expect(text).toContain('[Install]')
  })
}
