import path from 'node:path'
import { parseArgs } from 'node:util'
import { typedIn } from '../config.ts'
import { formatPlan } from './format-plan.ts'
import { ASSUMPTIONS, MEASURED_COST } from './measured-cost.ts'
import { planCapacity } from './plan-capacity.ts'
import { readCost } from './read-cost.ts'

// `pnpm capacity --calls 1e8 [--peak 10] [--cores 8] [--work 0] [--report report.json]`: the machines for this many billed calls a month.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    calls: { type: 'string', multiple: true, default: ['1e6', '1e8', '1e10'] },
    peak: { type: 'string', default: String(ASSUMPTIONS.peakFactor) },
    cores: { type: 'string', default: String(ASSUMPTIONS.coresPerMachine) },
    work: { type: 'string', default: String(ASSUMPTIONS.workMs) },
    report: { type: 'string' },
  },
})
const assumptions = {
  ...ASSUMPTIONS,
  peakFactor: Number(values.peak),
  coresPerMachine: Number(values.cores),
  workMs: Number(values.work),
}
const cost = values.report ? readCost(path.resolve(typedIn, values.report)) : MEASURED_COST
const plans = values.calls.map((calls) => planCapacity(Number(calls), cost, assumptions))
process.stdout.write(formatPlan(plans, { cost, assumptions }))
