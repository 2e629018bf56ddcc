// Writes addresses: who they belong to, where their conversation stands, which accounts may reach them.
// An address is found by its digest and readable only with the key.

import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { type Address, channelOf, LANGUAGES } from '../../message.ts'
import type { Listener } from '../people-port.ts'
import { dateOrNull, msOrNull, oneOf } from '../rows.ts'
import type { TurnRecord } from '../turn-port.ts'
import { blockDigest } from './digests.ts'
import { ADDRESS_PURPOSE } from './people.ts'
import { given, type Source, slot, slots, slotsOf } from './source.ts'

export function addressQueries({ db, t, seal, prepare, pipelines }: Source) {
  const columns = getTableColumns(t.addresses)
  const insertPerson = prepare(
    'insert_person',
    db.insert(t.people).values(slots('id', 'createdAt')).onConflictDoNothing(),
  )
  const insertAddress = prepare(
    'insert_address',
    db
      .insert(t.addresses)
      .values(slotsOf(columns))
      .onConflictDoNothing()
      .returning({ id: t.addresses.id }),
  )
  const advance = prepare(
    'advance_address',
    db
      .update(t.addresses)
      .set({
        state: given('state'),
        version: sql`${t.addresses.version} + 1`,
        wakeAt: given('wakeAt'),
        language: given('language'),
        stoppedAt: given('stoppedAt'),
        privacyTold: given('privacyTold'),
        account: sql`coalesce(${given('account')}, ${t.addresses.account})`,
        lastInAt: sql`coalesce(${given('lastInAt')}, ${t.addresses.lastInAt})`,
      })
      .where(and(eq(t.addresses.id, slot('id')), eq(t.addresses.version, slot('expectVersion'))))
      .returning({ id: t.addresses.id }),
  )
  const byDigest = prepare(
    'address_to_write',
    db
      .select()
      .from(t.addresses)
      .where(eq(t.addresses.digest, slot('digest'))),
  )
  const closeAccount = prepare(
    'close_account',
    db
      .insert(t.closedAccounts)
      .values(slots('addressId', 'account', 'closedAt'))
      .onConflictDoNothing(),
  )
  const openAccount = prepare(
    'open_account',
    db
      .delete(t.closedAccounts)
      .where(
        and(
          eq(t.closedAccounts.addressId, slot('addressId')),
          eq(t.closedAccounts.account, slot('account')),
        ),
      ),
  )

  const dropBlock = prepare(
    'drop_block',
    db.delete(t.blocks).where(eq(t.blocks.digest, slot('digest'))),
  )

  /** Makes the row unless the address has one; false when it had. */
  async function create(
    address: Address,
    ids: { readonly personId: string; readonly addressId: string },
    now: Date,
    known: Partial<Record<keyof typeof columns, string | number | null>>,
  ): Promise<boolean> {
    const person = { id: ids.personId, createdAt: now.getTime() }
    const values = {
      ...FRESH,
      id: ids.addressId,
      personId: ids.personId,
      digest: seal.digest(address),
      sealed: seal.seal(address, ADDRESS_PURPOSE),
      keyId: seal.keyId,
      channel: channelOf(address),
      createdAt: now.getTime(),
      ...known,
    }
    const [, [row]] = await Promise.all([
      insertPerson.execute(person),
      insertAddress.execute(values),
    ])
    return row !== undefined
  }

  /** The conversation's next state; false when the address is not at the expected version. */
  async function advanceConversation(turn: TurnRecord): Promise<boolean> {
    // A message decided again was heard when it came, not now.
    const heard = turn.replay ? null : turn.inbound
    const values = {
      state: turn.state,
      wakeAt: msOrNull(turn.wakeAt),
      language: turn.language,
      stoppedAt: msOrNull(turn.stoppedAt),
      privacyTold: turn.privacyTold,
      account: heard?.message.account ?? null,
      lastInAt: heard?.receivedAt.getTime() ?? null,
    }
    const { expectVersion, addressId: id } = turn
    const move = async () => (await advance.execute({ ...values, id, expectVersion })).length > 0
    if (expectVersion !== 0) return move()
    if (!pipelines) return (await move()) || begin(turn, values)
    return (await Promise.all([move(), begin(turn, values)])).includes(true)
  }

  async function begin(turn: TurnRecord, values: Parameters<typeof create>[3]): Promise<boolean> {
    const blockedAt = msOrNull(turn.blockedAt ?? null)
    const made = create(turn.address, turn, turn.now, { ...values, version: 1, blockedAt })
    if (blockedAt === null) return made
    // From here on the address itself says so.
    const digest = blockDigest(seal, turn.address)
    return (await Promise.all([made, dropBlock.execute({ digest })]))[0]
  }

  async function ensureAddress(
    address: Address,
    ids: { readonly personId: string; readonly addressId: string },
    now: Date,
  ): Promise<Listener> {
    const digest = seal.digest(address)
    const [known] = await byDigest.execute({ digest })
    if (known === undefined) await create(address, ids, now, {})
    const [row] = known === undefined ? await byDigest.execute({ digest }) : [known]
    if (row === undefined) throw new Error('an address that was just stored cannot be found')
    return {
      personId: row.personId,
      addressId: row.id,
      address,
      account: row.account,
      language: oneOf(LANGUAGES, row.language),
      stopped: row.stoppedAt !== null,
      lastHeardAt: dateOrNull(row.lastInAt),
      reporter: false,
      supporter: false,
      citizen: row.personId,
      lastWordAt: null,
      closed: false,
    }
  }

  /** An address never heard of has nothing to close. */
  async function setOptOut(address: Address, account: string, optedOut: boolean, now: Date) {
    const [row] = await byDigest.execute({ digest: seal.digest(address) })
    if (row === undefined) return
    if (optedOut) await shut(row.id, account, now.getTime())
    else await open(row.id, account)
  }

  const shut = (addressId: string, account: string, closedAt: number) =>
    closeAccount.execute({ addressId, account, closedAt })

  const open = (addressId: string, account: string) => openAccount.execute({ addressId, account })

  return { create, advanceConversation, ensureAddress, setOptOut, shut, open }
}

const FRESH = {
  account: null,
  state: null,
  version: 0,
  wakeAt: null,
  language: 'id',
  stoppedAt: null,
  blockedAt: null,
  privacyTold: null,
  lastInAt: null,
}
