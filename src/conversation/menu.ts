// The commands a chat shows in its menu, in one language: the phrase `menu`, one command to a line, "name - what it does".
// A name is a word the bot understands after a slash, with `_` for a space.

import type { City } from '../city/city.ts'
import type { Language } from '../message.ts'
import { render } from './phrases.ts'

export interface MenuEntry {
  /** `[a-z0-9_]`, at most 32 characters. */
  readonly command: string
  /** At most 256 characters. */
  readonly description: string
}

const ENTRY = /^([a-z][a-z0-9_]{0,31}) - (.{1,256})$/

export function menuOf(city: City, language: Language): readonly MenuEntry[] {
  const text = render(city, language, 'chat', { key: 'menu', params: {} })
  return text.split('\n').flatMap((each) => {
    const [, command = '', description = ''] = ENTRY.exec(each.trim()) ?? []
    return command === '' ? [] : [{ command, description }]
  })
}
