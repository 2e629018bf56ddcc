// A process that files turn after turn, several at a time, and tells on stdout which were committed. Made to be killed.

import { openStore } from '../../src/store/open.ts'
import { conversationOf, inbound, message, outbound, PARTS, turn } from './given.ts'

const [path = '', run = ''] = process.argv.slice(2)
const store = await openStore({ ...PARTS, url: `sqlite:${path}` })

async function talk(who: number): Promise<never> {
  const address = `sms:+62811${run}${who}` as const
  for (let n = 0; ; n++) {
    const known = await conversationOf(store, address)
    const sms = message(address, { providerId: `${address} ${n}` })
    const outcome = await store.commitTurn(
      turn(known, {
        inbound: inbound(address, { message: sms }),
        outbound: [outbound(known.addressId)],
      }),
    )
    process.stdout.write(`${outcome} ${address} ${n}\n`)
  }
}

await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(talk))
