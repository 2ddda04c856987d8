import type { MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { OperationRef } from './release-operations.ts'

/** Sees to it that a running operation holds `target` credits of a meter. Repeatable. */
export async function extendHold(
  database: Database,
  more: OperationRef & { meter: MeterSlug; target: number },
): Promise<'extended' | 'insufficient' | 'lost'> {
  const rows = await database.query<{ outcome: 'extended' | 'insufficient' | 'lost' }>({
    name: 'metering.extend_hold',
    text: 'select metering.extend_hold($1, $2, $3, $4, $5) as outcome',
    values: [more.customerId, more.operationId, more.fence, more.meter, more.target],
  })
  return rows[0]?.outcome ?? 'lost'
}
