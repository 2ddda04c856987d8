import type { BillingProcedures } from './billing-procedures.ts'
import { ledgerPage } from './ledger-page.ts'

/** One page of what the customer did and what it cost, newest first; the list of clients released before `ledger`. */
export function activity({ signedIn }: BillingProcedures) {
  return signedIn.input(ledgerPage).query(({ ctx, input: { cursor, limit } }) =>
    ctx.billing.metering.activity(ctx.billing.customer.customerId, {
      limit,
      ...(cursor ? { cursor } : {}),
    }),
  )
}
