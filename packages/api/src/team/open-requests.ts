import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { protectedProcedure } from '../trpc.ts'
import { REQUEST_KINDS } from './purchase-requests.ts'
import { requireBuyer } from './require-buyer.ts'
import { teamOf } from './team-of.ts'

/** Open requests of members of the caller's organization, newest first; only for those who may buy. */
export const openRequests = protectedProcedure
  .output(
    z
      .object({
        requests: z.array(
          z.object({
            id: z.string(),
            kind: z.enum(REQUEST_KINDS),
            member: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
            meter: z.string().nullable(),
            askedAt: instantSchema,
          }),
        ),
      })
      .describe('What members have asked the owners for, newest first'),
  )
  .query(async ({ ctx }) => {
    const { membership, requests } = teamOf(ctx)
    requireBuyer(membership)
    return { requests: await requests.open(membership.organizationId) }
  })
