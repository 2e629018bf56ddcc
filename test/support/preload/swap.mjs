// Puts another module in the place of one of the built gateway's, so that a test can break exactly that part.
// The replacement itself still gets the real one when it imports it.

let swaps = { from: '', to: '' }

export async function initialize(given) {
  swaps = given
}

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  const swapped = found.url === swaps.from && context.parentURL !== swaps.to
  return swapped ? { ...found, url: swaps.to } : found
}
