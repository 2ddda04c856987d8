import type { Database } from '@tollgate/database'
import type { MeteringPolicy } from '../policy.ts'
import { createGatherer } from './gather.ts'
import { type PlaceAnswer, type PlaceElement, placeHolds } from './place-holds.ts'
import { type SettleAnswer, type SettleElement, settleOperations } from './settle-operations.ts'

/** Placing and settling one call each; calls made at the same time go in one statement. */
export type GatheredStatements = {
  place(element: PlaceElement): Promise<PlaceAnswer>
  settle(element: SettleElement): Promise<SettleAnswer>
}

/** Stored results that go in one statement; a single larger one still goes, alone. */
const BYTES_MAX = 4_194_304

/** Makes the gathered statements of one process; both are repeatable, as gathering needs. */
export function createGatheredStatements({
  database,
  policy,
}: {
  database: Database
  policy: MeteringPolicy
}): GatheredStatements {
  const limits = {
    elementsMax: policy.gatheredMax,
    bytesMax: BYTES_MAX,
    statementsAtOnce: policy.statementsAtOnce,
  }
  return {
    place: createGatherer({ limits, send: (calls) => placeHolds(database, calls, policy) }),
    settle: createGatherer({
      limits,
      send: (elements) => settleOperations(database, elements),
      bytesOf: ({ result }) => result?.length ?? 0,
    }),
  }
}
