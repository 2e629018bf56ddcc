// The spool between a channel and a database that goes and comes: what is acknowledged, in what order it is replayed.

import { describe, expect, test } from '@jest/globals'
import { ANA, AWAY, BUDI, messageFrom, newFolder, readOut, receiptOf, trialIn } from './given.ts'

const away = () => ({ taken: [], fault: AWAY })

describe('while the database is there', () => {
  test('an event goes straight in, and nothing is written', async () => {
    const trial = await trialIn(newFolder())
    await trial.spool.receive(messageFrom(ANA, 'a'))
    expect(trial.database.taken).toEqual(['a'])
    expect(trial.spool.size()).toEqual({ events: 0, bytes: 0 })
    await trial.spool.stop()
  })

  test('what it refuses is told, and not spooled', async () => {
    const trial = await trialIn(newFolder(), { taken: [], fault: new Error('duplicate key') })
    await expect(trial.spool.receive(messageFrom(ANA, 'a'))).rejects.toThrow('duplicate key')
    expect(trial.spool.size().events).toBe(0)
    await trial.spool.stop()
  })
})

describe('while the database is away', () => {
  test('messages and receipts are acknowledged, and replayed once it is back', async () => {
    const trial = await trialIn(newFolder(), away())
    await trial.spool.receive(messageFrom(ANA, 'a'))
    await trial.spool.receive(receiptOf('SM-9'))
    expect(trial.spool.size()).toMatchObject({ events: 2 })
    expect(trial.spool.warnings()).toEqual([expect.stringMatching(/^2 event\(s\) \(\d+ bytes\)/)])
    trial.database.fault = null
    await trial.spool.start()
    await readOut(trial)
    expect(trial.database.taken.sort()).toEqual(['SM-9', 'a'])
    expect(trial.spool.size()).toEqual({ events: 0, bytes: 0 })
    expect(trial.spool.warnings()).toEqual([])
    await trial.spool.stop()
  })

  test('a moment of it is waited out, and nothing is spooled', async () => {
    const trial = await trialIn(newFolder(), away(), { patienceMs: 5_000 })
    const received = trial.spool.receive(messageFrom(ANA, 'a'))
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    trial.database.fault = null
    await received
    expect(trial.database.taken).toEqual(['a'])
    expect(trial.logged).toEqual([])
    await trial.spool.stop()
  })

  test('a moment of it is waited out also after one in which nothing could be spooled', async () => {
    const most = { events: 0, bytes: 0 }
    const trial = await trialIn(newFolder(), away(), { patienceMs: 600, most })
    await expect(trial.spool.receive(messageFrom(ANA, 'a'))).rejects.toThrow(/full/)
    trial.database.fault = null
    await trial.spool.receive(messageFrom(ANA, 'a'))
    trial.database.fault = AWAY
    const received = trial.spool.receive(messageFrom(ANA, 'b'))
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    trial.database.fault = null
    await received
    expect(trial.database.taken).toEqual(['a', 'b'])
    await trial.spool.stop()
  })

  test('it is found by itself when it is back', async () => {
    const trial = await trialIn(newFolder(), away())
    await trial.spool.receive(messageFrom(ANA, 'a'))
    trial.database.fault = null
    await readOut(trial)
    expect(trial.database.taken).toEqual(['a'])
    await trial.spool.stop()
  })

  test('an account whose provider surely comes again hears the fault', async () => {
    const trial = await trialIn(newFolder(), away())
    await expect(trial.spool.receive(messageFrom(ANA, 'a', 'sure'))).rejects.toBe(AWAY)
    expect(trial.spool.size().events).toBe(0)
    await trial.spool.stop()
  })

  test('a full spool acknowledges nothing more', async () => {
    const trial = await trialIn(newFolder(), away(), { most: { events: 2, bytes: 1_000_000 } })
    const all = ['a', 'b', 'c'].map((text) => trial.spool.receive(messageFrom(ANA, text)))
    const [, , third] = await Promise.allSettled(all)
    expect(third?.status).toBe('rejected')
    expect(trial.spool.size().events).toBe(2)
    await trial.spool.stop()
  })

  test('a spool with no room for another byte acknowledges nothing more', async () => {
    const trial = await trialIn(newFolder(), away(), { most: { events: 100, bytes: 1 } })
    await trial.spool.receive(messageFrom(ANA, 'a'))
    await expect(trial.spool.receive(messageFrom(ANA, 'b'))).rejects.toThrow(/full/)
    await trial.spool.stop()
  })
})

