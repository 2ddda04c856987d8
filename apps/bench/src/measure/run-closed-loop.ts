import type { Sample } from './sample.ts'
import { percentile } from './statistics.ts'

/** The duration or number of operations, and the concurrency. */
export type Loop = {
  concurrency: number
  /** Excluded from the figures: warms up connections, statements and the compiler. */
  warmUpMs: number
  measureMs: number
  /** Ends after this many operations, regardless of time. */
  operationsMax?: number | undefined
}

/**
 * Runs `once` in this many workers, each starting its next operation when the last has ended. `once` resolves with the reason if the
 * operation failed.
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
      // Operations in flight at the end are awaited and count; otherwise slow calls would be missing.
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
