import { formatMarkdownTable } from '../page/format-markdown-table.ts'
import type { Assumptions, CapacityPlan, CostOfCall, CpuOfCall } from './plan-capacity.ts'

/** Plans as a table, followed by their assumptions. */
export function formatPlan(
  plans: readonly CapacityPlan[],
  { cost, assumptions }: { cost: CostOfCall; assumptions: Assumptions },
): string {
  const rows = plans.map(({ cores, machines, ...plan }) => [
    plan.callsPerMonth.toExponential().replace('e+', 'e'),
    short(plan.averagePerSecond),
    short(plan.peakPerSecond),
    `${short(cores.server)} + ${short(cores.billing)} + ${short(cores.postgres)}`,
    String(machines.servers),
    String(machines.billing),
    String(machines.databases),
    short(plan.walMegabytesPerSecond),
    short(plan.storedGigabytes),
  ])
  return `${formatMarkdownTable(HEAD, rows)}

CPU ms of a billed call, delivered: ${sum(cost.alone)} up to ${cost.alonePerSecondMax} a second, then ${sum(cost.together)}, when calls share batches.
The busiest second is ${assumptions.peakFactor} times the average; machines have ${assumptions.coresPerMachine} cores and are ${assumptions.utilization * 100} % busy in it; ${assumptions.spareServers} server may be away;
the procedure itself costs ${assumptions.workMs} ms; operations are kept for ${assumptions.keptDays} days.
`
}

const HEAD = [
  'calls a month',
  'average/s',
  'peak/s',
  'busy cores: server + billing + postgres',
  'servers',
  'billing',
  'databases',
  'WAL MB/s',
  'stored GB',
]

function sum({ server, billing, postgres }: CpuOfCall): string {
  return `${server} + ${billing} + ${postgres}`
}

function short(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(2)))
}
