import type { Database, Row } from '@tollgate/database'
import { INVARIANTS, type Invariant } from './invariants.ts'

/** An invariant that does not hold, with some of the rows that show it. */
export type BrokenInvariant = { invariant: Invariant; rows: Row[]; more: boolean }

/** Enough to see what is wrong without printing a whole table. */
const ROWS_MAX = 20

/**
 * Checks every invariant against the database; an empty list means that all hold.
 *
 * @example
 * for (const { invariant, rows } of await checkInvariants(database)) report(invariant.id, rows)
 */
export async function checkInvariants(
  database: Database,
  invariants: readonly Invariant[] = INVARIANTS,
): Promise<BrokenInvariant[]> {
  const broken: BrokenInvariant[] = []
  for (const invariant of invariants) {
    const rows = await database.query({ text: `${invariant.sql} limit ${ROWS_MAX + 1}` })
    if (rows.length === 0) continue
    broken.push({ invariant, rows: rows.slice(0, ROWS_MAX), more: rows.length > ROWS_MAX })
  }
  return broken
}
