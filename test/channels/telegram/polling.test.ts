// Long polling: what is confirmed was stored, each chat keeps its order, and nothing that goes wrong ends it.

import { describe, expect, test } from '@jest/globals'
import {
  blockUpdate,
  CITIZEN,
  messageOf,
  pressUpdate,
  textUpdate,
} from '../../support/telegram/updates.ts'
import { type Bench, outbound, texts, until, withBench } from './harness.ts'

const OTHER = CITIZEN + 1
const DAY_MS = 86_400_000

const polled = (story: (bench: Bench) => Promise<void>, options = {}) =>
  withBench({ renewMs: 20, ...options }, async (bench) => {
    await bench.start()
    await story(bench)
  })

describe('the offset', () => {
  test('moves only after the update is stored', () =>
    polled(async ({ fake, storing, events }) => {
      const gate = newGate()
      storing(gate.pass)
      const id = fake.bring(textUpdate(CITIZEN, 'lampu mati')) ?? 0
      await gate.reached
      expect([events, fake.polls.length, fake.waiting().length]).toEqual([[], 1, 1])
      gate.open()
      await fake.confirmed()
      expect(fake.polls.at(-1)?.offset).toBe(id + 1)
    }))

  test('stays before what could not be stored, which comes again', () =>
    polled(async ({ fake, storing, waits, ...bench }) => {
      let faults = 2
      storing(async () => {
        if (faults-- > 0) throw new Error('disk full')
      })
      const id = fake.bring(textUpdate(CITIZEN, 'lampu mati')) ?? 0
      await fake.confirmed()
      expect(fake.polls.map(({ offset }) => offset).slice(0, 4)).toEqual([null, null, null, id + 1])
      expect([texts(bench), waits.slice(0, 2)]).toEqual([['lampu mati'], [1_000, 2_000]])
    }))

  test('passes what other chats have stored, up to the first that could not be', () =>
    polled(async ({ fake, storing, ...bench }) => {
      let faults = 1
      storing(async (event) => {
        if (event.type === 'message' && event.message.text === 'b1' && faults-- > 0)
          throw new Error('disk full')
      })
      const [, b1] = bring(fake, ['a1', 'b1', 'b2', 'a2'])
      await fake.confirmed()
      // b2 waited for b1; a2 came again, and its provider id tells the store.
      const of = (person: string) => texts(bench).filter((text) => text.startsWith(person))
      expect([of('a'), of('b')]).toEqual([
        ['a1', 'a2', 'a2'],
        ['b1', 'b2'],
      ])
      expect(fake.polls.map(({ offset }) => offset)).toContain(b1)
    }))

  test('is remembered by the next process', () =>
    withBench({}, async (first) => {
      await first.start()
      const id = first.fake.bring(textUpdate(CITIZEN, 'satu')) ?? 0
      await first.fake.confirmed()
      const second = await first.restart()
      const before = second.fake.polls.length
      await second.start()
      await second.fake.pollCount(before + 1)
      expect(second.fake.polls.at(-1)?.offset).toBe(id + 1)
      await second.close()
    }))

  test('is left out after six days, and a month, without a word: ids may begin anew below it', () =>
    withBench({}, async (first) => {
      await first.start()
      const id = first.fake.bring(textUpdate(CITIZEN, 'lama')) ?? 0
      await first.fake.confirmed()
      first.push(6 * DAY_MS - 1)
      const second = await first.restart()
      await nextPoll(second)
      expect(second.fake.polls.at(-1)?.offset).toBe(id + 1)
      second.push(1)
      const third = await second.restart()
      await nextPoll(third)
      expect(third.fake.polls.at(-1)?.offset).toBe(null)
      third.push(25 * DAY_MS)
      const fourth = await third.restart()
      fourth.fake.restartIds(17)
      await nextPoll(fourth)
      fourth.fake.bring(textUpdate(CITIZEN, 'baru'))
      await fourth.fake.confirmed()
      const offsets = fourth.fake.polls.map(({ offset }) => offset)
      expect([texts(fourth), offsets.slice(-2)]).toEqual([['baru'], [null, 18]])
      await fourth.close()
    }))
})

describe('order', () => {
  test('one chat in its order, chats side by side', () =>
    polled(async ({ fake, storing, ...bench }) => {
      const gate = newGate()
      storing(async (event) => {
        if (event.type === 'message' && event.message.text === 'a1') await gate.pass()
      })
      bring(fake, ['a1', 'b1', 'a2', 'b2'])
      await until(() => texts(bench).length === 2)
      expect(texts(bench)).toEqual(['b1', 'b2'])
      gate.open()
      await fake.confirmed()
      expect(texts(bench)).toEqual(['b1', 'b2', 'a1', 'a2'])
    }))
})

