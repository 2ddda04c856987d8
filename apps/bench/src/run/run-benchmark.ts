import { cpus, loadavg } from 'node:os'
import { goal, judgeCosts, judgeExactness, judgeRun } from '../report/goals.ts'
import type { Report } from '../report/report.ts'
import { spreadOf } from '../measure/statistics.ts'
import { CUSTOMERS } from './customers.ts'
import { checkExactness } from './check-exactness.ts'
import { countCosts, drain } from './count-costs.ts'
import { measureEndurance } from './measure-endurance.ts'
import { measureGrowth } from './measure-growth.ts'
import { openStage, type Stage } from './open-stage.ts'
import { runRace } from './run-race.ts'
import { runRounds } from './run-rounds.ts'
import type { Timing } from './cells.ts'
import { z } from 'zod'

export type BenchmarkOptions = {
  rounds: number
  timing: Timing
  /** Also how speed changes with stored history and with time, which takes minutes. */
  full: boolean
  /** Says what is being done. */
  tell: (what: string) => void
}

/** Runs the whole benchmark on a stage of its own. */
export async function runBenchmark(options: BenchmarkOptions): Promise<Report> {
  options.tell('starting database, billing backend, server and load generator')
  const stage = await openStage()
  try {
    return await measure(stage, options)
  } finally {
    await stage.close()
  }
}

async function measure(stage: Stage, options: BenchmarkOptions): Promise<Report> {
  const { rounds, timing, full, tell } = options
  const startedAt = new Date().toISOString()
  const loadBefore = loadavg()
  const everybody = [...CUSTOMERS.spread, ...CUSTOMERS.hot, ...CUSTOMERS.naive]
  await stage.subject.child.ask({ name: 'sync', input: everybody, answer: z.null() })
  const measurements = await runRounds(stage, {
    rounds,
    timing,
    onRound: (round) => tell(`round ${round + 1} of ${rounds}`),
  })
  const loadAfter = loadavg()
  tell('delivering what was charged to the billing backend')
  const delivered = await drain(stage)
  tell('counting requests, round trips and waits for the disk')
  const costs = await countCosts(stage)
  tell('racing for the last credits')
  const race = await runRace(stage)
  const exactness = await checkExactness(stage, stage.billedSucceeded())
  const goals = [...judgeRun(measurements), ...judgeCosts(costs), ...judgeExactness(exactness)]
  if (full) {
    tell('filling a million events, then measuring with them')
    const growth = await measureGrowth(stage, { rounds, timing })
    goals.push(
      goal('G10', 'pair p50 with 1 000 000 events ÷ with 10 000', { atMost: 1.25 }, growth),
    )
    tell('running three times 24 seconds from empty tables')
    const endurance = await measureEndurance(stage)
    goals.push(goal('G11', 'pairs/s of the last third ÷ of the first', { atLeast: 0.8 }, endurance))
  }
  return {
    startedAt,
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? 'unknown',
      node: process.version,
      loadBefore,
      loadAfter,
    },
    rounds,
    timing,
    cells: measurements.cells().map(({ name, concurrency, samples }) => ({
      name,
      concurrency,
      perSecond: spreadOf(samples.map((sample) => sample.perSecond)),
      p50: spreadOf(samples.map((sample) => sample.p50)),
      p99: spreadOf(samples.map((sample) => sample.p99)),
      cpuMs: spreadOf(samples.map((sample) => sample.cpuMs)),
      failed: samples.flatMap((sample) => Object.entries(sample.failed)),
    })),
    goals,
    costs,
    delivered: { ...delivered, perSecond: (delivered.events / delivered.ms) * 1000 },
    race,
    exactness,
  }
}
