import { TRPCError } from '@trpc/server'
import type { PurchaseRequests } from './purchase-requests.ts'
import type { Membership, User } from './user.ts'

/** The organization that a caller acts for, and its members' requests; 404 for a caller that acts for itself. */
export function teamOf({
  user,
  purchaseRequests,
}: {
  user: User | null
  purchaseRequests?: PurchaseRequests | undefined
}): {
  userId: string
  membership: Membership
  requests: PurchaseRequests
} {
  if (!user?.membership || !purchaseRequests) {
    throw new TRPCError({ code: 'NOT_FOUND', message: 'You are not acting for an organization.' })
  }
  return { userId: user.id, membership: user.membership, requests: purchaseRequests }
}
