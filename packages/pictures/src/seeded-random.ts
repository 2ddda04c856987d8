import { createHash } from 'node:crypto'

/** Random numbers that are the same for the same seed text. */
export type SeededRandom = {
  /** From `low` up to `high`. */
  between(low: number, high: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  chance(share: number): boolean
}

/** Generates numbers by SHA-256 in counter mode: slow, but identical on every machine and version of Node. */
export function seededRandom(...words: string[]): SeededRandom {
  const seed = createHash('sha256').update(JSON.stringify(words)).digest()
  let counter = 0
  let pool = Buffer.alloc(0)
  function next(): number {
    if (pool.length < 4) {
      pool = createHash('sha256').update(seed).update(String(counter)).digest()
      counter += 1
    }
    const value = pool.readUInt32BE(0) / 2 ** 32
    pool = pool.subarray(4)
    return value
  }
  return {
    between: (low, high) => low + next() * (high - low),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    chance: (share) => next() < share,
  }
}
