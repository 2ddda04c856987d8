import { protectedProcedure } from '../trpc.ts'
import { ledgerPage } from './ledger-page.ts'

/** One page of what the customer did and what it cost, newest first; the list of clients released before `ledger`. */
export const activity = protectedProcedure
  .input(ledgerPage)
  .query(({ ctx, input: { cursor, limit } }) =>
    ctx.metering.activity(ctx.customer.customerId, { limit, ...(cursor ? { cursor } : {}) }),
  )
