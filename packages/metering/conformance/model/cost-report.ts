import type { RunningOperation } from '../../src/metering.ts'
import type { ProviderCall } from '../../src/provider-cost.ts'
import type { Attempt } from './history.ts'

/** What the work of one try says of its providers, beside the try's own account of it. */
export type CostReport = {
  /** Reports every call, as the work begins: what fails after it has cost as much. */
  begin(operation: Pick<RunningOperation, 'reportCost'>): void
  /** The provider has counted by now what was an estimate. */
  end(): void
}

/** Makes the report of a try; what its plan says decides about it, so that a seed repeats it. */
export function createCostReport(seen: Attempt): CostReport {
  let late = () => {}
  return {
    begin({ reportCost }) {
      const calls = callsOf(seen)
      seen.providerCalls.push(...calls)
      for (const call of calls) reportCost(call)
      const estimated = calls.filter(({ isEstimate }) => isEstimate)
      late = () => {
        for (const call of estimated) {
          const counted = { ...call, costMicros: (call.costMicros ?? 0) + 1, isEstimate: false }
          seen.lateCalls.push(counted)
          reportCost(counted)
        }
      }
    },
    end: () => late(),
  }
}

/** None to three calls of two models; no other try costs the same, and what is said too early is too little. */
function callsOf({ id, plan }: Attempt): ProviderCall[] {
  return Array.from({ length: plan.fifths % 4 }, (_, n) => ({
    id: String(n),
    provider: 'a provider',
    model: n === 1 ? 'b' : 'a',
    inputTokens: 100,
    outputTokens: id,
    costMicros: 1000 * (id + 1) + 10 * n,
    isEstimate: n === 0 && plan.steps % 2 === 1,
  }))
}
