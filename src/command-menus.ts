// The menu of commands in every language that words it itself; the others see the Indonesian one.

import type { Menus } from './channels/channel.ts'
import type { City } from './city/city.ts'
import { menuOf } from './conversation/menu.ts'
import { render } from './conversation/phrases.ts'
import { LANGUAGES } from './message.ts'

export function menusOf(city: City): Menus {
  const worded = LANGUAGES.filter((language) => city.phrases[language]?.menu !== undefined)
  return Object.fromEntries(worded.map((language) => [language, menuOf(city, language)]))
}

/** What stands on the button that opens a list; an account has one, whoever reads it. */
export function listWordsOf(city: City): string {
  return render(city, 'id', 'chat', { key: 'choice_list', params: {} })
}
