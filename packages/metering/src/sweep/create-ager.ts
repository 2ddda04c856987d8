import type { MeteringContext } from '../context.ts'
import { OPERATION_KEPT_MS_MIN } from '../policy.ts'
import { SetupError } from '../setup-error.ts'
import { callRoutine } from '../store/call-routine.ts'
import { bucketsOf } from '../store/metering-database.ts'

/** A customer with nothing to age is one probe of an index, about 10 µs. */
const CUSTOMERS_PER_STEP = 1000
/** Few enough that a step takes 20 ms. */
const ROWS_PER_STEP = 500

/** Ages operations and changes of balances out, customer by customer; any number of them may run on one database. */
export type Ager = {
  /** One statement. Answers how many rows it deleted, and whether it was the last of its round through all customers. */
  ageOnce(): Promise<Aged>
}

/** What one step did. */
export type Aged = { rows: number; isRoundOver: boolean }

/** Makes an ager; where it is in its round is known to this process alone, and another round costs little. */
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
