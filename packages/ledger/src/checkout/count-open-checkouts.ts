import type { Queryable } from '../core/queryable.ts'

/** How many checkouts of a customer can still be paid: what is bought there will need an owner. */
export async function countOpenCheckouts(
  from: Queryable,
  scope: { organizationId: string; customerId: string; now: number },
): Promise<number> {
  const [row] = await from.query<{ open: number }>({
    text: `select count(*)::int as open from checkout_session
           where organization_id = $1 and customer_id = $2 and status in ('open', 'pending')
             and type <> 'add_payment_method' and expires_at > $3`,
    values: [scope.organizationId, scope.customerId, scope.now],
  })
  return row?.open ?? 0
}
