// The menu of commands that Telegram shows beside the field for words, in each language that has one.
// Set once for each wording: what stands already is not sent again.

import type { Language } from '../../message.ts'
import type { AccountState, Menus } from '../channel.ts'
import type { BotApi } from './api.ts'

export interface MenuParts {
  readonly api: Pick<BotApi, 'ask'>
  readonly state: Pick<AccountState, 'get' | 'setMany'>
  /** Indonesian is what everybody sees whose own language has none. */
  readonly menus: Menus
  readonly log: { warn(fields: object, text: string): void }
}

const KEY = 'menu'
/** Telegram knows languages by two letters. [https://core.telegram.org/bots/api#setmycommands] */
const TWO_LETTERS = /^[a-z]{2}$/

/** Resolves when it was tried; what failed is tried again at the next start. */
export async function setMenus({ api, state, menus, log }: MenuParts): Promise<void> {
  const wording = JSON.stringify(menus)
  if (menus.id === undefined || (await state.get(KEY)) === wording) return
  const asked = [undefined, ...Object.keys(menus).filter((name) => TWO_LETTERS.test(name))]
  for (const language of asked) {
    const commands = menus[(language ?? 'id') as Language] ?? []
    const answer = await api.ask('setMyCommands', {
      commands: [...commands],
      scope: { type: 'all_private_chats' },
      ...(language === undefined ? {} : { language_code: language }),
    })
    if (answer.type === 'made') continue
    const why = 'why' in answer ? answer.why : 'says' in answer ? answer.says : answer.type
    return log.warn({ language, why }, 'the menu of commands was not set')
  }
  await state.setMany({ [KEY]: wording })
}
