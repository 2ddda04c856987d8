import type { Assumptions, CostOfCall } from './plan-capacity.ts'

/**
 * From the performance page, on Node 20: "billed" alone and 64 at once, and WAL of a pair; stored bytes are those of ten million operations
 * on disk. `pnpm capacity --report report.json` uses your own report instead.
 */
export const MEASURED_COST: CostOfCall = {
  alone: { server: 1.76, billing: 0.266, postgres: 1.58 },
  alonePerSecondMax: 315,
  together: { server: 0.412, billing: 0.0957, postgres: 0.196 },
  walBytes: 2070,
  storedBytes: 800,
}

/** A typical load on typical machines. */
export const ASSUMPTIONS: Assumptions = {
  daysPerMonth: 30,
  peakFactor: 10,
  utilization: 0.5,
  coresPerMachine: 8,
  spareServers: 1,
  workMs: 0,
  keptDays: 400,
}
