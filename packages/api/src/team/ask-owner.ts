import { catalog } from '@tollgate/contract/catalog'
import { slugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'
import { REQUEST_KINDS } from './purchase-requests.ts'
import { teamOf } from './team-of.ts'

/** Asks those who may buy for the caller's organization to do so, or to raise the caller's limit; repeating it changes nothing. */
export const askOwner = freeProcedure('asks for a purchase instead of making one')
  .input(
    z
      .object({
        kind: z.enum(REQUEST_KINDS).default('purchase'),
        meter: slugSchema(catalog.meters).nullable(),
      })
      .refine(({ kind, meter }) => kind === 'purchase' || meter !== null, {
        path: ['meter'],
        message: 'names the meter whose limit is to be raised',
      }),
  )
  .output(
    z
      .object({ sent: z.boolean() })
      .describe('Whether the owners were asked; false when the caller has asked already'),
  )
  .mutation(async ({ ctx, input }) => {
    const { userId, membership, requests } = teamOf(ctx)
    const { organizationId } = membership
    return { sent: await requests.ask({ organizationId, userId, ...input }) }
  })
