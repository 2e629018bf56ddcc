// Figures read from buckets: how many, the value that a share of them does not exceed, their mean.
// A bucket n holds what took more than n-1 and at most n, so a percentile is the true one rounded up to a whole hour.

/** Bucket → how many. What was taken back in a later period than it was counted in may leave less than none. */
export type Histogram = ReadonlyMap<number, number>

export interface Spread {
  readonly n: number
  /** Half took at most this; null without any. */
  readonly median: number | null
  /** Nine of ten took at most this. */
  readonly p90: number | null
}

export function countIn(histogram: Histogram): number {
  let n = 0
  for (const each of histogram.values()) n += Math.max(0, each)
  return n
}

/** Nearest rank: the smallest bucket that at least this share, in percent, does not exceed; null without any. */
export function percentileOf(histogram: Histogram, percent: number): number | null {
  const wanted = Math.ceil((countIn(histogram) * percent) / 100)
  let seen = 0
  for (const [bucket, n] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += Math.max(0, n)
    if (n > 0 && seen >= wanted) return bucket
  }
  return null
}

export function spreadOf(histogram: Histogram): Spread {
  return {
    n: countIn(histogram),
    median: percentileOf(histogram, 50),
    p90: percentileOf(histogram, 90),
  }
}

export function meanOf(histogram: Histogram): number | null {
  const n = countIn(histogram)
  if (n === 0) return null
  let sum = 0
  for (const [bucket, each] of histogram) sum += bucket * Math.max(0, each)
  return sum / n
}
