import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { freeProcedure, protectedProcedure } from '../trpc.ts'
import type { AccountOwner, AccountService, Deletion } from './account-service.ts'

const deletion: z.ZodType<Deletion> = z.object({
  blockedBy: z
    .enum(['plan', 'checkout', 'organizations'])
    .nullable()
    .describe('What has to be ended first; null when nothing has'),
  organizations: z.array(z.string()).describe('Those that would be without an owner'),
  lost: z
    .array(z.object({ meter: z.string(), amount: z.number() }))
    .describe('Lasting credits that end with the account'),
})

/** Deletes the caller's account, or the organization that its owner acts for. */
export const accountProcedures = {
  /** What deleting the account would entail; free. */
  deletion: protectedProcedure.output(deletion).query(({ ctx }) => {
    const { account, owner } = ownedBy(ctx)
    return account.deletion(owner)
  }),
  /** Deletes the account permanently; free. */
  delete: freeProcedure('deletes the account, which costs nothing')
    .input(z.object({ understood: z.literal(true).describe('That it cannot be undone') }))
    .output(deletion)
    .mutation(({ ctx }) => {
      const { account, owner } = ownedBy(ctx)
      return account.delete(owner)
    }),
}

/** Refuses members of an organization who are not its owners. */
function ownedBy({
  account,
  customer,
  user,
}: Pick<Context, 'account' | 'user'> & { customer: AccountOwner['customer'] }): {
  account: AccountService
  owner: AccountOwner
} {
  if (!account || !user) {
    throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no account to delete.' })
  }
  if (user.membership && user.membership.role !== 'owner') {
    throw new TRPCError({ code: 'FORBIDDEN', message: NOT_OWNER })
  }
  const organizationId = user.membership?.organizationId ?? null
  return { account, owner: { customer, userId: user.id, organizationId } }
}

const NOT_OWNER =
  'Only an owner can delete an organization. Switch to your personal account to delete that.'
