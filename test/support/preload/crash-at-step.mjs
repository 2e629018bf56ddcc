// Ends the process with SIGKILL right before or right after one call of the store.
// CRASH_AT names it: `commitTurn before`.

import { register } from 'node:module'

register('./swap.mjs', import.meta.url, {
  data: {
    from: new URL('../../../dist/store/open.js', import.meta.url).href,
    to: new URL('./store-that-ends.mjs', import.meta.url).href,
  },
})
