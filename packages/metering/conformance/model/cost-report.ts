import type { RunningOperation } from '../../src/metering.ts'
import type { ProviderCall } from '../../src/provider-cost.ts'
import type { Attempt } from './history.ts'

/** What the work of one attempt reports of its providers, and records in the attempt. */
export type CostReport = {
  /** Reports every call as the work begins: work that fails later has cost as much. */
  begin(operation: Pick<RunningOperation, 'reportCost'>): void
  /** Replaces the estimate with what the provider has counted since. */
  end(): void
}

/** Creates the report of an attempt, derived from its plan so that a seed reproduces it. */
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

/** None to three calls of two models; every attempt has a different cost, and estimates are too low. */
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
