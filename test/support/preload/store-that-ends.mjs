// The real store, told to end the process at one of its calls.

import { openStore as open } from '../../../dist/store/open.js'

export * from '../../../dist/store/open.js'

const [call, moment] = (process.env.CRASH_AT ?? '').split(' ')

export const openStore = (parts) =>
  open({
    ...parts,
    onStep: (name, when) => {
      if (name === call && when === moment) process.kill(process.pid, 'SIGKILL')
    },
  })
