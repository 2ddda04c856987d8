import type { Database } from '@tollgate/database'

/** A transaction's `begin` and `commit` are round trips, too. */
const TRANSACTION_FRAME = 2

/** Wraps a database to count its round trips. */
export function countRoundTrips(database: Database): { database: Database; count: () => number } {
  let trips = 0
  return {
    count: () => trips,
    database: {
      ...database,
      query(statement) {
        trips += 1
        return database.query(statement)
      },
      transaction(work) {
        trips += TRANSACTION_FRAME
        return database.transaction((transaction) =>
          work({
            query(statement) {
              trips += 1
              return transaction.query(statement)
            },
          }),
        )
      },
    },
  }
}
