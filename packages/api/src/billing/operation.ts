import { isOperationKey } from '@tollgate/contract'
import { z } from 'zod'
import { protectedProcedure } from '../trpc.ts'

/** What became of the customer's operation with this key; null when it never began. */
export const operation = protectedProcedure
  .input(
    z.object({
      key: z.string().refine(isOperationKey, '16–64 of A-Z a-z 0-9 _ -'),
      procedure: z.string().max(100).optional(),
    }),
  )
  .query(({ ctx, input: { key, procedure } }) =>
    ctx.metering.operation(ctx.customer.customerId, key, procedure),
  )
