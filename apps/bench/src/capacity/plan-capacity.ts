/** CPU milliseconds of one billed call in every process, delivery of its usage event included. */
export type CpuOfCall = { server: number; billing: number; postgres: number }

/** What was measured of a billed call. */
export type CostOfCall = {
  /** Calls one after the other: each is a batch of its own. */
  alone: CpuOfCall
  /** So many calls in a second share no batch. */
  alonePerSecondMax: number
  /** Calls that share batches. */
  together: CpuOfCall
  /** WAL of hold and settle. */
  walBytes: number
  /** What an operation occupies, indexes included. */
  storedBytes: number
}

/** What is assumed of the load and of the machines; every number is one to check against one's own. */
export type Assumptions = {
  daysPerMonth: number
  /** The busiest second, as a multiple of the average one. */
  peakFactor: number
  /** How much of a machine is used in that second. */
  utilization: number
  coresPerMachine: number
  /** Servers of which one may be away. */
  spareServers: number
  /** What the procedure itself costs on the server beside billing, CPU milliseconds. */
  workMs: number
  /** Days for which operations are kept. */
  keptDays: number
}

/** A month of calls, and what serves it. */
export type CapacityPlan = {
  callsPerMonth: number
  averagePerSecond: number
  peakPerSecond: number
  /** Cores that are busy in the busiest second. */
  cores: { server: number; billing: number; postgres: number }
  machines: {
    servers: number
    /** Above one, the self-hosted backend is outgrown: an organization is in one database there. */
    billing: number
    /** Databases of metering: one, or shards behind PL/Proxy or Citus. */
    databases: number
  }
  walMegabytesPerSecond: number
  storedGigabytes: number
}

const SECONDS_PER_DAY = 86_400
const MS_PER_SECOND = 1000
const MEGABYTE = 1e6
const GIGABYTE = 1e9

/** Divides the load of a month's busiest second among machines. */
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
