import { z } from 'zod'
import type { Context } from '../context.ts'
import { protectedProcedure } from '../trpc.ts'

/**
 * The names of those who spend the account's credits: the members of an organization, and the API keys, revoked ones included. The ledger
 * has only their ids; one that is not listed has left or was deleted.
 */
export const spenders = protectedProcedure
  .output(
    z
      .object({
        members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
        keys: z.array(z.object({ id: z.string(), name: z.string() })),
      })
      .describe('Who spends what the account has, by the ids that the ledger names'),
  )
  .query(({ ctx }) => spendersOf(ctx))

async function spendersOf({
  user,
  teamMembers,
  apiKeys,
}: Pick<Context, 'user' | 'teamMembers' | 'apiKeys'>) {
  if (!user) return { members: [], keys: [] }
  const { membership, id } = user
  if (!membership) return { members: [], keys: await apiKeys.names({ kind: 'user', id }) }
  const { organizationId } = membership
  return {
    members: (await teamMembers?.list(organizationId)) ?? [],
    keys: await apiKeys.names({ kind: 'organization', id: organizationId }),
  }
}
