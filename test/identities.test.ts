// Who a message is from, asked by two processes over one store.

import { expect, test } from '@jest/globals'
import { createIdentities, type Identities } from '../src/identities.ts'
import type { Address } from '../src/message.ts'
import { conversationOf, inbound, message, NOW, turn } from './store/given.ts'
import { newPath, openAt } from './store/temporary.ts'

const NUMBER: Address = 'whatsapp:628110000001'
const FORMER: Address = 'whatsapp:ID.1'
const LATER: Address = 'whatsapp:ID.2'

test('whose number was doubted by one process is noted anew by another that knew them well', async () => {
  const store = await openAt(newPath())
  const process = () => createIdentities({ store, clock: () => NOW })
  const [one, other] = [process(), process()]
  let sent = 0

  async function writes(at: Identities, name: Address): Promise<readonly Address[]> {
    const providerId = `wamid.${++sent}`
    const written = message(NUMBER, { channel: 'whatsapp', providerId, alsoKnownAs: [name] })
    return at.heard(written, async (theirs, names) => {
      const known = await conversationOf(store, theirs.from)
      const spoken = inbound(theirs.from, { message: theirs })
      expect(await store.commitTurn(turn(known, { inbound: spoken, names }))).toBe('committed')
      return names
    })
  }

  expect(await writes(one, FORMER)).toEqual([FORMER])
  expect(await writes(one, FORMER)).toEqual([])
  expect(await writes(other, LATER)).toEqual([LATER])
  expect(await writes(one, FORMER)).toEqual([FORMER])
  await store.close()
})
