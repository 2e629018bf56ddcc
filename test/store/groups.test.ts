// How SQLite groups commits: what shares a transaction, and who learns what when one of them goes wrong.

import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { createWriter, type Job, type WriterParts } from '../../src/store/writer.ts'

interface Bench {
  readonly db: Database.Database
  readonly commits: string[]
  insert(word: string): Job<string>
  words(): readonly unknown[]
}

function bench(change: Partial<WriterParts> = {}) {
  const db = new Database(':memory:')
  db.exec('create table words (word text not null unique)')
  const commits: string[] = []
  db.function('note_commit', (word) => void commits.push(String(word)))
  const parts: Bench = {
    db,
    commits,
    insert: (word) => async () => {
      db.prepare('insert into words (word) values (?)').run(word)
      return { keep: true, value: word }
    },
    words: () => db.prepare('select word from words order by word').pluck().all(),
  }
  const failures: number[] = []
  const writer = createWriter({
    connection: () => db,
    beforeCommit: () => void commits.push(parts.words().join(' ')),
    afterFailure: () => void failures.push(1),
    grouped: true,
    ...change,
  })
  return { ...parts, writer, failures }
}

/** What each of these promises came to: its value, or the message of its error. */
function outcomes(jobs: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  return Promise.all(jobs.map((job) => job.catch((error: Error) => `refused: ${error.message}`)))
}

describe('jobs of one tick', () => {
  test('share one commit', async () => {
    const { writer, insert, commits } = bench()
    await outcomes(['a', 'b', 'c'].map((word) => writer.run(insert(word))))
    expect(commits).toEqual(['a b c'])
  })

  test('have a commit each when they are not grouped', async () => {
    const { writer, insert, commits } = bench({ grouped: false })
    await outcomes(['a', 'b', 'c'].map((word) => writer.run(insert(word))))
    expect(commits).toEqual(['a', 'a b', 'a b c'])
  })

  test('are no more than a hundred in one commit', async () => {
    const { writer, insert, commits } = bench()
    await outcomes(Array.from({ length: 150 }, (_, n) => writer.run(insert(String(n + 1000)))))
    expect(commits.map((words) => words.split(' ').length)).toEqual([100, 150])
  })

  test('learn nothing before the commit returned, those that wrote nothing neither', async () => {
    const order: string[] = []
    const { writer, insert, db } = bench({
      beforeCommit: () => void order.push(`in transaction: ${db.inTransaction}`),
    })
    const refused: Job<string> = async () => ({ keep: false, value: 'duplicate' })
    await Promise.all([
      writer.run(refused).then((told) => order.push(`${told}: ${db.inTransaction}`)),
      writer.run(insert('a')).then((told) => order.push(`${told}: ${db.inTransaction}`)),
    ])
    expect(order).toEqual(['in transaction: true', 'duplicate: false', 'a: false'])
  })

  test('are undone one by one: what one of them refuses does not touch the others', async () => {
    const { writer, insert, words } = bench()
    const halfDone: Job<string> = async () => {
      await insert('half')()
      return { keep: false, value: 'stale' }
    }
    const told = await outcomes([
      writer.run(insert('a')),
      writer.run(halfDone),
      writer.run(insert('a')),
      writer.run(insert('b')),
    ])
    expect(told).toEqual(['a', 'stale', 'refused: UNIQUE constraint failed: words.word', 'b'])
    expect(words()).toEqual(['a', 'b'])
  })

  test('are all refused when the commit fails, and the next ones are not', async () => {
    let broken = true
    const made = bench({
      beforeCommit: () => {
        if (broken) throw new Error('the file is gone')
      },
    })
    const told = await outcomes(['a', 'b'].map((word) => made.writer.run(made.insert(word))))
    expect(told).toEqual(['refused: the file is gone', 'refused: the file is gone'])
    expect(made.words()).toEqual([])
    broken = false
    expect(await made.writer.run(made.insert('c'))).toBe('c')
    expect(made.failures).toHaveLength(1)
  })

  test('are all refused when no transaction can begin', async () => {
    const { writer, insert, words, db } = bench()
    db.exec('begin')
    const told = await outcomes([writer.run(insert('a')), writer.run(insert('b'))])
    expect(told[0]).toMatch('refused: cannot start a transaction within a transaction')
    expect(words()).toEqual([])
    expect(await writer.run(insert('c'))).toBe('c')
  })
})

describe('an error that ends the whole transaction', () => {
  /** As a full disk does: the statement fails and SQLite rolls everything back. */
  const disaster =
    (db: Database.Database): Job<string> =>
    async () => {
      db.exec('rollback')
      throw new Error('database or disk is full')
    }

  test('undoes the group, which is then run one by one', async () => {
    const { writer, insert, words, commits, db } = bench()
    const told = await outcomes([
      writer.run(insert('a')),
      writer.run(insert('b')),
      writer.run(disaster(db)),
      writer.run(insert('d')),
    ])
    expect(told).toEqual(['a', 'b', 'refused: database or disk is full', 'd'])
    expect(words()).toEqual(['a', 'b', 'd'])
    expect(commits).toEqual(['a', 'a b', 'a b d'])
  })

  test('tells nobody of the group before its own second run has committed', async () => {
    const { writer, insert, db, words } = bench()
    const seen: (readonly unknown[])[] = []
    await outcomes([
      writer.run(insert('a')).then(() => seen.push(words())),
      writer.run(disaster(db)),
    ])
    expect(seen).toEqual([['a']])
  })
})

test('closing waits for what is queued and takes nothing more', async () => {
  const { writer, insert, words } = bench()
  const last = writer.run(insert('a'))
  await writer.close()
  expect(words()).toEqual(['a'])
  await expect(last).resolves.toBe('a')
  await expect(writer.run(insert('b'))).rejects.toThrow('closed')
})
