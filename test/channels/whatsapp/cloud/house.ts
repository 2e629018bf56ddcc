// A whole gateway with the Cloud API and a plain SMS beside it: people write as Meta posts it, and read what arrived there.

import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import {
  type FakeMeta,
  type Json,
  META_NUMBER_ID,
  postFromMeta,
  startFakeMeta,
  webhookOf,
} from '../../../support/fake-meta.ts'
import { type InProcess, openInProcess } from '../../../support/in-process.ts'
import { optionsFor } from './contract-bench.ts'

/** A number, an id, or both. */
export interface Who {
  readonly from?: string
  readonly from_user_id?: string
}

type Sent = FakeMeta['sent'][number]

export interface CloudHouse {
  readonly house: InProcess
  readonly fake: FakeMeta
  /** Resolves once all that follows from it was sent. */
  posts(message: Json): Promise<void>
  says(who: Who, body: string): Promise<void>
  presses(who: Who, on: Sent, title: string): Promise<void>
  /** What Meta was given for this number or id, oldest first. */
  told(name: string): readonly Sent[]
  close(): Promise<void>
}

let made = 0

export async function openCloudHouse(): Promise<CloudHouse> {
  const fake = await startFakeMeta()
  let clock = () => new Date(0)
  const channel = createWhatsAppCloud(optionsFor(fake, () => clock()))
  const house = await openInProcess({}, {}, [channel])
  clock = house.now

  async function posts(message: Json): Promise<void> {
    const id = `wamid.house.${++made}`
    const status = await postFromMeta(house.url, webhookOf([{ id, timestamp: '1', ...message }]))
    if (status !== 200) throw new Error(`the gateway answered ${status}`)
    await house.assembly.drain()
  }

  return {
    ...{ house, fake, posts },
    says: (who, body) => posts({ ...who, type: 'text', text: { body } }),
    presses: (who, on, title) => {
      const choice = on.choices.find((one) => (one.description ?? one.title) === title)
      const context = { from: META_NUMBER_ID, id: on.providerId }
      const reply = { id: choice?.id, title }
      const interactive = { type: 'list_reply', list_reply: reply }
      return posts({ ...who, type: 'interactive', context, interactive })
    },
    told: (name) => fake.sent.filter(({ to }) => to === name),
    close: async () => {
      await house.stop()
      await fake.stop()
    },
  }
}
