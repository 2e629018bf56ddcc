// The built gateway with deciding code that throws at a text holding the word in STUMBLE_AT.

import { register } from 'node:module'

register('./swap.mjs', import.meta.url, {
  data: {
    from: new URL('../../../dist/conversation/reduce.js', import.meta.url).href,
    to: new URL('./reduce-that-throws.mjs', import.meta.url).href,
  },
})
