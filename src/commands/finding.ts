// What `check` found out about one thing.

/** One thing looked at. `note`: nothing to mend, but worth knowing. */
export interface Finding {
  readonly mark: 'ok' | 'WRONG' | 'note'
  readonly what: string
  readonly detail: string
}
