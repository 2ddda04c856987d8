import type { Customer } from '@tollgate/trpc'
import type { Membership } from './user.ts'

/** What billing has to know of a user who acts for an organization. */
export function asMember(
  userId: string,
  { mayBuy, maySpend }: Membership,
): Pick<Customer, 'isOwner' | 'maySpend' | 'userId'> {
  return { userId, isOwner: mayBuy, maySpend }
}
