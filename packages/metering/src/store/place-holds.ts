import type { MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { AccountRow } from './account-row.ts'

/** One call to place; the names are those of `metering.place_holds`. */
export type PlaceElement = {
  customerId: string
  name: string
  email: string
  operationId: string
  procedure: string
  keyHash: string
  fingerprint: string
  attemptToken: string
  feature: string | null
  leaseMs: number
  deadlineMs: number
  openLimit: number | null
  charges: { meter: MeterSlug; hold: number; transactionId: string }[]
}

/** What placing one call came to. */
export type PlaceAnswer =
  | {
      outcome: 'placed'
      operationId: string
      fence: number
      attempt: number
      degraded: boolean
      takenOver: boolean
      due: boolean
    }
  | {
      outcome: 'replay'
      operationId: string
      result: string
      at: string
      asOf: string
      charges: { meter: MeterSlug; amount: number }[]
      accounts: AccountRow[]
    }
  | { outcome: 'insufficient'; meter: MeterSlug; required: number; available: number }
  | {
      outcome: 'capped'
      meter: MeterSlug
      required: number
      cap: number
      left: number
      renewsAt: string
    }
  | { outcome: 'key_reused'; firstSeenAt: string }
  | { outcome: 'result_gone' | 'poisoned'; operationId: string }
  | { outcome: 'in_progress' | 'not_in_plan' | 'stale' }

/** Places many holds in one round trip; one answer each, in order. Repeating it with the same attempt tokens is safe. */
export async function placeHolds(
  database: Database,
  calls: readonly PlaceElement[],
  {
    staleAfterMs,
    freshForMs,
    attemptsMax,
  }: { staleAfterMs: number; freshForMs: number; attemptsMax: number },
): Promise<PlaceAnswer[]> {
  const rows = await database.query<{ answers: PlaceAnswer[] }>({
    name: 'metering.place_holds',
    text: 'select metering.place_holds($1::jsonb, $2::jsonb) as answers',
    values: [JSON.stringify(calls), JSON.stringify({ staleAfterMs, freshForMs, attemptsMax })],
  })
  return rows[0]?.answers ?? []
}
