import { type RawBuilder, sql } from 'kysely'

/** Compares with a list that is passed as one parameter, so that its length does not change the statement. */
export function anyOf<T>(values: readonly T[]): RawBuilder<T> {
  return sql<T>`any(${values})`
}