describe('the order of a person', () => {
  test('holds when the database comes back between two messages', async () => {
    const trial = await trialIn(newFolder(), away())
    const first = trial.spool.receive(messageFrom(ANA, 'a'))
    const second = trial.spool.receive(messageFrom(ANA, 'b'))
    const third = trial.spool.receive(messageFrom(ANA, 'c'))
    await first
    trial.database.fault = null
    await Promise.all([second, third])
    expect(trial.database.taken).toEqual([])
    expect(trial.spool.waits(ANA)).toBe(true)
    await readOut(trial)
    expect(trial.database.taken).toEqual(['a', 'b', 'c'])
    expect(trial.spool.waits(ANA)).toBe(false)
    await trial.spool.stop()
  })

  test('holds over a restart, what was left behind coming first', async () => {
    const dir = newFolder()
    const first = await trialIn(dir, away())
    for (const text of ['a', 'b']) await first.spool.receive(messageFrom(ANA, text))
    await first.spool.stop()
    const next = await trialIn(dir, first.database)
    first.database.fault = null
    await next.spool.start()
    await next.spool.receive(messageFrom(ANA, 'c'))
    await readOut(next)
    expect(next.database.taken).toEqual(['a', 'b', 'c'])
    await next.spool.stop()
  })

  test('holds from the start on, though the start does not wait for the database', async () => {
    const dir = newFolder()
    const first = await trialIn(dir, away())
    await first.spool.receive(messageFrom(ANA, 'a'))
    await first.spool.stop()
    const next = await trialIn(dir, first.database)
    let answered = () => {}
    const hangs = new Promise<void>((resolve) => {
      answered = resolve
    })
    Object.assign(next.database, { fault: null, hangs })
    const began = performance.now()
    await next.spool.start()
    expect(performance.now() - began).toBeLessThan(5_000)
    await next.spool.receive(messageFrom(ANA, 'b'))
    expect(next.database.taken).toEqual([])
    answered()
    await readOut(next)
    expect(next.database.taken).toEqual(['a', 'b'])
    await next.spool.stop()
  })

  test('is not disturbed by one who writes while the replay runs', async () => {
    const trial = await trialIn(newFolder(), away())
    const texts = Array.from({ length: 30 }, (_, place) => `a${place}`)
    await Promise.all(texts.slice(0, 15).map((text) => trial.spool.receive(messageFrom(ANA, text))))
    trial.database.fault = null
    const replay = trial.spool.start()
    for (const text of texts.slice(15)) await trial.spool.receive(messageFrom(ANA, text))
    await replay
    await readOut(trial)
    expect(trial.database.taken).toEqual(texts)
    await trial.spool.stop()
  })
})

describe('what a neighbour left behind', () => {
  async function dead() {
    const dir = newFolder()
    const neighbour = await trialIn(dir, away())
    const living = await trialIn(dir, neighbour.database)
    await living.spool.start()
    await neighbour.spool.receive(messageFrom(ANA, 'a'))
    await neighbour.spool.stop()
    return { dir, living }
  }
  const times = async (trial: { asked: { count: number } }, count: number) => {
    const enough = trial.asked.count + count
    while (trial.asked.count < enough) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  test('is read out by one who lives', async () => {
    const { living } = await dead()
    living.database.fault = null
    while (living.database.taken.length === 0) await times(living, 1)
    expect(living.database.taken).toEqual(['a'])
    await living.spool.stop()
  })

  test('is left to its own process while the database is away', async () => {
    const { dir, living } = await dead()
    await times(living, 3)
    expect(living.spool.size().events).toBe(0)
    const again = await trialIn(dir, living.database)
    await again.spool.start()
    expect(again.spool.size().events).toBe(1)
    await again.spool.stop()
    await living.spool.stop()
  })
})

test('an event that cannot be replayed holds up its own person and nobody else', async () => {
  const trial = await trialIn(newFolder(), { ...away(), refused: ['bad'] })
  await trial.spool.receive(messageFrom(ANA, 'bad'))
  await trial.spool.receive(messageFrom(ANA, 'behind'))
  await trial.spool.receive(messageFrom(BUDI, 'b'))
  trial.database.fault = null
  await trial.spool.start()
  while (trial.database.taken.length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(trial.database.taken).toEqual(['b'])
  expect(trial.spool.size().events).toBe(2)
  expect(trial.logged).toContain('a replay failed; it comes again')
  await trial.spool.stop()
})

test('after a stop nothing more is taken', async () => {
  const trial = await trialIn(newFolder())
  await trial.spool.stop()
  await expect(trial.spool.receive(messageFrom(ANA, 'a'))).rejects.toThrow('stopping')
})
