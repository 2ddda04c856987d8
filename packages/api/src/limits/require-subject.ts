import type { LimitSubject } from '@tollgate/contract'
import { TRPCError } from '@trpc/server'
import { ownerOf } from '../api-keys/owner-of.ts'
import type { Context } from '../context.ts'

/** Refuses a limit for a subject that does not spend this customer's credits: a non-member, or a key of another owner. */
export async function requireSubject(
  subject: LimitSubject,
  ctx: Pick<Context, 'user' | 'apiKeys' | 'teamMembers'>,
): Promise<void> {
  if (await isSpender(subject, ctx)) return
  throw new TRPCError({
    code: 'NOT_FOUND',
    message: `There is no such ${subject.kind} in this account.`,
  })
}

async function isSpender(
  subject: LimitSubject,
  { user, apiKeys, teamMembers }: Pick<Context, 'user' | 'apiKeys' | 'teamMembers'>,
): Promise<boolean> {
  const organizationId = user?.membership?.organizationId
  switch (subject.kind) {
    case 'customer':
      return true
    case 'member': {
      if (organizationId === undefined) return false
      const members = (await teamMembers?.list(organizationId)) ?? []
      return members.some(({ id }) => id === subject.id)
    }
    case 'key': {
      const owner = ownerOf({ user })
      // A member’s own key pays from its own balance.
      if (!owner || (organizationId !== undefined && owner.kind === 'user')) return false
      return (await apiKeys.list(owner)).some(({ id }) => id === subject.id)
    }
    case 'run':
      return false
  }
}
