// Notes that a write removed words, so that the driver clears them out of its own files when it is committed.
// Jobs of SQLite run one after the other, so a note is of the job that asks for it; PostgreSQL does not ask.

export interface Wipes {
  /** Words were removed by this job. */
  note(): void
  /** Whether they were since it was last asked. */
  taken(): boolean
}

export function createWipes(): Wipes {
  let noted = false
  return {
    note() {
      noted = true
    },
    taken() {
      const was = noted
      noted = false
      return was
    },
  }
}
