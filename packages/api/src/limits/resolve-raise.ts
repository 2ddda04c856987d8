import type { LimitSubject } from '@tollgate/contract'
import type { Context } from '../context.ts'

/** Closes the request of a member whose limit was changed: the payer has decided. */
export async function resolveRaise(
  { user, purchaseRequests }: Pick<Context, 'user' | 'purchaseRequests'>,
  { subject, meter }: { subject: LimitSubject; meter: string },
): Promise<void> {
  if (!user?.membership || subject.kind !== 'member') return
  const { organizationId } = user.membership
  await purchaseRequests?.resolveRaise({ organizationId, userId: subject.id, meter })
}
