import type { Fate } from './flaky-network.ts'

/** A key is struck at most this often, so that a run ends. */
const STRIKES_MAX = 3

/** Gives every key one to three tries with the fault, then lets it pass; the same seed gives the same fates. */
export function createFates(seed: number, fault: Fate): (key: string) => Fate {
  const strikes = new Map<string, number>()
  let drawn = seed >>> 0
  return (key) => {
    if (key === '') return 'pass'
    const left = strikes.get(key) ?? 1 + (draw() % STRIKES_MAX)
    strikes.set(key, left - 1)
    return left > 0 ? fault : 'pass'
  }

  /** A linear congruential generator: enough to spread strikes, and repeatable. */
  function draw(): number {
    drawn = (Math.imul(drawn, 1_664_525) + 1_013_904_223) >>> 0
    return drawn >>> 16
  }
}
