// One send, as long as it may take: a channel that throws or never answers is one more outcome.
// Providers quote the number they could not reach; it belongs in no log and in no plain column.

import type { Channel, SendResult } from '../channels/channel.ts'
import type { TemplateMessage } from '../message.ts'
import type { Leased } from '../store/outbox-port.ts'

/** A thrown error means we could not even ask; no answer in time may mean anything. */
export async function sendWithin(
  channel: Channel,
  row: Leased,
  template: TemplateMessage | undefined,
  ms: number,
): Promise<SendResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<SendResult>((resolve) => {
    const reason = `no answer within ${ms} ms`
    timer = setTimeout(() => resolve({ outcome: 'unknown', reason }), ms)
  })
  const { id, address: to, text, choices, attachments, nextPart } = row
  const message = { id, to, text, choices, attachments, nextPart }
  const asked = async () =>
    channel.send(template === undefined ? message : { ...message, template })
  try {
    return withoutNumbers(await Promise.race([asked(), late]))
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the channel threw'
    return withoutNumbers({ outcome: 'retry', reason })
  } finally {
    clearTimeout(timer)
  }
}

function withoutNumbers(result: SendResult): SendResult {
  return 'reason' in result
    ? { ...result, reason: result.reason.replace(/\d{7,}/g, '***') }
    : result
}
