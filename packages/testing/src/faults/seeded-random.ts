/** Random decisions that a seed repeats. */
export type SeededRandom = {
  /** 0 ≤ n < 1. */
  next(): number
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number
  /** True in `share` of all cases. */
  chance(share: number): boolean
  /** An operation key that this seed makes at this point of the run. */
  key(): string
}

/** Makes a generator (mulberry32): enough to schedule faults, nothing to keep secrets with. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (share) => next() < share,
    key: () =>
      Array.from({ length: 4 }, () =>
        below(2 ** 32)
          .toString(36)
          .padStart(7, '0'),
      ).join(''),
  }
}
