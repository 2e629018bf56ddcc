// `kentongan understand` on files as people have them: saved by a spreadsheet, misspelt, read only in part.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../support/gateway-process.ts'
import { inWorld } from '../support/world.ts'

test('a file that begins with a byte order mark and ends its lines with CRLF is read', () =>
  inWorld(async (world) => {
    const file = join(world.folder, 'messages.jsonl')
    await writeFile(
      file,
      '\ufeff{"id":"a","text":"lampu jalan mati"}\r\n{"id":"b","text":"halo"}\r\n',
    )
    const run = world.spawn({ args: ['understand', file, '--predict'] })
    expect(await run.ended()).toBe(0)
    const ids = run
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id)
    expect(ids).toEqual(['a', 'b'])
  }))

test('a file that cannot be read is named, with what to give instead', () =>
  inWorld(async (world) => {
    const run = world.spawn({ args: ['understand', join(world.folder, 'nowhere.jsonl')] })
    expect(await run.ended()).toBeGreaterThan(0)
    expect(run.stderr()).toMatch(/nowhere\.jsonl cannot be read \(ENOENT\)\. Name a file/)
  }))

test('a reader that has seen enough ends it quietly', () =>
  inWorld(async (world) => {
    const file = join(world.folder, 'many.jsonl')
    await writeFile(file, '{"text":"lampu jalan mati"}\n'.repeat(3_000))
    const args = [join(ROOT, 'dist', 'main.js'), 'understand', file, '--predict']
    const run = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH } })
    let complained = ''
    run.stderr.on('data', (text) => {
      complained += text
    })
    run.stdout.destroy()
    const [code] = await once(run, 'close')
    expect({ code, complained }).toEqual({ code: 0, complained: '' })
  }))
