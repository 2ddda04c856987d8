import { ratios } from '../report/goals.ts'
import type { CellName } from '../run/cells.ts'
import type { Measured, Measurements } from '../run/measurements.ts'
import type { CoreResult } from './measure-core.ts'
import { line, type Line } from './line.ts'

type Both = { this: CoreResult; other: CoreResult }
type Limit = NonNullable<Line['limit']>

/** The requirements on the core, compared with the other revision and within itself. */
export function judgeCore(core: Both): Line[] {
  return [...judgePairs(core), ...judgeHttp(core), ...judgeCounts(core)]
}

function judgePairs(core: Both): Line[] {
  const against = (what: string, name: CellName, limit: Limit) => {
    const [now, then] = [at(core.this, name, 64), at(core.other, name, 64)]
    return line({
      id: '#12',
      what: `pairs/s at 64, ${what}, by the other revision's`,
      limit,
      values: ratios(now.map(rate), then.map(rate)),
      from: [now, then],
    })
  }
  return [
    against('100 customers', 'pair', { atLeast: 2.2 }),
    against('one hot customer', 'pair hot', { atLeast: 2.3 }),
    within(core, 'pairs/s hot ÷ spread, at 64', { atLeast: 0.9 }, rate, [
      ['pair hot', 64],
      ['pair', 64],
    ]),
    within(core, 'pairs/s ÷ durable single-row inserts/s, at 64', { atLeast: 0.9 }, rate, [
      ['pair', 64],
      ['raw insert', 64],
    ]),
    within(core, 'pair ÷ bare insert, p50 one at a time', { atMost: 3.8 }, p50, [
      ['pair', 1],
      ['raw insert', 1],
    ]),
    single(core, 'waits for the disk per pair, at 64', { atMost: 0.05 }, ({ fsyncs }) => fsyncs),
    single(core, 'WAL bytes per pair, at 64', { atMost: 1900 }, ({ walBytes }) => walBytes),
  ]
}

function judgeHttp(core: Both): Line[] {
  const billedBy = (what: string, limit: Limit, of: CellName, to: CellName) =>
    within(core, `HTTP at 64: ${what}`, limit, rate, [
      [of, 64],
      [to, 64],
    ])
  return [
    billedBy('billed ÷ unbilled, 100 customers', { atLeast: 0.55 }, 'billed', 'unbilled'),
    billedBy('billed ÷ unbilled, one hot customer', { atLeast: 0.65 }, 'billed hot', 'unbilled'),
    billedBy('billed relaying ÷ billed', { atLeast: 0.6 }, 'billed relaying', 'billed'),
    billedBy('billed ÷ naive, backend 0 ms away', { atLeast: 20 }, 'billed', 'naive'),
    addedLatency(core.this),
  ]
}

function addedLatency(result: CoreResult): Line {
  const [naive, billed, unbilled] = [
    at(result, 'naive far', 1),
    at(result, 'billed far', 1),
    at(result, 'unbilled', 1),
  ]
  const added = (cell: readonly Measured[]) =>
    cell.map((sample, round) => sample.p50 - (unbilled[round]?.p50 ?? Number.NaN))
  return line({
    id: '#12',
    what: 'p50 added by naive ÷ by billing, backend 40 ms away',
    limit: { atLeast: 60 },
    values: ratios(added(naive), added(billed)),
    from: [naive, billed, unbilled],
  })
}

function judgeCounts(core: Both): Line[] {
  const counted = (id: string, what: string, limit: Limit, values: number[], before?: number[]) =>
    line({ id, what, limit, values, before, from: [] })
  return [
    counted('#12', 'requests to the backend on the path of a billed call', { atMost: 0 }, [
      core.this.costs.billedRequests,
    ]),
    counted(
      '#13',
      'CPU ms per delivered event, all processes',
      { atMost: 0.2 },
      [core.this.eventCpuMs],
      [core.other.eventCpuMs],
    ),
    counted('#13', 'ledger of the core exact, nothing overspent (1 = yes)', { atLeast: 1 }, [
      core.this.ledger.exact && core.other.ledger.exact ? 1 : 0,
    ]),
  ]
}

/** A ratio of two cells of the same revision. */
function within(
  core: Both,
  what: string,
  limit: Limit,
  figure: (sample: Measured) => number,
  [of, to]: [[CellName, number], [CellName, number]],
): Line {
  const values = ({ measurements }: CoreResult) =>
    ratios(measurements.of(...of).map(figure), measurements.of(...to).map(figure))
  const before = values(core.other)
  return line({
    id: '#12',
    what,
    limit,
    values: values(core.this),
    before: before.some(Number.isFinite) ? before : undefined,
    from: [at(core.this, ...of), at(core.this, ...to)],
  })
}

function single(
  core: Both,
  what: string,
  limit: Limit,
  figure: (sample: Measured) => number,
): Line {
  const [now, then] = [at(core.this, 'pair', 64), at(core.other, 'pair', 64)]
  return line({
    id: '#12',
    what,
    limit,
    values: now.map(figure),
    before: then.map(figure),
    from: [now],
  })
}

function at({ measurements }: { measurements: Measurements }, name: CellName, concurrency: number) {
  return measurements.of(name, concurrency)
}

const rate = ({ perSecond }: Measured) => perSecond
const p50 = (sample: Measured) => sample.p50
