import type pg from 'pg'
import type { Statement } from './database.ts'

/** Converts a statement for `pg`. */
export function toQuery(statement: Statement): pg.QueryConfig {
  return {
    text: statement.text,
    ...(statement.name === undefined ? {} : { name: statement.name }),
    ...(statement.values === undefined ? {} : { values: [...statement.values] }),
  }
}
