// Somebody who hides their number, until WhatsApp tells it: one person under both names, answered under either.

import { expect, test } from '@jest/globals'
import type { InboundMessage } from '../../../../src/message.ts'
import { CITIZEN, lidOf } from '../../../support/whatsapp/phones.ts'
import { outbound } from '../../contract/given.ts'
import { inHouse, until } from './harness.ts'

const HIDDEN = `whatsapp:lid.${lidOf(CITIZEN)}` as const
const NUMBER = `whatsapp:${CITIZEN}` as const

test('who hides the number is answered by the id, and is both once WhatsApp tells the number', () =>
  inHouse(async (house) => {
    const { fake } = house
    const { channel } = await house.start()
    const heard = (): readonly InboundMessage[] =>
      house.events.flatMap((event) => (event.type === 'message' ? [event.message] : []))
    const hidden = { from: `${lidOf(CITIZEN)}@lid`, addressing_mode: 'lid' }
    const words = (conversation: string, id: string, more = {}) =>
      fake.encryptFrom(CITIZEN, { conversation }, id, { ...hidden, ...more })

    fake.deliver(await words('lampu mati', 'A1'))
    await until(() => heard().length === 1)
    expect(heard()[0]).toMatchObject({ from: HIDDEN, alsoKnownAs: [] })
    expect(await channel.send(outbound(HIDDEN, { text: 'Satu' }))).toMatchObject({
      outcome: 'accepted',
    })

    fake.deliver(await words('di gang 3', 'A2', { sender_pn: `${CITIZEN}@s.whatsapp.net` }))
    await until(() => heard().length === 2)
    expect(heard()[1]).toMatchObject({ from: NUMBER, alsoKnownAs: [HIDDEN] })
    expect(await channel.send(outbound(NUMBER, { text: 'Dua' }))).toMatchObject({
      outcome: 'accepted',
    })

    // What was told once holds for what comes by the id alone.
    fake.deliver(await words('rt 5', 'A3'))
    await until(() => heard().length === 3)
    expect(heard()[2]).toMatchObject({ from: NUMBER, alsoKnownAs: [HIDDEN] })
    await until(() => fake.said.length === 2)
    expect(fake.said.map(({ message }) => message.conversation)).toEqual(['Satu', 'Dua'])
  }))
