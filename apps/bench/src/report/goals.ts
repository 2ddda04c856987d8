import { type Spread, spreadOf } from '../measure/statistics.ts'
import type { CellName } from '../run/cells.ts'
import type { Costs } from '../run/count-costs.ts'
import type { Exactness } from '../run/check-exactness.ts'
import type { Measurements } from '../run/measurements.ts'

/** One performance goal, as a ratio within one run, and whether it was met. */
export type Goal = {
  id: string
  what: string
  limit: { atMost: number } | { atLeast: number }
  measured: Spread
  met: boolean
}

/** Evaluates all goals of a plain run's measurements. */
export function judgeRun(measurements: Measurements): Goal[] {
  const figures = figuresOf(measurements)
  return [...judgeCalls(figures), ...judgePairs(figures)]
}

/** Calls over HTTP: billed, unbilled, and the naive pattern. */
function judgeCalls({ p50, rate, added }: Figures): Goal[] {
  const unbilled = p50('unbilled', 64)
  const crowd = rate('unbilled', 64)
  const billed = rate('billed', 64)
  return [
    goal(
      'G1',
      `billed ÷ unbilled p50, ${CROWD}`,
      { atMost: 1.75 },
      ratios(p50('billed', 64), unbilled),
    ),
    goal('G1', HOT, { atMost: 1.75 }, ratios(p50('billed hot', 64), unbilled)),
    goal('G2', `billed ÷ unbilled calls/s, ${CROWD}`, { atLeast: 0.55 }, ratios(billed, crowd)),
    goal('G2', HOT, { atLeast: 0.55 }, ratios(rate('billed hot', 64), crowd)),
    goal(
      'G3',
      `billed ÷ unbilled p50, ${ALONE}`,
      { atMost: 6 },
      ratios(p50('billed', 1), p50('unbilled', 1)),
    ),
    goal(
      'G4',
      `p50 added by naive ÷ by us, ${ALONE}`,
      { atLeast: 3 },
      ratios(added('naive'), added('billed')),
    ),
    goal('G4', FAR, { atLeast: 60 }, ratios(added('naive far'), added('billed far'))),
    goal(
      'G5',
      `billed ÷ naive calls/s, ${CROWD}`,
      { atLeast: 8 },
      ratios(billed, rate('naive', 64)),
    ),
    goal('G5', FAR, { atLeast: 8 }, ratios(rate('billed far', 64), rate('naive far', 64))),
  ]
}

/** Pairs of hold and settle, compared with the minimum of a durable charge. */
function judgePairs({ p50, rate }: Figures): Goal[] {
  const hot = rate('pair hot', 64)
  return [
    goal(
      'G6',
      `pairs/s ÷ durable single-row inserts/s, ${CROWD}`,
      { atLeast: 1 },
      ratios(rate('pair', 64), rate('raw insert', 64)),
    ),
    goal(
      'G7',
      `pairs/s of one hot customer ÷ spread, ${CROWD}`,
      { atLeast: 0.9 },
      ratios(hot, rate('pair', 64)),
    ),
    goal(
      'G8',
      `gathered ÷ one statement per call, one hot customer, ${CROWD}`,
      { atLeast: 8 },
      ratios(hot, rate('pair hot single', 64)),
    ),
    goal(
      'G8',
      `pairs/s with two limits per call ÷ without, ${CROWD}`,
      { atLeast: 0.9 },
      ratios(rate('pair limited', 64), rate('pair', 64)),
    ),
    goal(
      'G8',
      `pairs/s that report a provider's cost ÷ without, ${CROWD}`,
      { atLeast: 0.85 },
      ratios(rate('pair costed', 64), rate('pair', 64)),
    ),
    goal(
      'G9',
      `pair ÷ durable single-row insert p50, ${ALONE}`,
      { atMost: 3 },
      ratios(p50('pair', 1), p50('raw insert', 1)),
    ),
  ]
}

const ALONE = 'one at a time'
const CROWD = '64 at once'
const HOT = 'the same for one hot customer'
const FAR = 'the same with the backend 40 ms away'

type Figures = ReturnType<typeof figuresOf>

function figuresOf(measurements: Measurements) {
  const p50 = (name: CellName, concurrency: number) =>
    measurements.of(name, concurrency).map((sample) => sample.p50)
  const rate = (name: CellName, concurrency: number) =>
    measurements.of(name, concurrency).map((sample) => sample.perSecond)
  const added = (name: CellName) => differences(p50(name, 1), p50('unbilled', 1))
  return { p50, rate, added }
}

/** Evaluates the goals of counts. */
export function judgeCosts(costs: Costs): Goal[] {
  return [
    goal('G12', 'requests to the billing backend on the path of a billed call', { atMost: 0 }, [
      costs.billedRequests,
    ]),
    goal('G12', 'requests to the billing backend per delivered event', { atMost: 0.01 }, [
      costs.deliveryRequests,
    ]),
    goal('G13', 'database round trips per billed call, 64 at once', { atMost: 2 }, [
      costs.roundTripsInCrowd,
    ]),
    goal('G13', 'waits for the disk per billed call, 64 at once', { atMost: 0.2 }, [
      costs.fsyncsInCrowd,
    ]),
  ]
}

/** Evaluates the goals of the ledger. */
export function judgeExactness({ exact }: Exactness): Goal[] {
  return [
    goal('G16', 'the ledger is exact after the run (1 = yes)', { atLeast: 1 }, [exact ? 1 : 0]),
  ]
}

/** Compares the median of some rounds with a limit; a missing figure does not meet it. */
export function goal(
  id: string,
  what: string,
  limit: Goal['limit'],
  values: readonly number[],
): Goal {
  const measured = spreadOf(values)
  const met = 'atMost' in limit ? measured.median <= limit.atMost : measured.median >= limit.atLeast
  return { id, what, limit, measured, met }
}

/** Ratios within the same round, so that a disturbance of a whole round cancels out. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((value, round) => value / (to[round] ?? Number.NaN))
}

function differences(of: readonly number[], from: readonly number[]): number[] {
  return of.map((value, round) => value - (from[round] ?? Number.NaN))
}
