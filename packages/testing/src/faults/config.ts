/** The seed of a fault run: `FAULT_SEED`, or a fresh one; printed with the figures so that a run can be repeated. */
export function faultSeed(): number {
  const given = Number(process.env['FAULT_SEED'])
  return Number.isSafeInteger(given) && given > 0 ? given : Date.now() % 2 ** 31
}

/** How often each thing is tried: `FAULT_RUNS`, or what suits a run on every change. */
export function faultRuns(otherwise: number): number {
  const given = Number(process.env['FAULT_RUNS'])
  return Number.isSafeInteger(given) && given > 0 ? given : otherwise
}
