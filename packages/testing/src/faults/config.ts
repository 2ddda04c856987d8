/** The seed of a fault run: `FAULT_SEED`, or a fresh one; printed with the figures so that a run can be repeated. */
export function faultSeed(): number {
  const given = Number(process.env['FAULT_SEED'])
  return Number.isSafeInteger(given) && given > 0 ? given : Date.now() % 2 ** 31
}

/** How often each thing is tried: `FAULT_RUNS`, or what suits a run on every change. */
export function faultRuns(otherwise: number): number {
  return countOf('FAULT_RUNS') ?? otherwise
}

/** How many calls a storm on a cluster has: `CLUSTER_CALLS`, or what suits a run on every change. */
export function clusterCalls(otherwise: number): number {
  return countOf('CLUSTER_CALLS') ?? otherwise
}

function countOf(variable: string): number | null {
  const given = Number(process.env[variable])
  return Number.isSafeInteger(given) && given > 0 ? given : null
}
