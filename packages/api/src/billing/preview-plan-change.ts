import { catalog } from '@tollgate/contract/catalog'
import { slugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'

/** What changing to a plan would cost and when it would take effect; changes nothing. */
export const previewPlanChange = freeProcedure('manages a subscription')
  .input(z.object({ priceSlug: slugSchema(catalog.prices) }))
  .mutation(({ ctx, input }) => ctx.backend.previewPlanChange(ctx.customer, input.priceSlug))
