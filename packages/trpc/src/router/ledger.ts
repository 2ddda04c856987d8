import type { BillingProcedures } from './billing-procedures.ts'
import { ledgerPage } from './ledger-page.ts'

/** One page of the customer's own ledger, newest first: what it did and what it cost, and credits that came or went otherwise. */
export function ledger({ signedIn }: BillingProcedures) {
  return signedIn.input(ledgerPage).query(({ ctx, input: { cursor, limit } }) =>
    ctx.billing.metering.ledger(ctx.billing.customer.customerId, {
      limit,
      ...(cursor ? { cursor } : {}),
    }),
  )
}
