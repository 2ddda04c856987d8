import type { MeteringPolicy } from '../policy.ts'
import { applyBatch } from './apply-batch.ts'
import { applyEach } from './apply-each.ts'
import type {
  BatchAnswer,
  BatchElement,
  OperationRef,
  PlaceAnswer,
  PlaceElement,
  ReleaseAnswer,
  SettleAnswer,
  SettleElement,
} from './batch-element.ts'
import { createGatherer } from './gather.ts'
import { bucketOf, bucketsOf, type MeteringDatabase } from './metering-database.ts'

/** Placing, settling and releasing one operation each; calls made at the same time go in one statement. */
export type GatheredStatements = {
  place(element: PlaceElement): Promise<PlaceAnswer>
  settle(element: SettleElement): Promise<SettleAnswer>
  release(element: OperationRef): Promise<ReleaseAnswer>
}

/** Stored results that go in one statement; a single larger one still goes, alone. */
const BYTES_MAX = 4_194_304

/** Makes the gathered statements of one process, with lanes of its own per bucket; all are repeatable, as gathering needs. */
export function createGatheredStatements({
  database,
  policy,
}: {
  database: MeteringDatabase
  policy: MeteringPolicy
}): GatheredStatements {
  const lanes = bucketsOf(database).map((bucket) =>
    createGatherer<BatchElement, BatchAnswer>({
      limits: {
        elementsMax: policy.gatheredMax,
        bytesMax: BYTES_MAX,
        statementsAtOnce: policy.statementsAtOnce,
      },
      send: (elements) => applyBatch(database, bucket, elements, policy),
      sendLeftOut: (elements) => applyEach(database, bucket, elements, policy),
      identityOf: (element) => (element.kind === 'place' ? element.key : element.operationId),
      bytesOf: (element) => (element.kind === 'settle' ? (element.result?.length ?? 0) : 0),
    }),
  )

  async function apply(element: BatchElement): Promise<BatchAnswer> {
    const lane = lanes[bucketOf(database, element.customerId)]
    if (!lane) throw new Error(`There is no bucket for ${element.customerId}.`)
    return lane(element)
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

function mismatch({ kind }: BatchAnswer): Error {
  return new Error(`The database answered for a ${kind} where another element was.`)
}
