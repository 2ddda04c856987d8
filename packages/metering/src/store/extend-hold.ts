import type { MeterSlug } from '@tollgate/contract'
import type { OperationRef } from './batch-element.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Sees to it that a running operation holds `target` credits of a meter. Repeatable. */
export async function extendHold(
  database: MeteringDatabase,
  more: Pick<OperationRef, 'customerId' | 'operationId' | 'fence'> & {
    meter: MeterSlug
    target: number
  },
): Promise<'extended' | 'insufficient' | 'lost'> {
  const rows = await database.query<{ outcome: 'extended' | 'insufficient' | 'lost' }>({
    name: 'metering.extend_hold',
    text: 'select metering.extend_hold($1::smallint, $2, $3::uuid, $4, $5, $6) as outcome',
    values: [
      bucketOf(database, more.customerId),
      more.customerId,
      more.operationId,
      more.fence,
      more.meter,
      more.target,
    ],
  })
  return rows[0]?.outcome ?? 'lost'
}
