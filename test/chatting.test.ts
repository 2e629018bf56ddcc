// A chat in the whole gateway: what the store must know for edits, late buttons and what a picture says of its place.

import { expect, test } from '@jest/globals'
import type { Address, MediaRef } from '../src/message.ts'
import { type Chat, chatChannel } from './support/chat-channel.ts'
import { type InProcess, openInProcess, TOKEN } from './support/in-process.ts'

const ME: Address = 'telegram:700200'
const PHOTO: MediaRef = {
  ...{ kind: 'photo', id: 'P1', url: '', contentType: null, name: null, bytes: null },
}

interface Case {
  readonly ticket: string
  readonly text: string
  readonly history: readonly { readonly move: string; readonly note: string | null }[]
}

async function inGateway(fact: (chat: Chat, gateway: InProcess) => Promise<void>) {
  const chat = chatChannel(ME)
  const at = () => new Date('2026-11-25T02:00:00Z')
  const gateway = await openInProcess({}, {}, [chat.channel(at)])
  try {
    await fact(chat, gateway)
  } finally {
    await gateway.stop()
  }
}

async function casesOf({ url }: InProcess): Promise<readonly Case[]> {
  const headers = { Authorization: `Bearer ${TOKEN}` }
  const list = await fetch(`${url}/api/complaints`, { headers })
  const { complaints } = (await list.json()) as { complaints: readonly { ticket: string }[] }
  const wholes = complaints.map(({ ticket }) =>
    fetch(`${url}/api/complaints/${ticket}`, { headers }),
  )
  return Promise.all(wholes.map(async (whole) => (await (await whole).json()) as Case))
}

const notesOf = ({ history }: Case) =>
  history.filter(({ move }) => move === 'note').map(({ note }) => note)

/** The whole value of the button last shown that has this bare one. */
async function taps(chat: Chat, gateway: InProcess, value: string) {
  await gateway.assembly.drain()
  const shown = chat.told.flatMap(({ choices }) => choices)
  const choice = shown.findLast((one) => one.value.startsWith(`${value}@`))?.value ?? value
  await chat.says('', { choice })
}

test('edits of the words it was filed with, and of what was added later, are notes on the complaint', () =>
  inGateway(async (chat, gateway) => {
    const words = 'ANONIM lampu jalan mati di depan gang 5'
    await chat.says(words, { providerId: '7:1', media: [PHOTO] })
    await taps(chat, gateway, 'send')
    await chat.says('dua tiang', { providerId: '7:2' })
    await chat.says('lampu jalan mati di depan gang 7', { edits: '7:1' })
    await chat.says('tiga tiang', { edits: '7:2' })
    const [filed, ...others] = await casesOf(gateway)
    expect(others).toEqual([])
    expect(filed === undefined ? [] : notesOf(filed)).toEqual([
      'dua tiang',
      'lampu jalan mati di depan gang 7',
      'tiga tiang',
    ])
  }))

test('two taps that arrive at once file one complaint', () =>
  inGateway(async (chat, gateway) => {
    await chat.says('ANONIM lampu jalan mati di depan gang 5', { media: [PHOTO] })
    await Promise.all([taps(chat, gateway, 'send'), taps(chat, gateway, 'send')])
    await gateway.assembly.drain()
    expect((await casesOf(gateway)).map(({ text }) => text)).toEqual([
      'lampu jalan mati di depan gang 5',
    ])
    const last = chat.told.at(-1)?.text ?? ''
    expect(last).toMatch(/^Pilihan itu sudah tidak berlaku\.\n\nLaporan terakhir Anda: ID \d{8}/)
  }))

test('a button from before the erasing files nothing that was written after it', () =>
  inGateway(async (chat, gateway) => {
    const shown = async () => {
      await gateway.assembly.drain()
      return chat.told.flatMap(({ choices }) => choices).findLast(isSend)?.value ?? ''
    }
    const isSend = ({ value }: { readonly value: string }) => value.startsWith('send@')
    await chat.says('ANONIM lampu jalan mati di depan gang 5', { media: [PHOTO] })
    const old = await shown()
    for (const words of ['HAPUS DATA', 'HAPUS YA']) await chat.says(words)
    gateway.push(60_000)
    await chat.says('ANONIM sampah menumpuk di depan gang 7', { media: [PHOTO] })
    await chat.says('', { choice: old })
    expect(await casesOf(gateway)).toEqual([])
    await chat.says('', { choice: await shown() })
    expect(await casesOf(gateway)).toHaveLength(1)
  }))
