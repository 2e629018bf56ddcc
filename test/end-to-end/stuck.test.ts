// A message the deciding code cannot stand: kept, marked, answered plainly, seen by the operator; life goes on.

import { expect, test } from '@jest/globals'
import { DECIDING_THAT_THROWS } from '../support/breaking.ts'
import { messageFields } from '../support/fake-twilio.ts'
import { sizeOf } from '../support/sms.ts'
import { inWorld } from '../support/world.ts'

const CITIZEN = '+6281210004001'
const OTHER = '+6281210004002'

test('a message that makes the deciding code throw is kept, answered plainly and shown', () =>
  inWorld(async (world) => {
    const gateway = await world.start({
      preload: DECIDING_THAT_THROWS,
      env: { STUMBLE_AT: 'tersandung' },
    })
    const fields = messageFields({ From: CITIZEN, Body: 'got tersandung di kuin utara' })
    expect((await gateway.form(fields)).status).toBe(200)
    const [answer] = await world.replies(CITIZEN, 1)
    expect(answer).not.toMatch(/tersandung|Error/)
    expect(sizeOf(answer ?? '')).toMatchObject({ encoding: 'GSM-7' })

    const health = JSON.parse((await gateway.http('/health')).text)
    expect(health.stuck_messages).toBe(1)
    expect(health.warnings.join()).toMatch(/1 message/)
    expect((await gateway.http('/metrics')).text).toMatch(/^kentongan_stuck_messages 1$/m)
    expect(world.printed()).toMatch(/stuck/)
    expect(world.printed()).not.toMatch(/tersandung/)

    expect((await gateway.form(fields)).status).toBe(200)
    expect(await gateway.sms(OTHER, 'BANJARMASIN got mampet di kuin utara')).toBe(200)
    expect(await gateway.sms(CITIZEN, 'BANJARMASIN lampu jalan padam di pekauman')).toBe(200)
    await world.replies(OTHER, 1)
    expect((await world.replies(CITIZEN, 2))[1]).toMatch(/diterima/)
    expect(await gateway.complaints()).toHaveLength(2)
    expect(await gateway.stop()).toBe(0)
  }))
