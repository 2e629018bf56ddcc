// What `check` says of MEDIA_DIR: whether this user may keep attachments there. It makes nothing.

import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { StoreSettings } from '../store-settings.ts'
import type { Finding } from './finding.ts'

export function checkMedia({ mediaDir }: Pick<StoreSettings, 'mediaDir'>): Finding {
  const what = 'attachments'
  let place = resolve(mediaDir)
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  try {
    accessSync(place, constants.W_OK | constants.X_OK)
  } catch {
    const detail = `${place} cannot be written by this user; set its owner, or name another MEDIA_DIR`
    return { mark: 'WRONG', what, detail }
  }
  const made = place === resolve(mediaDir) ? '' : ', made with the first one'
  return { mark: 'ok', what, detail: `are kept in ${mediaDir}${made}` }
}
