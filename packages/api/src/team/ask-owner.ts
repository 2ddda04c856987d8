import { catalog } from '@tollgate/contract/catalog'
import { slugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'
import { teamOf } from './team-of.ts'

/** Asks who may buy for the caller's organization to do so; a second time on one day changes nothing. */
export const askOwner = freeProcedure('asks for a purchase instead of making one')
  .input(z.object({ meter: slugSchema(catalog.meters).nullable() }))
  .output(
    z
      .object({ sent: z.boolean() })
      .describe('Whether the owners were asked; false when the caller has asked today already'),
  )
  .mutation(async ({ ctx, input: { meter } }) => {
    const { userId, membership, requests } = teamOf(ctx)
    const { organizationId } = membership
    return { sent: await requests.ask({ organizationId, userId, meter }) }
  })
