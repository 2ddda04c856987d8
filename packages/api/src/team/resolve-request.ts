import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'
import { requireBuyer } from './require-buyer.ts'
import { teamOf } from './team-of.ts'

/** Closes a request of a member of the caller's organization; only for those who may buy. */
export const resolveRequest = freeProcedure('answers a member instead of using credits')
  .input(z.object({ id: z.uuid() }))
  .output(z.object({ id: z.string() }).describe('The request that is closed'))
  .mutation(async ({ ctx, input: { id } }) => {
    const { membership, requests } = teamOf(ctx)
    requireBuyer(membership)
    await requests.resolve({ organizationId: membership.organizationId, id })
    return { id }
  })
