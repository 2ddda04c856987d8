/** Random decisions that are reproducible from a seed. */
export type SeededRandom = {
  /** 0 ≤ n < 1. */
  next(): number
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number
  /** True with the probability `share`. */
  chance(share: number): boolean
  /** The next operation key for this seed. */
  key(): string
}

/** Creates a generator (mulberry32): good enough to schedule faults, not for secrets. */
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