describe('what goes wrong', () => {
  const refuse = (status: number, description: string, retryAfter?: number) => ({
    ...({ type: 'refuse', status, description } as const),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
  const CONFLICT = refuse(409, 'Conflict: terminated by other getUpdates request')

  test.each([
    ['another poller', [CONFLICT, CONFLICT], [1_000, 2_000], 'down', /409.*another program/],
    ['no such bot', [refuse(401, 'Unauthorized')], [300_000], 'paused', /token is not accepted/],
    ['too many requests', [refuse(429, 'Too Many', 13)], [13_000], 'down', /too many requests/],
    ["Telegram's fault", [{ type: 'page', status: 502 }], [1_000], 'down', /HTTP 502/],
    ['a line that broke', [{ type: 'reset' }], [1_000], 'down', /no answer from Telegram/],
  ] as const)('%s: told, waited for, and come again', (_name, answers, waited, state, why) =>
    withBench({}, async (bench) => {
      const { fake, channel, waits } = bench
      const seen: unknown[] = []
      fake.answerPolls(...answers)
      fake.bring(textUpdate(CITIZEN, 'tetap datang'))
      bench.storing(async () => void seen.push(channel.health()))
      await bench.start()
      await fake.confirmed()
      expect(seen).toMatchObject([{ state, why: expect.stringMatching(why) }])
      expect(waits).toEqual(waited)
      expect([texts(bench), channel.health().state]).toEqual([['tetap datang'], 'up'])
    }),
  )

  test.each([
    ['no result', { ok: true }],
    ['a result of null', { ok: true, result: null }],
    ['a result that is no list', { ok: true, result: {} }],
    ['no object at all', null],
  ])('%s ends nothing, and is told', (_name, body) =>
    withBench({}, async (bench) => {
      const { fake, channel, waits } = bench
      const seen: unknown[] = []
      fake.answerPolls({ type: 'strange', body })
      fake.bring(textUpdate(CITIZEN, 'tetap datang'))
      bench.storing(async () => void seen.push(channel.health()))
      await bench.start()
      await fake.confirmed()
      expect(seen).toMatchObject([{ state: 'down', why: expect.stringMatching(/an answer/) }])
      expect([waits, texts(bench), channel.health().state]).toEqual([
        [1_000],
        ['tetap datang'],
        'up',
      ])
    }),
  )

  test('what answers at once with nothing is not asked without a breath', () =>
    withBench({}, async (bench) => {
      const { fake, waits } = bench
      const empty = { type: 'strange', body: { ok: true, result: [] } } as const
      const unnumbered = { type: 'strange', body: { ok: true, result: [{ poll: {} }] } } as const
      fake.answerPolls(empty, unnumbered)
      fake.bring(textUpdate(CITIZEN, 'tetap datang'))
      await bench.start()
      await fake.confirmed()
      expect([waits, texts(bench)]).toEqual([[500, 500], ['tetap datang']])
      expect(bench.ignored).toEqual(['kind'])
    }))

  test('a webhook in its way is removed, and what waits stays', () =>
    polled(async ({ fake, ...bench }) => {
      const removals = () => fake.calls.filter(({ method }) => method === 'deleteWebhook')
      await until(() => removals().length === 1)
      await fetch(`${fake.url}/bot${fake.token}/setWebhook?url=https://lain.example.com/`)
      bring(fake, ['a1', 'a2', 'a3'])
      await fake.confirmed()
      expect(removals().map(({ params }) => params)).toEqual(
        Array(2).fill({ drop_pending_updates: false }),
      )
      expect(texts(bench)).toEqual(['a1', 'a2', 'a3'])
    }))

  test('neither the log nor health tells a token, a chat or words', () =>
    withBench({}, async (bench) => {
      bench.fake.answerPolls({ type: 'reset' }, CONFLICT)
      bench.fake.bring(textUpdate(CITIZEN, 'kata rahasia'))
      bench.storing(() => Promise.reject(new Error('disk full')))
      await bench.start()
      await until(() => bench.fake.polls.length > 3)
      const told = bench.logged() + JSON.stringify(bench.channel.health())
      expect(told).toContain('disk full')
      expect(told).not.toMatch(new RegExp(`${CITIZEN}|rahasia|${bench.fake.token}`))
    }))
})

describe('several processes', () => {
  test('who does not hold the lease does not poll, and takes over when it is free', () => {
    let held = true
    const leases: (readonly [string, number])[] = []
    return withBench({ renewMs: 20 }, async ({ state, fake, channel, start }) => {
      Object.assign(state, {
        lease: async (name: string, ms: number) => {
          leases.push([name, ms])
          return !held
        },
      })
      await start()
      expect([channel.health().state, fake.polls.length]).toEqual(['up', 0])
      held = false
      await fake.pollCount(1)
      held = true
      fake.bring(textUpdate(CITIZEN, 'satu'))
      const renewals = leases.length
      await until(() => leases.length > renewals + 1)
      expect(leases[0]).toEqual(['poll', 60])
      const before = fake.polls.length
      fake.bring(textUpdate(CITIZEN, 'dua'))
      await until(() => leases.length > renewals + 4)
      expect(fake.polls.length).toBe(before)
    })
  })
})

describe('a stop', () => {
  test('breaks off the poll, finishes what is begun, and hands the lease over', () => {
    const released: string[] = []
    return withBench({ renewMs: 20 }, async (bench) => {
      const { fake, channel, state } = bench
      Object.assign(state, { release: async (name: string) => void released.push(name) })
      const gate = newGate()
      bench.storing(gate.pass)
      bring(fake, ['a1', 'a2'])
      await bench.start()
      await gate.reached
      const polls = fake.polls.length
      const stopped = channel.closeIntake?.()
      gate.open()
      await stopped
      expect([texts(bench), fake.polls.length, fake.waiting().length]).toEqual([['a1'], polls, 2])
      expect(released).toEqual(['poll'])
      expect(bench.logged()).not.toContain('could not store')
    })
  })
})

describe('a pressed button', () => {
  test('is let go after it is stored, however late it is', () =>
    polled(async ({ fake, storing, ...bench }) => {
      const gate = newGate()
      storing(gate.pass)
      fake.bring(pressUpdate(CITIZEN, messageOf(), 'lama'))
      await gate.reached
      expect(fake.answered).toEqual([])
      gate.open()
      await fake.confirmed()
      await until(() => fake.answered.length === 1)
      expect(bench.events).toMatchObject([{ message: { choice: 'lama' } }])
    }))
})

test('a wait that a press was answered with holds for messages too', () =>
  polled(async ({ fake, channel, logged }) => {
    fake.answerBy(({ method }) =>
      method === 'answerCallbackQuery'
        ? { type: 'refuse', status: 429, description: 'Too Many Requests', retryAfter: 9 }
        : { type: 'accept' },
    )
    fake.bring(pressUpdate(CITIZEN, messageOf(), 'ya'))
    await until(() => logged().includes('a press was not answered'))
    const result = await channel.send(outbound())
    expect(result).toEqual({ outcome: 'throttled', afterMs: 9_000, reason: expect.any(String) })
    expect(fake.sent).toEqual([])
  }))

test('a block and its end are handed on, each once stored', () =>
  polled(async ({ fake, ...bench }) => {
    fake.bring(blockUpdate(CITIZEN, 'kicked'))
    fake.bring(blockUpdate(CITIZEN, 'member'))
    await fake.confirmed()
    expect(bench.events.map(({ type }) => type)).toEqual(['opt-out', 'opt-in'])
  }))

test('what is nobody’s message is counted and confirmed', () =>
  polled(async ({ fake, ignored, ...bench }) => {
    fake.bring(textUpdate(CITIZEN, 'x', { chat: { id: -9, type: 'group' } }))
    await fake.confirmed()
    expect([ignored, bench.events]).toEqual([['group'], []])
  }))

/** `a1`: the first words of one person; `b1`: of another. All lie there before the next poll comes. */
function bring(fake: Bench['fake'], words: readonly string[]): readonly number[] {
  return words.map((text) => {
    const from = text.startsWith('a') ? CITIZEN : OTHER
    return fake.bring(textUpdate(from, text)) ?? 0
  })
}

/** Starts it, and waits until it polls. */
async function nextPoll(bench: Bench): Promise<void> {
  const before = bench.fake.polls.length
  await bench.start()
  await bench.fake.pollCount(before + 1)
}

/** What is stored behind it waits until it is opened. */
function newGate() {
  let open = () => {}
  let reach = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const pass = () => {
    reach()
    return opened
  }
  return { pass, reached, open }
}
