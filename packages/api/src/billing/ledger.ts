import { protectedProcedure } from '../trpc.ts'
import { ledgerPage } from './ledger-page.ts'

/** One page of the customer's own ledger, newest first: what it did and what it cost, and credits that came or went otherwise. */
export const ledger = protectedProcedure
  .input(ledgerPage)
  .query(({ ctx, input: { cursor, limit } }) =>
    ctx.metering.ledger(ctx.customer.customerId, { limit, ...(cursor ? { cursor } : {}) }),
  )
