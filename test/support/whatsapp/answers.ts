// What WhatsApp answers a linked device that asks: with as little as it accepts.

import { type BinaryNode, jidDecode } from '@whiskeysockets/baileys'
import { lidOf, numberOf, type Phone } from './phones.ts'

export interface AnswerParts {
  readonly phone: (number: string) => Phone
  /** Where files go to: its authority. */
  readonly mediaHost: string
}

export function createAnswers({ phone, mediaHost }: AnswerParts) {
  async function contentFor(asked: BinaryNode | undefined): Promise<readonly BinaryNode[]> {
    switch (asked?.tag) {
      case 'count':
        return [{ tag: 'count', attrs: { value: '50' } }]
      case 'digest':
        return [{ tag: 'digest', attrs: {} }]
      case 'usync':
        return [{ tag: 'usync', attrs: asked.attrs, content: [listOf(usersIn(asked))] }]
      case 'key': {
        const users = childrenOf(asked).map(({ attrs }) => attrs.jid ?? '')
        const bundles = await Promise.all(
          users.map((jid) => phone(numberOf(jidDecode(jid)?.user ?? '')).bundle(jid)),
        )
        return [{ tag: 'list', attrs: {}, content: bundles }]
      }
      case 'media_conn': {
        const host = { tag: 'host', attrs: { hostname: mediaHost, maxContentLengthBytes: '1' } }
        return [{ tag: 'media_conn', attrs: { auth: 'let/me', ttl: '3600' }, content: [host] }]
      }
      default:
        return []
    }
  }

  return async ({ attrs, content }: BinaryNode): Promise<BinaryNode> => {
    const [asked] = Array.isArray(content) ? content : []
    const given = await contentFor(asked)
    return { tag: 'iq', attrs: { id: attrs.id ?? '', type: 'result' }, content: [...given] }
  }
}

export const childrenOf = ({ content }: BinaryNode): readonly BinaryNode[] =>
  Array.isArray(content) ? content : []

function usersIn(usync: BinaryNode): readonly string[] {
  const list = childrenOf(usync).find(({ tag }) => tag === 'list')
  return list === undefined ? [] : childrenOf(list).map(({ attrs }) => attrs.jid ?? '')
}

/** Everybody has one device, and a hidden name. */
function listOf(users: readonly string[]): BinaryNode {
  const device = { tag: 'device', attrs: { id: '0' } }
  const devices = {
    tag: 'devices',
    attrs: {},
    content: [{ tag: 'device-list', attrs: {}, content: [device] }],
  }
  const userOf = (jid: string): BinaryNode => {
    const lid = { tag: 'lid', attrs: { val: `${lidOf(numberOf(jidDecode(jid)?.user ?? ''))}@lid` } }
    return { tag: 'user', attrs: { jid }, content: [devices, lid] }
  }
  return { tag: 'list', attrs: {}, content: users.map(userOf) }
}
