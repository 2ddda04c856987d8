import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { askUntilKnown } from '../store/ask-until-known.ts'
import type { OperationRef } from '../store/batch-element.ts'

/** Gives a hold back. A database that is away must not hide why the work failed; the lease runs out by itself. */
export async function releaseOperation(context: MeteringContext, ref: OperationRef): Promise<void> {
  const { gathered, logger, announcer } = context
  crashPoint('CP13-before-release')
  try {
    await askUntilKnown(context, () => gathered.release(ref))
    crashPoint('CP15-after-release')
    announcer.changed(ref.customerId)
  } catch (error) {
    logger.warn(
      { error, operationId: ref.operationId },
      'metering: a hold was not released and runs out by itself',
    )
  }
}
