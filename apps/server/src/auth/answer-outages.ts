import type { Database, Statement } from '@tollgate/database'
import { billingUnavailable } from '@tollgate/metering'
import { isOutage, RETRY_MS } from '../http/error-response.ts'

/** The same database for procedures, whose outages become refusals with 503 instead of internal errors. */
export function answerOutages(database: Database): Database {
  return {
    ...database,
    async query<Row extends Record<string, unknown>>(statement: Statement): Promise<Row[]> {
      try {
        return await database.query<Row>(statement)
      } catch (error) {
        throw isOutage(error) ? billingUnavailable(RETRY_MS, error) : error
      }
    },
  }
}
