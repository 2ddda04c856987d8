import { z } from 'zod'
import { sampleSchema } from '../measure/sample.ts'
import type { Harness } from './open-harness.ts'

/** Three thirds of 24 seconds: about as long as it takes for a plan made on an empty table to become harmful. */
const THIRD_MS = 8000
const RUNS = 3
const CONCURRENCY = 64
const CALLERS = Array.from({ length: 100 }, (_, index) => `enduring_${index}`)

/** The rate of the last third of a run that starts with empty tables, relative to the first; one ratio per run. */
export async function measureEndurance(harness: Harness): Promise<number[]> {
  const ratios: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const { child } = await harness.openSubject(`endurance_${run}`)
    await child.request({ name: 'sync', input: CALLERS, answer: z.null() })
    const thirds: number[] = []
    for (let third = 0; third < 3; third += 1) {
      const { perSecond } = await child.request({
        name: 'pairs',
        input: {
          statements: 'gathered',
          customers: CALLERS,
          concurrency: CONCURRENCY,
          warmUpMs: 0,
          measureMs: THIRD_MS,
        },
        answer: sampleSchema,
      })
      thirds.push(perSecond)
    }
    const [first = Number.NaN, , last = Number.NaN] = thirds
    ratios.push(last / first)
  }
  return ratios
}
