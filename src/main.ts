#!/usr/bin/env node
// The entry: picks the command, builds the gateway over its real drivers, stops it on SIGTERM.
// The only file that imports adapters and drivers, and that asks the machine for time, chance and ids.

import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Logger } from 'pino'
import { createAccountState } from './account-state.ts'
import { createAccountVault } from './account-vault.ts'
import { assemble } from './assembly.ts'
import type { Terminal } from './channels/terminal/terminal.ts'
import { channelsBeside } from './channels-beside.ts'
import type { ChatCommand, ChatParts } from './chat-terminal.ts'
import { type Command, type OperatorCommand, readCommand } from './cli.ts'
import type { Clock } from './clock.ts'
import { listWordsOf, menusOf } from './command-menus.ts'
import type { Machine } from './commands/machine.ts'
import { askAtTerminal } from './commands/terminal-question.ts'
import { runUnderstand } from './commands/understand.ts'
import { configuredChannels } from './configured-channels.ts'
import { isForGroups as isEnrolling } from './conversation/officer/group-words.ts'
import { errorReason } from './error-fields.ts'
import { createNewId } from './ids.ts'
import { createMediaFolder } from './media/folder.ts'
import { createMediaReader } from './media/reading.ts'
import { createMetrics } from './metrics.ts'
import type { Settings } from './settings.ts'
import { openWaiting, type Waiting } from './spool/waiting.ts'
import {
  announce,
  cityAlone,
  dataKeyOf,
  endOnFault,
  listen,
  onceThere,
  openLog,
  refuse,
  settingsAndCity,
} from './startup.ts'
import { mayCome } from './store/away.ts'
import { takeLock } from './store/lock.ts'
import { isPostgres, openStore } from './store/open.ts'
import { createSeal } from './store/seal.ts'
import { USAGE } from './usage.ts'

/** Everything in hand is given this long after SIGTERM; the process is gone within 10 s. */
const STOP_MS = 9_000

const version: string = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2))
  switch (command.name) {
    case 'help':
      process.stdout.write(USAGE)
      return
    case 'wrong':
      refuse([command.why, 'See: kentongan help'])
      break
    case 'understand':
      // A reader that has seen enough, such as `head`, is no fault.
      process.stdout.on('error', () => process.exit(0))
      runUnderstand(command, cityAlone(process.env), (line) => {
        process.stdout.write(`${line}\n`)
      })
      return
    case 'start':
    case 'chat':
      await runGateway(command)
      return
    default:
      process.stdout.on('error', () => process.exit(0))
      process.exit(await operate(command))
  }
}

/** The gateway itself needs none of it, so a start does not load it. */
async function operate(command: OperatorCommand): Promise<number> {
  const { runOperator } = await import('./commands/operator.ts')
  return runOperator(command, machine())
}

/** Likewise. */
async function chatTerminal(
  command: ChatCommand,
  around: Omit<ChatParts, 'input' | 'output'>,
): Promise<Terminal> {
  const { createChatTerminal } = await import('./chat-terminal.ts')
  const { stdin: input, stdout: output } = process
  return createChatTerminal(command, { ...around, input, output })
}

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.()}`
  }
}

function machine(): Machine {
  const { stdin, stdout, stderr, env } = process
  const around = {
    newId: createNewId(Date.now, randomUUID),
    chance: (below: number) => randomInt(below),
    clockOf: (offsetMs: number) => () => new Date(Date.now() + offsetMs),
    complain: (line: string) => void stderr.write(`${line}\n`),
  }
  return {
    ...{ env, ...around },
    channelsOf: (settings) => channelsBeside(settings, around),
    user: userName(),
    print: (line) => void stdout.write(`${line}\n`),
    write: async (text) => {
      if (!stdout.write(text)) await once(stdout, 'drain')
    },
    ask: (question) => askAtTerminal(stdin, stderr, question),
  }
}

async function runGateway(command: Extract<Command, { name: 'start' | 'chat' }>): Promise<void> {
  // Told to stop before there is anything to stop, it just goes. Without this the first process of a container would stay.
  let stop = async (_why: string): Promise<void> => process.exit(0)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))

  const { settings, city } = settingsAndCity(process.env)
  const log = openLog(settings, command.name === 'chat')
  endOnFault(log)
  const clock = () => new Date(Date.now() + settings.clockOffsetMs)
  const metrics = createMetrics()
  const newId = createNewId(Date.now, randomUUID)
  const chance = (below: number) => randomInt(below)

  const dataKey = dataKeyOf(settings, log)
  const { databaseUrl: url, clockOffsetMs } = settings
  const open = () => openStore({ url, dataKey, clock, clockOffsetMs, newId, log })
  const store = await onceThere(open, mayCome, log)
  const sitting = { city, store, chance, clock, newId }
  const terminal = command.name === 'chat' ? await chatTerminal(command, sitting) : null
  const shared = isPostgres(url)
  const holder = newId()
  const stateOf = (account: string) => createAccountState({ store, account, holder, shared })
  const sealing = createSeal(dataKey)
  const { digest } = sealing
  const vaultOf = (account: string) => createAccountVault({ store, account, digest, sealing })
  const folder = createMediaFolder(settings.mediaDir, newId)
  const readMedia = createMediaReader({ store, folder, log })
  const isForGroups = (text: string) => isEnrolling(text, city)
  const more = {
    ...{ stateOf, vaultOf, store, chance, digest },
    tell: (line: string) => void process.stderr.write(`${line}\n`),
    menus: menusOf(city),
    listWords: listWordsOf(city),
    readMedia,
    isForGroups,
  }
  const channels = [
    ...(await configuredChannels({ settings, clock, log, metrics, ...more })),
    ...(terminal ? [terminal] : []),
  ]
  const gateway = await assemble({
    ...{ settings, city, store, channels, clock, newId, chance, log, metrics, version, shared },
    waiting: shared ? await openSpool(settings, dataKey, clock, newId, log) : null,
  })
  let stopping = false
  stop = async (why) => {
    if (stopping) return
    stopping = true
    log.info({ why }, 'stopping')
    setTimeout(() => process.exit(0), STOP_MS).unref()
    await gateway.stop()
    process.exit(0)
  }
  await listen(gateway.server, settings)
  await gateway.start()
  if (stopping) return
  announce(settings, gateway.server, log, version)
  if (terminal !== null) {
    await terminal.ended
    await gateway.drain()
    await stop('the terminal was closed')
  }
}

/** What waits on disk for a database that is away; sealed, since it holds words and senders. */
function openSpool(
  { spoolDir: dir }: Settings,
  dataKey: Buffer,
  clock: Clock,
  newId: () => string,
  log: Logger,
): Promise<Waiting> {
  const { seal, open } = createSeal(dataKey)
  return openWaiting({
    ...{ dir, log, name: `${clock().getTime()}-${newId()}` },
    lock: (path) => takeLock(path, 0),
    sealing: { seal: (words) => seal(words, 'spool'), open: (sealed) => open(sealed, 'spool') },
  })
}

main().catch((error: unknown) => {
  refuse([errorReason(error)])
})
