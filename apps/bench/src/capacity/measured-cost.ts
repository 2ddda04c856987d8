import type { Assumptions, CostOfCall } from './plan-capacity.ts'

/**
 * The performance page's "billed, 64 at once" on Node 20, and its WAL of a pair. Taken from a report of your own with
 * `pnpm capacity --report report.json`.
 */
export const MEASURED_COST: CostOfCall = {
  server: 0.412,
  billing: 0.0957,
  postgres: 0.196,
  walBytes: 2070,
  storedBytes: 1000,
}

/** An ordinary load on ordinary machines. */
export const ASSUMPTIONS: Assumptions = {
  daysPerMonth: 30,
  peakFactor: 10,
  utilization: 0.5,
  coresPerMachine: 8,
  spareServers: 1,
  batchingFactor: 1.5,
  keptDays: 30,
}
