import type { NetworkBehavior } from './flaky-network.ts'

/** Faults per key; bounded so that a run ends. */
const FAULTS_PER_KEY_MAX = 3

/** Injects the fault into the first one to three attempts of every key, then lets it pass; the same seed gives the same schedule. */
export function createFaultSchedule(
  seed: number,
  fault: NetworkBehavior,
): (key: string) => NetworkBehavior {
  const faultsLeft = new Map<string, number>()
  let drawn = seed >>> 0
  return (key) => {
    if (key === '') return 'pass'
    const left = faultsLeft.get(key) ?? 1 + (draw() % FAULTS_PER_KEY_MAX)
    faultsLeft.set(key, left - 1)
    return left > 0 ? fault : 'pass'
  }

  /** A linear congruential generator: random enough to spread faults, and repeatable. */
  function draw(): number {
    drawn = (Math.imul(drawn, 1_664_525) + 1_013_904_223) >>> 0
    return drawn >>> 16
  }
}
