import type { Database } from '@tollgate/database'
import {
  bucketOf,
  bucketsOf,
  type MeteringDatabase,
  readOwnedBuckets,
} from './metering-database.ts'

/**
 * Calls a routine that returns one value, `select metering.<routine>(…)`, prepared once per connection. Arguments have the types that the
 * routine declares, so it must not be overloaded with the same number of arguments.
 */
export async function callRoutine<Answer>(
  database: Pick<Database, 'query'>,
  routine: string,
  values: readonly unknown[],
): Promise<Answer> {
  const places = values.map((_, index) => `$${index + 1}`).join(', ')
  const [row] = await database.query<{ answer: Answer }>({
    name: `metering.${routine}`,
    text: `select metering.${routine}(${places}) as answer`,
    values,
  })
  if (!row) throw new Error(`metering.${routine} did not answer.`)
  return row.answer
}

/** Calls a routine about one customer; its arguments start with the customer's bucket and id. */
export function callForCustomer<Answer>(
  database: MeteringDatabase,
  routine: string,
  [customerId, ...values]: readonly [customerId: string, ...unknown[]],
): Promise<Answer> {
  return callRoutine(database, routine, [bucketOf(database, customerId), customerId, ...values])
}

/** Calls a routine once per bucket, one after another; its arguments start with the bucket. */
export async function callPerBucket<Answer>(
  database: MeteringDatabase,
  routine: string,
  values: readonly unknown[],
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const bucket of bucketsOf(database)) {
    answers.push(await callRoutine<Answer>(database, routine, [bucket, ...values]))
  }
  return answers
}

/** Calls a routine in one owned bucket after another until an answer matches; null when none does. */
export async function findInBuckets<Answer>(
  database: Database,
  routine: string,
  values: readonly unknown[],
  isFound: (answer: Answer) => boolean,
): Promise<Answer | null> {
  for (const bucket of await readOwnedBuckets(database)) {
    const answer = await callRoutine<Answer>(database, routine, [bucket, ...values])
    if (isFound(answer)) return answer
  }
  return null
}
