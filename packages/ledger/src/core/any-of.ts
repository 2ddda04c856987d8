import { type RawBuilder, sql } from 'kysely'

/** Compares with each of a list that is one parameter, so that its length does not change the statement. */
export function anyOf<T>(values: readonly T[]): RawBuilder<T> {
  return sql<T>`any(${values})`
}
