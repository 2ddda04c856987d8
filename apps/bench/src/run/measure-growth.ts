import { watchOthers } from '../measure/watch-others.ts'
import { sampleSchema } from '../measure/sample.ts'
import { z } from 'zod'
import type { Timing } from './cells.ts'
import { fillHistory } from './fill-history.ts'
import type { Harness, SubjectProcess } from './open-harness.ts'

/** The baseline for larger numbers of stored operations. */
const FEW = 10_000
const CALLERS = Array.from({ length: 20 }, (_, index) => `growing_${index}`)

/** The p50 of sequential pairs with this many stored operations, per round. */
export type Growth = { operations: number; rounds: { p50: number; othersShare: number }[] }[]

/** Measures pairs with ten thousand stored operations and with each of these numbers, interleaved; the first is the smallest. */
export async function measureGrowth(
  harness: Harness,
  options: {
    rounds: number
    timing: Timing
    sizes: readonly number[]
    onProgress: (what: string) => void
  },
): Promise<Growth> {
  const lanes: { subject: SubjectProcess; growth: Growth[number] }[] = []
  for (const operations of [FEW, ...options.sizes]) {
    options.onProgress(`storing ${operations} operations`)
    const subject = await harness.openSubject(`growth_${operations}`)
    await subject.child.request({ name: 'sync', input: CALLERS, answer: z.null() })
    await fillHistory(subject.database, operations)
    lanes.push({ subject, growth: { operations, rounds: [] } })
  }
  const ours = [process.pid, ...harness.pids]
  for (let round = 0; round < options.rounds; round += 1) {
    options.onProgress(`stored operations, round ${round + 1} of ${options.rounds}`)
    for (const { subject, growth } of round % 2 === 0 ? lanes : lanes.toReversed()) {
      const others = watchOthers(ours)
      const { p50 } = await subject.child.request({
        name: 'pairs',
        input: {
          statements: 'gathered',
          customers: CALLERS,
          concurrency: 1,
          ...options.timing,
        },
        answer: sampleSchema,
      })
      growth.rounds.push({ p50, othersShare: others() })
    }
  }
  return lanes.map(({ growth }) => growth)
}
