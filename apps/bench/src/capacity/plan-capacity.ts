/** CPU milliseconds that one billed call costs, delivery of its usage event included, and the bytes it leaves behind. */
export type CostOfCall = {
  server: number
  billing: number
  postgres: number
  /** WAL of hold and settle. */
  walBytes: number
  /** What an operation occupies until its key is purged, indexes included. */
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
  /** A call that is alone in its batch costs more than one of 64: the measured cost times this. */
  batchingFactor: number
  /** Days until an operation's key is purged. */
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
    /** One billing backend is one process group; more than one core's work of it needs organizations of their own. */
    billing: number
    /** Databases of metering: one, or shards behind PL/Proxy or Citus. */
    databases: number
  }
  walMegabytesPerSecond: number
  storedGigabytes: number
}

const MONTH = { secondsPerDay: 86_400, millisecondsPerSecond: 1000 } as const
const MEGABYTE = 1e6
const GIGABYTE = 1e9

/** Divides the load of a month's busiest second among machines. */
export function planCapacity(
  callsPerMonth: number,
  cost: CostOfCall,
  assumptions: Assumptions,
): CapacityPlan {
  const { daysPerMonth, peakFactor, coresPerMachine, utilization, batchingFactor } = assumptions
  const averagePerSecond = callsPerMonth / (daysPerMonth * MONTH.secondsPerDay)
  const peakPerSecond = averagePerSecond * peakFactor
  const coresOf = (ms: number) =>
    (peakPerSecond * ms * batchingFactor) / MONTH.millisecondsPerSecond
  const cores = {
    server: coresOf(cost.server),
    billing: coresOf(cost.billing),
    postgres: coresOf(cost.postgres),
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
