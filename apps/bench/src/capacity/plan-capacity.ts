/** CPU milliseconds of one billed call in each process, including delivery of its usage event. */
export type CpuOfCall = { server: number; billing: number; postgres: number }

/** The measured cost of a billed call. */
export type CostOfCall = {
  /** Sequential calls, each its own batch. */
  alone: CpuOfCall
  /** Up to this rate, calls do not share batches. */
  alonePerSecondMax: number
  /** Concurrent calls, which share batches. */
  together: CpuOfCall
  /** WAL of hold and settle. */
  walBytes: number
  /** The storage of an operation, including indexes. */
  storedBytes: number
}

/** Assumptions about the load and the machines; check each against your own. */
export type Assumptions = {
  daysPerMonth: number
  /** The busiest second, as a multiple of the average one. */
  peakFactor: number
  /** The share of a machine that is used in that second. */
  utilization: number
  coresPerMachine: number
  /** Additional servers, for when that many are down. */
  spareServers: number
  /** The work of the procedure itself on the server, in CPU milliseconds. */
  workMs: number
  /** Days for which operations are kept. */
  keptDays: number
}

/** A month's load, and the machines for it. */
export type CapacityPlan = {
  callsPerMonth: number
  averagePerSecond: number
  peakPerSecond: number
  /** Busy cores in the busiest second. */
  cores: { server: number; billing: number; postgres: number }
  machines: {
    servers: number
    /** More than one exceeds the self-hosted backend, which keeps an organization in one database. */
    billing: number
    /** Metering databases: one, or shards behind PL/Proxy or Citus. */
    databases: number
  }
  walMegabytesPerSecond: number
  storedGigabytes: number
}

const SECONDS_PER_DAY = 86_400
const MS_PER_SECOND = 1000
const MEGABYTE = 1e6
const GIGABYTE = 1e9

/** Distributes the load of a month's busiest second over machines. */
export function planCapacity(
  callsPerMonth: number,
  cost: CostOfCall,
  assumptions: Assumptions,
): CapacityPlan {
  const { daysPerMonth, peakFactor, coresPerMachine, utilization, workMs } = assumptions
  const averagePerSecond = callsPerMonth / (daysPerMonth * SECONDS_PER_DAY)
  const peakPerSecond = averagePerSecond * peakFactor
  const cpu = peakPerSecond <= cost.alonePerSecondMax ? cost.alone : cost.together
  const coresOf = (ms: number) => (peakPerSecond * ms) / MS_PER_SECOND
  const cores = {
    server: coresOf(cpu.server + workMs),
    billing: coresOf(cpu.billing),
    postgres: coresOf(cpu.postgres),
  }
  const machinesFor = (busy: number) =>
    Math.max(1, Math.ceil(busy / (coresPerMachine * utilization)))
  return {
    callsPerMonth,
    averagePerSecond,
    peakPerSecond,
    cores,
    machines: {
      servers: machinesFor(cores.server) + assumptions.spareServers,
      billing: machinesFor(cores.billing),
      databases: machinesFor(cores.postgres),
    },
    walMegabytesPerSecond: (peakPerSecond * cost.walBytes) / MEGABYTE,
    storedGigabytes:
      (callsPerMonth * (assumptions.keptDays / daysPerMonth) * cost.storedBytes) / GIGABYTE,
  }
}
