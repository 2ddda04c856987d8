/** The seed of a fault run: `FAULT_SEED`, or a new one; printed with the figures so that a run can be repeated. */
export function faultSeed(): number {
  const given = Number(process.env['FAULT_SEED'])
  return Number.isSafeInteger(given) && given > 0 ? given : Date.now() % 2 ** 31
}

/** The number of repetitions: `FAULT_RUNS`, or a default that is fast enough for every change. */
export function faultRuns(otherwise: number): number {
  return countOf('FAULT_RUNS') ?? otherwise
}

/** The number of calls of a storm on a cluster: `CLUSTER_CALLS`, or a default that is fast enough for every change. */
export function clusterCalls(otherwise: number): number {
  return countOf('CLUSTER_CALLS') ?? otherwise
}

function countOf(variable: string): number | null {
  const given = Number(process.env[variable])
  return Number.isSafeInteger(given) && given > 0 ? given : null
}
