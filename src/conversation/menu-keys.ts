// The menu of commands that a chat app shows: a phrase for each, `word - what it does`, in the order shown.
// The word is one that config/vocabulary.yaml understands, with _ between two.

import type { PhraseKeys } from '../city/phrases-schema.ts'

export const MENU = {
  menu_report: [],
  menu_status: [],
  menu_cancel: [],
  menu_language: [],
  menu_data: [],
  menu_stop: [],
  menu_resume: [],
  menu_help: [],
} as const satisfies PhraseKeys
