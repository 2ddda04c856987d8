import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** What a customer's settled operation left, as it is stored; `result` is null past its keeping time. */
export type ResultRow = { result: string | null }

/** Finds the stored result of an operation by its id; null when this customer has no such settled operation. */
export async function readResult(
  database: MeteringDatabase,
  { customerId, operationId }: { customerId: string; operationId: string },
): Promise<ResultRow | null> {
  const rows = await database.query<ResultRow>({
    name: 'metering.read_result',
    text: 'select result from metering.read_result($1::smallint, $2, $3::uuid)',
    values: [bucketOf(database, customerId), customerId, operationId],
  })
  return rows[0] ?? null
}
