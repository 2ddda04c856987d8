import { sql } from 'kysely'
import { scopeOf } from '../core/customer-scope.ts'
import { jsonValue } from '../core/json-value.ts'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { typed } from '../core/typed.ts'
import type { CheckoutRow } from './checkout-session.ts'

/** With less time than this left, a page could expire before it is paid. */
const PAYABLE_MS = 3_600_000

/** An open checkout of a plan, and the URL of its page. */
export type OpenCheckout = {
  id: string
  pageUrl: string | null
  providerReference: string | null
  expiresAt: number
}

/** The open checkouts of a plan: the identical one, or those that are about to expire. */
export async function findOpenCheckouts(
  tx: LedgerTransaction,
  request: Pick<CheckoutRow, 'quantity' | 'successUrl' | 'cancelUrl'> & {
    outputName?: string | undefined
    outputMetadata?: unknown
  },
  priceId: string,
): Promise<{ same: OpenCheckout | null; stale: OpenCheckout[] }> {
  const { quantity, successUrl, cancelUrl, outputName, outputMetadata } = request
  const ofPlan = typed(tx)
    .selectFrom('checkoutSession')
    .select(['id', 'pageUrl', 'providerReference', 'expiresAt'])
    .where(({ and }) => and({ ...scopeOf(tx), type: 'product', status: 'open', priceId }))
  const stale = await ofPlan.where('expiresAt', '<=', tx.now + PAYABLE_MS).execute()
  const same = await ofPlan
    .where(({ and }) => and({ quantity, successUrl, cancelUrl }))
    .where('outputName', 'is not distinct from', outputName ?? null)
    .where('outputMetadata', 'is not distinct from', sql`${jsonValue(outputMetadata)}::jsonb`)
    .where('expiresAt', '>', tx.now + PAYABLE_MS)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { same: same ?? null, stale }
}
