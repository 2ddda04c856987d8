import { z } from 'zod'
import { cpuTimeMs } from '../measure/cpu-time.ts'
import { sampleSchema } from '../measure/sample.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { openHarness, type SubjectProcess } from '../run/open-harness.ts'
import { fillHistory } from '../run/fill-history.ts'
import type { Timing } from '../run/cells.ts'
import { type AgeingCost, createAgeSteps } from './age-steps.ts'
import { readSizes, type Sizes } from './read-sizes.ts'

const CALLERS = Array.from({ length: 20 }, (_, index) => `calling_${index}`)
/** Forty days beyond the 400 for which operations are kept, as on a server that was upgraded late. */
const HISTORY_DAYS = 440

/** The cost of ageing with this many stored operations, and its effect on concurrent calls. */
export type AgeingReport = {
  operations: number
  fillSeconds: number
  /** The p50 of sequential pairs in milliseconds, per round. */
  pairs: { alone: Spread; whileAgeing: Spread; ratio: Spread }
  whileAgeing: AgeingCost
  /** The remaining operations, aged without pauses, and the CPU time of the whole database server. */
  bulk: AgeingCost & { cpuMs: number }
  vacuumSeconds: number
  sizes: { before: Sizes; after: Sizes }
}

/** Fills a separate database, then ages part of it under load and the rest at once. */
export async function runAgeing(options: {
  operations: number
  rounds: number
  timing: Timing
  onProgress: (what: string) => void
}): Promise<AgeingReport> {
  const { operations, onProgress } = options
  const harness = await openHarness()
  try {
    const subject = await harness.openSubject('ageing')
    await subject.child.request({ name: 'sync', input: CALLERS, answer: z.null() })
    onProgress(`storing ${operations} operations of ${HISTORY_DAYS} days`)
    const startedAt = performance.now()
    await fillHistory(subject.database, operations, { days: HISTORY_DAYS })
    const fillSeconds = (performance.now() - startedAt) / 1000
    const before = await readSizes(subject.database)
    const age = createAgeSteps(subject.database)
    const { pairs, cost } = await measurePairs(subject, age, options)
    onProgress('ageing the rest')
    const cpuBefore = cpuTimeMs([harness.pids[2] ?? 0]) ?? Number.NaN
    const bulk = await age({ stopped: () => false, pauses: false })
    const cpuMs = (cpuTimeMs([harness.pids[2] ?? 0]) ?? Number.NaN) - cpuBefore
    onProgress('vacuuming')
    const vacuumAt = performance.now()
    await subject.database.query({ text: 'vacuum (analyze) metering.operation' })
    const vacuumSeconds = (performance.now() - vacuumAt) / 1000
    return {
      operations,
      fillSeconds,
      pairs,
      whileAgeing: cost,
      bulk: { ...bulk, cpuMs },
      vacuumSeconds,
      sizes: { before, after: await readSizes(subject.database) },
    }
  } finally {
    await harness.close()
  }
}

type Age = ReturnType<typeof createAgeSteps>

/** Each round measures pairs without and with concurrent ageing steps, in alternating order. */
async function measurePairs(
  { child }: SubjectProcess,
  age: Age,
  options: { rounds: number; timing: Timing; onProgress: (what: string) => void },
) {
  const alone: number[] = []
  const whileAgeing: number[] = []
  const cost: AgeingCost = { rows: 0, steps: 0, ms: 0, longestStepMs: 0, walBytes: 0 }
  const input = { statements: 'gathered', customers: CALLERS, concurrency: 1, ...options.timing }
  const pairs = async () =>
    (await child.request({ name: 'pairs', input, answer: sampleSchema })).p50
  const besideSteps = async () => {
    let isOver = false
    const ageing = age({ stopped: () => isOver, pauses: true })
    whileAgeing.push(await pairs().finally(() => (isOver = true)))
    add(cost, await ageing)
  }
  for (let round = 0; round < options.rounds; round += 1) {
    options.onProgress(`round ${round + 1} of ${options.rounds}`)
    if (round % 2 === 1) await besideSteps()
    alone.push(await pairs())
    if (round % 2 === 0) await besideSteps()
  }
  const ratio = whileAgeing.map((p50, round) => p50 / (alone[round] ?? Number.NaN))
  return {
    cost,
    pairs: {
      alone: spreadOf(alone),
      whileAgeing: spreadOf(whileAgeing),
      ratio: spreadOf(ratio),
    },
  }
}

function add(sum: AgeingCost, cost: AgeingCost): void {
  sum.rows += cost.rows
  sum.steps += cost.steps
  sum.ms += cost.ms
  sum.walBytes += cost.walBytes
  sum.longestStepMs = Math.max(sum.longestStepMs, cost.longestStepMs)
}
