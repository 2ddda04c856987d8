import type { MeteringPolicy } from '../policy.ts'
import { applyBatch } from './apply-batch.ts'
import { applyEach } from './apply-each.ts'
import type {
  BatchResult,
  BatchElement,
  PlaceResult,
  PlaceElement,
  ReleaseElement,
  ReleaseResult,
  SettleResult,
  SettleElement,
} from './batch-element.ts'
import { createBatcher } from './create-batcher.ts'
import { bucketOf, bucketsOf, type MeteringDatabase } from './metering-database.ts'

/** Placing, settling and releasing one operation each; concurrent calls share a statement. */
export type BatchedStatements = {
  place(element: PlaceElement): Promise<PlaceResult>
  settle(element: SettleElement): Promise<SettleResult>
  release(element: ReleaseElement): Promise<ReleaseResult>
}

/** The most bytes of results in one statement; a larger one goes alone. */
const BYTES_MAX = 4_194_304

/** Makes the batched statements of one process, with a batcher per bucket; all are idempotent, as batching requires. */
export function createBatchedStatements({
  database,
  policy,
}: {
  database: MeteringDatabase
  policy: MeteringPolicy
}): BatchedStatements {
  const batchers = bucketsOf(database).map((bucket) =>
    createBatcher<BatchElement, BatchResult>({
      limits: {
        maxBatchSize: policy.maxBatchSize,
        maxBytes: BYTES_MAX,
        maxConcurrentBatches: policy.maxConcurrentBatches,
      },
      send: (elements) => applyBatch(database, bucket, elements, policy),
      sendLeftOut: (elements) => applyEach(database, bucket, elements, policy),
      identityOf: (element) => (element.kind === 'place' ? element.key : element.operationId),
      bytesOf: (element) => (element.kind === 'settle' ? (element.result?.length ?? 0) : 0),
    }),
  )

  async function apply(element: BatchElement): Promise<BatchResult> {
    const batch = batchers[bucketOf(database, element.customerId)]
    if (!batch) throw new Error(`There is no bucket for ${element.customerId}.`)
    return batch(element)
  }

  return {
    async place(element) {
      const given = await apply({ kind: 'place', ...element })
      if (given.kind !== 'place') throw mismatch(given)
      return given.answer
    },
    async settle(element) {
      const given = await apply({ kind: 'settle', ...element })
      if (given.kind !== 'settle') throw mismatch(given)
      return given.answer
    },
    async release(element) {
      const given = await apply({ kind: 'release', ...element })
      if (given.kind !== 'release') throw mismatch(given)
      return given.answer
    },
  }
}

function mismatch({ kind }: BatchResult): Error {
  return new Error(`The database answered for a ${kind} where another element was.`)
}
