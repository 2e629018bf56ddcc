// One event of one person → one committed turn: load, ask what is needed, decide, write.
// Rule: every try reads anew, so that a turn somebody else overtook is simply decided again.

import type { Channel } from './channels/channel.ts'
import type { City } from './city/city.ts'
import type { Chance, Clock, NewId } from './clock.ts'
import { createCommit } from './commit-turn.ts'
import { midnightBefore } from './complaints/clocks.ts'
import { nearWanted } from './conversation/nearby.ts'
import { needs } from './conversation/needs.ts'
import { reduce } from './conversation/reduce.ts'
import { readState, type State } from './conversation/state.ts'
import type { Context, Event } from './conversation/turn.ts'
import { DecidingFault, pure, withoutWords } from './deciding-fault.ts'
import { applyEffects } from './effects.ts'
import { type Address, channelOf } from './message.ts'
import type { Herald } from './notify/herald.ts'
import type { Store } from './store/store.ts'
import type { Conversation, TurnOutcome } from './store/turn-port.ts'
import { createTurnFacts } from './turn-facts.ts'
import { outcomeOf, stuckRecord, turnRecord } from './turn-record.ts'

export interface TurnParts {
  readonly store: Store
  readonly city: City
  readonly shortCode: string
  readonly channels: readonly Channel[]
  readonly herald: Herald
  readonly clock: Clock
  readonly newId: NewId
  readonly chance: Chance
  /** There are attachments to fetch, or files of somebody erased to remove. */
  readonly wakeMedia?: () => void
  readonly log: {
    info(fields: object, text: string): void
    error(fields: object, text: string): void
  }
  /** The deciding function; another one only where a test wants it to throw. */
  readonly decide?: typeof reduce | undefined
}

export interface Task {
  readonly address: Address
  readonly event: Event
  /** When it was received; what it waits for its turn counts. */
  readonly began: Date
  /** The message is stored already, and stuck. */
  readonly replay: boolean
  /** Further names of whoever writes, to be noted. */
  readonly names: readonly Address[]
}

export type TaskOutcome = TurnOutcome | 'stuck'

/**
 * A turn that was overtaken by another process is decided again this often; then the provider has to come again.
 * Each time another turn of the same person got through: of three processes one loses so often once in 10^10.
 */
const TRIES = 60
/** Taken ticket numbers are no try: but a broken source of chance must not spin for ever. */
const TICKET_TRIES = 100

export interface Turns {
  /** Resolves only after the commit; throws where it was overtaken too often. Nobody else's turn of this person may run. */
  untilCommitted(task: Task): Promise<TaskOutcome>
}

export function createTurns(parts: TurnParts): Turns {
  const { store, city, clock, newId, log, herald } = parts
  const decide = parts.decide ?? reduce
  const withButtons = new Set(parts.channels.flatMap((c) => (c.buttons ? [c.account] : [])))
  const commit = createCommit(parts)
  const coordinatorsSet = herald.onDuty.length > 0
  const turnFacts = createTurnFacts({ ...parts, withButtons, coordinatorsSet })

  /** Reads everything anew, so that an overtaken turn can simply be run again. */
  async function attempt({ address, event, began, replay, names }: Task): Promise<TaskOutcome> {
    const now = clock()
    const at = { now, midnight: midnightBefore(now, city.zone) }
    const ids = { personId: newId(), addressId: newId() }
    const conversation = await store.conversation(address, at, ids)
    const frame = { address, conversation, event, now, newId, city }
    try {
      const state = pure(() => readState(conversation.state))
      const wanted = pure(() => needs(state, event, city, conversation.staff))
      const facts = await turnFacts.gather(conversation, event, wanted, now)
      const { turn, context } = await decideOn(conversation, state, event, facts)
      const files = await turnFacts.files(turn)
      const applied = pure(() => applyEffects(turn, { ...frame, files, context }))
      const told = await herald.turn(applied, conversation, now)
      const record = turnRecord(turn, applied, told, frame, herald.onDuty)
      const outcome = await commit({ ...record, replay, names }, conversation)
      if (outcome === 'committed') {
        const ms = clock().getTime() - began.getTime()
        logTurn(conversation, event, { outcome: outcomeOf(turn), ticket: applied.ticket, ms })
      }
      return outcome
    } catch (error) {
      if (!(error instanceof DecidingFault)) throw error
      const reason = withoutWords(error.cause)
      const whose = { person: conversation.personId, channel: channelOf(address) }
      log.error({ ...whose, event: event.type, outcome: 'stuck', reason }, 'stuck; fix and replay')
      return replay ? 'stuck' : commit(stuckRecord(reason, frame), conversation)
    }
  }

  async function untilCommitted(task: Task): Promise<TaskOutcome> {
    let tries = 1
    for (let rolls = 1; ; rolls++) {
      const outcome = await attempt(task)
      if (outcome === 'committed' || outcome === 'duplicate' || outcome === 'stuck') return outcome
      if (outcome === 'stale') tries++
      if (tries > TRIES || rolls > TICKET_TRIES) {
        throw new Error(`the turn was ${outcome} ${rolls} times; the provider has to come again`)
      }
    }
  }

  /** Decided once; and again where somebody else may have filed the same, knowing what. */
  async function decideOn(conversation: Conversation, state: State, event: Event, known: Context) {
    const first = pure(() => decide(state, event, known))
    const asks = first.effects.some(({ type }) => type === 'read-own-file')
    const file = asks ? await turnFacts.file(conversation, known.now) : null
    const facts = { ...known, file }
    const turn = asks ? pure(() => decide(state, event, facts)) : first
    const query = pure(() => nearWanted(state, turn, facts))
    if (query === null) return { turn, context: facts }
    const near = await turnFacts.near(conversation, query)
    if (near.cases.length === 0) return { turn, context: facts }
    const context = { ...facts, near }
    return { turn: pure(() => decide(state, event, context)), context }
  }

  function logTurn(
    conversation: Conversation,
    event: Event,
    became: { readonly outcome: string; readonly ticket: string | null; readonly ms: number },
  ) {
    const { address, personId: person } = conversation
    log.info({ person, channel: channelOf(address), event: event.type, ...became }, 'turn')
  }

  return { untilCommitted }
}
