import { goal, judgeCosts, judgeExactness, judgeRun } from '../report/goals.ts'
import { growthRatios } from '../report/growth-ratios.ts'
import type { Report } from '../report/report.ts'
import { watchMachine } from '../measure/machine.ts'
import { spreadOf } from '../measure/statistics.ts'
import { OTHERS_SHARE_MAX } from '../measure/watch-others.ts'
import { BILLED_CUSTOMERS, CUSTOMERS } from './customers.ts'
import { checkExactness } from './check-exactness.ts'
import { countCosts, drain } from './count-costs.ts'
import { measureEndurance } from './measure-endurance.ts'
import { measureGrowth } from './measure-growth.ts'
import { openHarness, type Harness } from './open-harness.ts'
import { runRace } from './run-race.ts'
import { runRounds } from './run-rounds.ts'
import { CELLS, type Timing } from './cells.ts'
import { createMeasurements } from './measurements.ts'
import { z } from 'zod'

export type BenchmarkOptions = {
  rounds: number
  timing: Timing
  /** Also measures how speed depends on these numbers of stored operations. */
  stored: readonly number[]
  /** Also measures how speed changes over time, which takes minutes. */
  full: boolean
  onProgress: (what: string) => void
}

/** Runs the whole benchmark on its own harness. */
export async function runBenchmark(options: BenchmarkOptions): Promise<Report> {
  options.onProgress('starting database, billing backend, server and load generator')
  const harness = await openHarness()
  try {
    return await measure(harness, options)
  } finally {
    await harness.close()
  }
}

async function measure(harness: Harness, options: BenchmarkOptions): Promise<Report> {
  const { rounds, timing, full, onProgress } = options
  const startedAt = new Date().toISOString()
  const describeMachine = watchMachine()
  const everybody = [...BILLED_CUSTOMERS, ...CUSTOMERS.naive]
  await harness.subject.child.request({ name: 'sync', input: everybody, answer: z.null() })
  const measurements = createMeasurements()
  await runRounds([{ harness, measurements, cells: CELLS }], {
    rounds,
    timing,
    onRound: (round) => onProgress(`round ${round + 1} of ${rounds}`),
  })
  const machine = describeMachine()
  onProgress('delivering what was charged to the billing backend')
  const delivered = await drain(harness)
  onProgress('counting requests, round trips and waits for the disk')
  const costs = await countCosts(harness)
  onProgress('racing for the last credits')
  const race = await runRace(harness)
  const exactness = await checkExactness(harness, harness.billedSucceeded())
  const goals = [...judgeRun(measurements), ...judgeCosts(costs), ...judgeExactness(exactness)]
  if (options.stored.length > 0) {
    const growth = await measureGrowth(harness, { ...options, sizes: options.stored })
    goals.push(
      ...growthRatios(growth).map(({ what, values }) => goal('G10', what, { atMost: 1.2 }, values)),
    )
  }
  if (full) {
    onProgress('running three times 24 seconds from empty tables')
    const endurance = await measureEndurance(harness)
    goals.push(goal('G11', 'pairs/s of the last third ÷ of the first', { atLeast: 0.8 }, endurance))
  }
  return {
    startedAt,
    machine,
    rounds,
    timing,
    cells: measurements.cells().map(({ name, concurrency, samples }) => ({
      name,
      concurrency,
      perSecond: spreadOf(samples.map((sample) => sample.perSecond)),
      p50: spreadOf(samples.map((sample) => sample.p50)),
      p99: spreadOf(samples.map((sample) => sample.p99)),
      cpuMs: spreadOf(samples.map((sample) => sample.cpuMs)),
      disturbedRounds: samples.filter(({ othersShare }) => othersShare > OTHERS_SHARE_MAX).length,
      failed: samples.flatMap((sample) => Object.entries(sample.failed)),
    })),
    goals,
    costs,
    delivered: { ...delivered, perSecond: (delivered.events / delivered.ms) * 1000 },
    race,
    exactness,
  }
}
