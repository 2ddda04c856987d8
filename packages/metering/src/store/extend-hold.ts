import type { OperationRef } from './batch-element.ts'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Sees to it that a running operation holds `target` credits of a meter. Repeatable. */
export async function extendHold(
  database: MeteringDatabase,
  more: Pick<OperationRef, 'customerId' | 'operationId' | 'fence'> & {
    meter: string
    target: number
  },
): Promise<'extended' | 'insufficient' | 'lost'> {
  const { customerId, operationId, fence, meter, target } = more
  const bucket = bucketOf(database, customerId)
  return callRoutine(database, 'extend_hold', [
    bucket,
    customerId,
    operationId,
    fence,
    meter,
    target,
  ])
}
