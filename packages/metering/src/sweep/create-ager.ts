import type { MeteringContext } from '../context.ts'
import { OPERATION_KEPT_MS_MIN } from '../policy.ts'
import { SetupError } from '../setup-error.ts'
import { callRoutine } from '../store/call-routine.ts'
import { bucketsOf } from '../store/metering-database.ts'

/** A customer with nothing to age out costs one index probe, about 10 µs. */
const CUSTOMERS_PER_STEP = 1000
/** Few enough that a step takes about 20 ms. */
const ROWS_PER_STEP = 500

/** Ages out operations and balance changes, customer by customer; any number may run on one database. */
export type Ager = {
  /** Runs one statement. Returns how many rows it deleted, and whether it completed a round through all customers. */
  ageOnce(): Promise<Aged>
}

/** The result of one step. */
export type Aged = { rows: number; isRoundOver: boolean }

/** Makes an ager; its position in the round is kept in memory, because restarting a round costs little. */
export function createAger({
  database,
  policy,
}: Pick<MeteringContext, 'database' | 'policy'>): Ager {
  const { operationKeptMs } = policy
  if (operationKeptMs < OPERATION_KEPT_MS_MIN) {
    throw new SetupError(
      `operationKeptMs is ${operationKeptMs}; keep operations for at least ${OPERATION_KEPT_MS_MIN} ms.`,
    )
  }
  const buckets = bucketsOf(database)
  let position = 0
  let after = ''

  return {
    async ageOnce() {
      if (operationKeptMs === Infinity) return { rows: 0, isRoundOver: true }
      const { aged, next } = await callRoutine<{ aged: number; next: string | null }>(
        database,
        'age_operations',
        [buckets[position], after, CUSTOMERS_PER_STEP, ROWS_PER_STEP, operationKeptMs],
      )
      if (next === null) position = (position + 1) % buckets.length
      after = next ?? ''
      return { rows: aged, isRoundOver: next === null && position === 0 }
    },
  }
}
