// `backup` and `restore` as the operator meets them: what is asked, what is told, and what an answer does.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BUDI, file, KEY, post } from '../store/given.ts'
import { newPath, openAt, withFile } from '../store/temporary.ts'
import { operate } from './machine.ts'

const RESTORE = { name: 'restore', yes: false, resend: false } as const

/** A database with a complaint and a message waiting, its settings, and where a copy may go. */
async function given() {
  const path = newPath()
  const store = await openAt(path)
  await file(store, BUDI, '12345670')
  await post(store, BUDI, {})
  await store.close()
  const MEDIA_DIR = join(dirname(path), 'media')
  const env = { DATABASE_URL: `sqlite:${path}`, MEDIA_DIR }
  return { path, env, copy: join(dirname(path), 'copy.db'), media: MEDIA_DIR }
}

const complaintsIn = (path: string) =>
  withFile(path, (db) => db.prepare('select count(*) from complaints').pluck().get())

describe('backup', () => {
  test('tells what the copy holds, what it does not, and needs no key', async () => {
    const { env, copy, media } = await given()
    mkdirSync(media)
    writeFileSync(join(media, 'photo'), 'abc')
    const done = await operate({ name: 'backup', file: copy }, { ...env, DATA_KEY: undefined })
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toMatch(/copy\.db: \d+ bytes, 1 complaints, 1 messages waiting/)
    expect(done.out).toMatch(/1 files \(3 bytes\) are listed in the copy, not held by it/)
    expect(done.out).toMatch(/DATA_KEY is not in the copy\. Keep it apart/)
    expect(done.out).not.toContain(KEY.toString('base64'))
  })

  test('is not kept back by a mistake in another setting', async () => {
    const { env, copy } = await given()
    const wrong = { ...env, PORT: 'abc', TWILIO_FROM: '+1', CONFIG_DIR: '/nowhere' }
    expect(await operate({ name: 'backup', file: copy }, wrong)).toMatchObject({ code: 0 })
  })

  test('refuses a database in memory', async () => {
    const env = { DATABASE_URL: 'sqlite::memory:' }
    const { code, err } = await operate({ name: 'backup', file: 'x' }, env)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/names no SQLite file/) })
  })
})

describe('restore', () => {
  async function copied() {
    const it = await given()
    await operate({ name: 'backup', file: it.copy }, it.env)
    withFile(it.path, (db) => db.exec('delete from clocks; update complaints set text = null'))
    return {
      ...it,
      textIn: () =>
        withFile(it.path, (db) => db.prepare('select text from complaints').pluck().get()),
    }
  }

  test('asks, and does nothing for any answer but yes', async () => {
    const { env, copy, textIn } = await copied()
    for (const answer of ['no', '', 'y']) {
      const done = await operate({ ...RESTORE, file: copy }, env, answer)
      expect(done).toMatchObject({ code: 1, err: 'Nothing was changed.\n' })
    }
    expect(textIn()).toBeNull()
  })

  test('where there is no terminal wants --yes', async () => {
    const { env, copy, textIn } = await copied()
    const { code, err } = await operate({ ...RESTORE, file: copy }, env)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/give --yes/) })
    expect(textIn()).toBeNull()
  })

  test('after a yes tells what was put in place, what was kept, and what is not sent', async () => {
    const { env, path, copy, textIn } = await copied()
    const { code, out } = await operate({ ...RESTORE, file: copy }, env, ' Yes ')
    expect(code).toBe(0)
    expect(out).toMatch(/copy\.db: 1 complaints, the newest of \S+; 1 messages waiting; copied \S+/)
    expect(out).toMatch(/1 waiting messages were marked expired/)
    const kept = out.match(/kept as (\S+);/)?.[1] ?? ''
    expect(existsSync(kept)).toBe(true)
    expect(readdirSync(dirname(path)).filter((name) => /restoring/.test(name))).toEqual([])
    expect(textIn()).toBe('the lamp is out')
  })

  test('with --resend says that what waited will be sent', async () => {
    const { env, copy } = await copied()
    const { out } = await operate({ ...RESTORE, file: copy, yes: true, resend: true }, env)
    expect(out).toMatch(/1 waiting messages will be sent/)
  })

  test('names the files of the copy’s list that are missing', async () => {
    const { env, copy, media } = await given()
    mkdirSync(media)
    for (const name of ['here', 'gone']) writeFileSync(join(media, name), name)
    await operate({ name: 'backup', file: copy }, env)
    rmSync(join(media, 'gone'))
    const { out } = await operate({ ...RESTORE, file: copy, yes: true }, env)
    expect(out).toMatch(/1 of 2 files of the copy's list are missing/)
    expect(out).toMatch(/^ {2}gone \(4 bytes, SHA-256 [0-9a-f]{64}\)$/m)
    expect(out).not.toMatch(/^ {2}here /m)
  })

  test('without a key does nothing, and makes none', async () => {
    const { env, copy } = await given()
    await operate({ name: 'backup', file: copy }, env)
    const target = newPath()
    const elsewhere = { DATABASE_URL: `sqlite:${target}`, DATA_KEY: undefined }
    const { code, err } = await operate({ ...RESTORE, file: copy, yes: true }, elsewhere)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/DATA_KEY is missing/) })
    expect(readdirSync(dirname(target))).toEqual([])
    expect(complaintsIn(copy)).toBe(1)
  })
})
