// The menu of commands in every language that words all of it; what is written otherwise is left out.

import type { Menus } from './channels/channel.ts'
import type { City } from './city/city.ts'
import { MENU } from './conversation/menu-keys.ts'
import { LANGUAGES } from './message.ts'

/** As chat apps take it. [https://core.telegram.org/bots/api#botcommand] */
const ITEM = /^([a-z0-9_]{1,32}) - (.{1,256})$/

export function menusOf(city: City): Menus {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const items = Object.keys(MENU).flatMap((key) => {
        const [, command, description] = ITEM.exec(city.phrases[language]?.[key]?.text ?? '') ?? []
        return command === undefined || description === undefined ? [] : [{ command, description }]
      })
      return items.length === 0 ? [] : [[language, items]]
    }),
  )
}
