// What lies in SPOOL_DIR: one folder for each process, taken over when its process is dead, gone when it is empty.

import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Waiting } from '../../src/spool/waiting.ts'
import { ANA, BUDI, messageFrom, newFolder, sealingWith, waitingIn } from './given.ts'

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.spool'))
    .map((entry) => join(entry.parentPath, entry.name))

async function texts(waiting: Waiting): Promise<readonly string[]> {
  const all: string[] = []
  for (let entry = waiting.take(); entry !== null; entry = waiting.take()) {
    if (entry.event.type === 'message') all.push(entry.event.message.text)
    await waiting.done(entry)
  }
  return all
}

/** What a killed process leaves: its files, and a lock that nobody holds. */
async function leftIn(dir: string, ...said: readonly string[]): Promise<string> {
  const waiting = await waitingIn(dir)
  for (const text of said) await waiting.add(messageFrom(ANA, text))
  await waiting.close()
  return filesIn(dir).at(-1) ?? ''
}

describe('a spool folder', () => {
  test('is left behind with what waits, and taken over by the next process', async () => {
    const dir = newFolder()
    await leftIn(dir, 'a', 'b')
    const next = await waitingIn(dir)
    expect(await next.adopt()).toBe(2)
    expect(await texts(next)).toEqual(['a', 'b'])
    await next.close()
    expect(readdirSync(dir)).toEqual([])
  })

  test('is taken over by one only, and not while its process lives', async () => {
    const dir = newFolder()
    await leftIn(dir, 'a')
    const alive = await waitingIn(dir)
    await alive.add(messageFrom(BUDI, 'b'))
    const others = await Promise.all([waitingIn(dir), waitingIn(dir)])
    const found = await Promise.all(others.map((each) => each.adopt()))
    expect(found.sort()).toEqual([0, 1])
    for (const each of [...others, alive]) await each.close()
  })

  test('of a process that died before it had read out another’s is taken over with it', async () => {
    const dir = newFolder()
    await leftIn(dir, 'a')
    const second = await waitingIn(dir)
    await second.adopt()
    await second.add(messageFrom(ANA, 'b'))
    await second.close()
    const third = await waitingIn(dir)
    expect(await third.adopt()).toBe(2)
    expect(await texts(third)).toEqual(['a', 'b'])
    await third.close()
  })

  test('is readable by its owner alone', async () => {
    const dir = newFolder()
    const waiting = await waitingIn(dir)
    await waiting.add(messageFrom(ANA, 'a'))
    const [file = ''] = filesIn(dir)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
    await waiting.close()
  })

  test('in which nothing can be written refuses the start and names the setting', async () => {
    const dir = newFolder()
    writeFileSync(dir, 'a file')
    await expect(waitingIn(dir)).rejects.toThrow(/SPOOL_DIR/)
  })

  test('that is deleted under its process takes nothing more', async () => {
    const dir = newFolder()
    const waiting = await waitingIn(dir)
    await waiting.add(messageFrom(ANA, 'a'))
    rmSync(dir, { recursive: true })
    await expect(waiting.add(messageFrom(ANA, 'b'))).rejects.toThrow(/gone from the spool/)
    await expect(waiting.add(messageFrom(ANA, 'c'))).rejects.toThrow(/ENOENT/)
    expect(await texts(waiting)).toEqual(['a'])
    await waiting.close()
  })

  test('of another program is left alone', async () => {
    const dir = newFolder()
    mkdirSync(join(dir, 'lost+found'), { recursive: true })
    const waiting = await waitingIn(dir)
    expect(await waiting.adopt()).toBe(0)
    await waiting.close()
    expect(readdirSync(dir)).toEqual(['lost+found'])
  })

  test('is empty again once everything is done', async () => {
    const dir = newFolder()
    const waiting = await waitingIn(dir)
    await Promise.all(['a', 'b', 'c'].map((text) => waiting.add(messageFrom(ANA, text))))
    expect(await texts(waiting)).toEqual(['a', 'b', 'c'])
    expect(filesIn(dir)).toEqual([])
    expect(waiting.size()).toEqual({ events: 0, bytes: 0 })
    await waiting.close()
  })

  test('begins another file when one is large', async () => {
    const dir = newFolder()
    const waiting = await waitingIn(dir, { most: { events: 100, bytes: 1e8 } })
    const large = 'x'.repeat(400_000)
    for (const letter of 'abcde') await waiting.add(messageFrom(ANA, letter + large))
    expect(filesIn(dir).length).toBeGreaterThan(1)
    expect((await texts(waiting)).map((text) => text[0]).join('')).toBe('abcde')
    await waiting.close()
  })
})

describe('a file left behind', () => {
  test('that was cut off in the middle of a record gives what was whole, without a word', async () => {
    const dir = newFolder()
    const file = await leftIn(dir, 'a', 'b')
    truncateSync(file, statSync(file).size - 9)
    const next = await waitingIn(dir)
    expect(await next.adopt()).toBe(1)
    expect(next.damaged()).toBe(0)
    await next.close()
  })

  test('with a record spoilt in the middle gives the others; that one is set aside and told', async () => {
    const dir = newFolder()
    const file = await leftIn(dir, 'a', 'b', 'c')
    const bytes = readFileSync(file)
    bytes[Math.floor(bytes.length / 2)] = 0
    writeFileSync(file, bytes)
    const told: object[] = []
    const log = { warn: () => {}, error: (fields: object) => void told.push(fields) }
    const next = await waitingIn(dir, { log })
    expect(await next.adopt()).toBe(2)
    expect(await texts(next)).toEqual(['a', 'c'])
    expect(next.damaged()).toBe(1)
    const [aside] = readdirSync(dir).filter((name) => name.endsWith('.damaged'))
    expect(told).toEqual([{ file: join(dir, aside ?? ''), records: 1 }])
    expect(readFileSync(join(dir, aside ?? '')).length).toBeGreaterThan(100)
    await next.close()
  })

  test('sealed with another key stops the start and stays as it is', async () => {
    const dir = newFolder()
    const file = await leftIn(dir, 'a')
    const before = readFileSync(file)
    const other = await waitingIn(dir, { sealing: sealingWith(8) })
    await expect(other.adopt()).rejects.toThrow(/another DATA_KEY/)
    await other.close()
    expect(readFileSync(file)).toEqual(before)
  })

  test('with nothing but a torn record is cleared away', async () => {
    const dir = newFolder()
    const file = await leftIn(dir, 'a')
    truncateSync(file, 5)
    const next = await waitingIn(dir)
    expect(await next.adopt()).toBe(0)
    expect(filesIn(dir)).toEqual([])
    await next.close()
  })

  test('with garbage behind its last record gives what it holds', async () => {
    const dir = newFolder()
    appendFileSync(await leftIn(dir, 'a'), '\u0000\u0000\u0000')
    const next = await waitingIn(dir)
    await next.adopt()
    expect(await texts(next)).toEqual(['a'])
    await next.close()
  })
})
