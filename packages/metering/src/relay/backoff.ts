/** A pause with full jitter: from zero to a bound that doubles with every failure, up to the longest. */
export function backoff(
  bounds: { first: number; longest: number },
  failures: number,
  random: () => number = Math.random,
): number {
  const bound = Math.min(bounds.longest, bounds.first * 2 ** Math.min(failures, 30))
  return Math.floor(bound * random())
}
