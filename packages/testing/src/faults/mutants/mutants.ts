import { CORE_MUTANTS } from './core-mutants.ts'
import { EDGE_MUTANTS } from './edge-mutants.ts'
import { LEDGER_MUTANTS } from './ledger-mutants.ts'
import type { SeededMutant } from './seeded-mutant.ts'
import { SERVER_MUTANTS } from './server-mutants.ts'

/** Seeded mistakes outside the core's model; each must be detected by its test. */
export const SEEDED_MUTANTS: readonly SeededMutant[] = [
  ...LEDGER_MUTANTS,
  ...CORE_MUTANTS,
  ...EDGE_MUTANTS,
  ...SERVER_MUTANTS,
]
