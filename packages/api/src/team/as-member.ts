import type { Customer } from '@tollgate/trpc'
import type { Membership } from './user.ts'

/** What billing needs to know about a user who acts for an organization. */
export function asMember(
  userId: string,
  { organizationId, mayBuy, maySpend }: Membership,
): Pick<Customer, 'account' | 'isOwner' | 'maySpend' | 'userId'> {
  return { account: organizationId, userId, isOwner: mayBuy, maySpend }
}
