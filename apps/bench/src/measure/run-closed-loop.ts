import type { Sample } from './sample.ts'
import { percentile } from './statistics.ts'

/** How long, or how often, and how many at once. */
export type Loop = {
  concurrency: number
  /** Not counted in the figures: connections, statements and the compiler get warm. */
  warmUpMs: number
  measureMs: number
  /** Ends after so many operations, whatever the time. */
  operationsMax?: number | undefined
}

/**
 * Runs `once` in so many workers, each starting its next operation when the last has ended. `once` answers with the
 * reason when the operation failed.
 */
export async function runClosedLoop(
  loop: Loop,
  once: (worker: number) => Promise<string | null>,
): Promise<Sample> {
  const latencies: number[] = []
  const failed: Record<string, number> = {}
  const startAt = performance.now() + loop.warmUpMs
  const endAt = startAt + loop.measureMs
  let begun = 0
  let succeeded = 0
  let lastAt = startAt

  async function work(worker: number): Promise<void> {
    while (begun < (loop.operationsMax ?? Infinity)) {
      begun += 1
      const sentAt = performance.now()
      if (sentAt >= endAt) return
      const failure = await once(worker)
      const answeredAt = performance.now()
      if (failure === null) succeeded += 1
      else failed[failure] = (failed[failure] ?? 0) + 1
      // What was under way when the time was up is waited for and counts, or slow calls would never be seen.
      if (answeredAt < startAt || failure !== null) continue
      latencies.push(answeredAt - sentAt)
      lastAt = answeredAt
    }
  }

  await Promise.all(Array.from({ length: loop.concurrency }, (_, worker) => work(worker)))
  const elapsedMs = Math.max(1, lastAt - startAt)
  latencies.sort((left, right) => left - right)
  return {
    succeeded,
    failed,
    perSecond: latencies.length / (elapsedMs / 1000),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}
