// Time, ids and chance as arguments: nobody but main.ts reads them from the machine.

/** The present moment, with the trial offset already added. */
export type Clock = () => Date

/** A fresh random id (UUID). */
export type NewId = () => string

/** A whole number from 0 up to, not including, `below`. */
export type Chance = (below: number) => number
