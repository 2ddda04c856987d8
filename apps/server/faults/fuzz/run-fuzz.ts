import { compareFigures, findMissingSlots, type LeakFigure } from './find-leaks.ts'
import { type Answered, fuzz, fuzzRaw } from './fuzz.ts'
import type { FuzzedRoute } from './fuzzed-route.ts'
import { prepareCustomers } from './prepare-customers.ts'
import { startFuzzTarget } from './start-fuzz-target.ts'

/** The result of a fuzzing run. */
export type FuzzRun = {
  seed: number
  routes: readonly FuzzedRoute[]
  answers: readonly Answered[]
  /** What the process retains after the first requests, and after all of them. */
  figures: readonly LeakFigure[]
  /** What guests cannot use because it was not released. */
  missing: readonly string[]
  /** The log output of the programs, which consists of failures only. */
  log: string
}

const GUESTS = 4
const AT_ONCE = 8
/** The share of the requests that fill caches and pools before the first measurement. */
const WARM_UP_SHARE = 0.25

/** Starts both programs, sends this many random requests and the raw ones, and measures what the programs retain. */
export async function runFuzz(options: {
  seed: number
  requests: number
  /** In MB: caches that may still fill after the first requests. */
  heapGrowthMax: number
}): Promise<FuzzRun> {
  const { seed, requests } = options
  const warmUp = Math.round(requests * WARM_UP_SHARE)
  const target = await startFuzzTarget()
  try {
    const customers = await prepareCustomers(target, GUESTS)
    const common = { ...customers, target, seed, atOnce: AT_ONCE }
    const answers = [
      ...(await fuzz({ ...common, from: 0, until: warmUp })),
      ...(await fuzzRaw(target)),
    ]
    await findMissingSlots(target.server, customers.guests)
    const before = await target.figures()
    answers.push(
      ...(await fuzz({ ...common, from: warmUp, until: requests })),
      ...(await fuzzRaw(target)),
    )
    const missing = await findMissingSlots(target.server, customers.guests)
    const figures = await compareFigures(before, target.figures, options)
    return { seed, routes: target.routes, answers, figures, missing, log: target.output() }
  } finally {
    await target.stop()
  }
}
