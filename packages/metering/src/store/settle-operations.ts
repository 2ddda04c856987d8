import type { MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { AccountRow } from './account-row.ts'

/** One operation to settle; a meter missing from `amounts` costs what was held. */
export type SettleElement = {
  customerId: string
  operationId: string
  fence: number
  amounts: Partial<Record<MeterSlug, number>>
  resultKeptMs: number
  /** The stored answer as JSON, or null when there is nothing to store. */
  result: string | null
}

/** What settling one operation came to. */
export type SettleAnswer =
  | {
      outcome: 'settled'
      at: string
      asOf: string
      late: boolean
      overrun: number
      charges: { meter: MeterSlug; amount: number }[]
      accounts: AccountRow[]
    }
  | { outcome: 'lost' | 'hold_expired' }

/** Settles many operations in one round trip: charge, usage event and stored result of each in one transaction. Repeatable. */
export async function settleOperations(
  database: Database,
  elements: readonly SettleElement[],
): Promise<SettleAnswer[]> {
  const rows = await database.query<{ answers: SettleAnswer[] }>({
    name: 'metering.settle_operations',
    text: 'select metering.settle_operations($1::jsonb, $2::text[]) as answers',
    values: [
      JSON.stringify(elements.map(({ result: _result, ...element }) => element)),
      elements.map(({ result }) => result),
    ],
  })
  return rows[0]?.answers ?? []
}
