import type { Database } from '@tollgate/database'

/**
 * Calls a routine that answers one value, `select metering.<routine>(…)`, prepared once per connection. The arguments take
 * the types that it declares, so a routine must not have two versions with the same number of arguments.
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
