// One key's jobs wait for each other; other keys' do not.

import { expect, test } from '@jest/globals'
import { createInTurn } from '../src/in-turn.ts'

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('the second job of a key begins when the first has ended', async () => {
  const inTurn = createInTurn()
  const first = gate()
  const seen: string[] = []
  const one = inTurn.run('ani', async () => {
    await first.opened
    seen.push('one')
  })
  const two = inTurn.run('ani', async () => {
    seen.push('two')
  })
  await inTurn.run('budi', async () => {
    seen.push('other')
  })
  first.open()
  await Promise.all([one, two])
  expect(seen).toEqual(['other', 'one', 'two'])
})

test('a failed job fails alone', async () => {
  const inTurn = createInTurn()
  const bad = inTurn.run('ani', () => Promise.reject(new Error('no')))
  const good = inTurn.run('ani', async () => 'yes')
  await expect(bad).rejects.toThrow('no')
  await expect(good).resolves.toBe('yes')
})

test('a stop waits for what is in hand and refuses what is new', async () => {
  const inTurn = createInTurn()
  const held = gate()
  let done = false
  const job = inTurn.run('ani', async () => {
    await held.opened
    done = true
  })
  const stopped = inTurn.stop()
  await expect(inTurn.run('ani', async () => {})).rejects.toThrow('stopping')
  held.open()
  await stopped
  await job
  expect(done).toBe(true)
})
