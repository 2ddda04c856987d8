import type { Database } from '@tollgate/database'
import type { AccountRow } from './account-row.ts'

/** Names one attempt of one operation: a write with an older fence does nothing. */
export type OperationRef = { customerId: string; operationId: string; fence: number }

/** What giving one hold back came to; `lost` when somebody else had ended it. */
export type ReleaseAnswer = { outcome: 'released' | 'lost'; accounts: AccountRow[]; asOf: string }

/** Gives the holds of many operations back in one round trip. Repeatable. */
export async function releaseOperations(
  database: Database,
  elements: readonly OperationRef[],
): Promise<ReleaseAnswer[]> {
  const rows = await database.query<{ answers: ReleaseAnswer[] }>({
    name: 'metering.release_operations',
    text: 'select metering.release_operations($1::jsonb) as answers',
    values: [JSON.stringify(elements)],
  })
  return rows[0]?.answers ?? []
}
