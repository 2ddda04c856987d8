import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Counts the checkouts of a customer that can still be paid; a purchase needs an owner. */
export async function countOpenCheckouts(
  from: Queryable,
  scope: { organizationId: string; customerId: string; now: number },
): Promise<number> {
  const { open } = await typed(from)
    .selectFrom('checkoutSession')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where(({ and }) => and(scopeOf(scope)))
    .where('status', 'in', ['open', 'pending'])
    .where('type', '<>', 'add_payment_method')
    .where('expiresAt', '>', scope.now)
    .executeTakeFirstOrThrow()
  return open
}
