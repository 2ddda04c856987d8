import { ADMISSION_MUTANTS } from './admission-mutants.ts'
import { COST_MUTANTS } from './cost-mutants.ts'
import { DELIVERY_MUTANTS } from './delivery-mutants.ts'
import { LIMIT_MUTANTS } from './limit-mutants.ts'
import { LEAST_MUTANTS } from './least-mutants.ts'
import type { Mutant } from './mutant.ts'
import { RECOVERY_MUTANTS } from './recovery-mutants.ts'
import { SETTLEMENT_MUTANTS } from './settlement-mutants.ts'
import { SHARD_MUTANTS } from './shard-mutants.ts'

/** Seeded mistakes; each must be caught by one of the invariants that it names. */
export const MUTANTS: readonly Mutant[] = [
  ...ADMISSION_MUTANTS,
  ...SETTLEMENT_MUTANTS,
  ...COST_MUTANTS,
  ...LIMIT_MUTANTS,
  ...LEAST_MUTANTS,
  ...DELIVERY_MUTANTS,
  ...RECOVERY_MUTANTS,
  ...SHARD_MUTANTS,
]
