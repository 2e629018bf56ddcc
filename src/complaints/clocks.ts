// Working days of the city and the clocks of a complaint (product.md section 4).
// Day 0 is the day of receipt, or the next calendar day after 16.00; a clock runs out at 16.00 of its due date.

/** What counting working days needs; built once from the city's configuration. */
export interface Calendar {
  /** IANA zone: `Asia/Makassar`. */
  readonly zone: string
  /** Hour of the day at which the office closes: 16. */
  readonly closesAt: number
  /** Hour of the morning at which steps, reminders and digests go: 8. */
  readonly opensAt: number
  /** Official holidays and cuti bersama as `2026-12-25`. */
  readonly holidays: ReadonlySet<string>
  /** Years whose list is official; in any other, a date told is an estimate. */
  readonly officialYears: ReadonlySet<number>
}
