import type { BillingCustomer, SpendLimit } from '@tollgate/contract'
import type { Context } from '../context.ts'

/** Every limit of the customer for those who pay; only their own for other members. */
export function visibleLimits({
  customer: { customerId },
  metering,
  user,
}: Pick<Context, 'metering' | 'user'> & { customer: BillingCustomer }): Promise<SpendLimit[]> {
  return metering.limits.list(
    user?.membership?.mayBuy === false
      ? { customerId, subject: { kind: 'member', id: user.id } }
      : { customerId },
  )
}
