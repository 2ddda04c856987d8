import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { protectedProcedure } from '../trpc.ts'
import { requireBuyer } from './require-buyer.ts'
import { teamOf } from './team-of.ts'

/** What members of the caller's organization have asked for, newest first; only for who may buy. */
export const openRequests = protectedProcedure
  .output(
    z
      .object({
        requests: z.array(
          z.object({
            id: z.string(),
            member: z.object({ name: z.string(), email: z.string() }).nullable(),
            meter: z.string().nullable(),
            askedAt: instantSchema,
          }),
        ),
      })
      .describe('What members have asked the owners to buy, newest first'),
  )
  .query(async ({ ctx }) => {
    const { membership, requests } = teamOf(ctx)
    requireBuyer(membership)
    return { requests: await requests.open(membership.organizationId) }
  })
