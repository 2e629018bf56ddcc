// A throw of deciding code, told apart from a fault of the store, and described without a citizen's words.

/** A throw of deciding code, told apart from a fault of the store. */
export class DecidingFault extends Error {}

export function pure<T>(decision: () => T): T {
  try {
    return decision()
  } catch (cause) {
    throw new DecidingFault('deciding failed', { cause })
  }
}

/** The fault's kind and place without its message, which may quote a citizen. */
export function withoutWords(cause: unknown): string {
  if (!(cause instanceof Error)) return 'thrown value'
  const place = cause.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))
  return `${cause.name} ${place?.trim() ?? ''}`.trim()
}
