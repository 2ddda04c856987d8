import type { LedgerTransaction } from '../core/ledger-transaction.ts'

/** Takes what documents a customer's payments to another customer: a later refund then finds the credits it takes back. */
export async function moveRecords(
  from: LedgerTransaction,
  to: LedgerTransaction,
  plan: { endedId: string | null; continuedId: string | null },
): Promise<void> {
  const values = [from.organizationId, from.customerId, to.customerId, from.now]
  const moved = [...values, plan.endedId, plan.continuedId]
  for (const table of ['payment', 'invoice']) {
    await from.query({
      // A payment that a moved plan still owes is owed by the subscription that goes on.
      text: `update ${table} set customer_id = $3, updated_at = $4,
               subscription_id = case when subscription_id = $5 then coalesce($6, subscription_id) else subscription_id end
             where organization_id = $1 and customer_id = $2`,
      values: moved,
    })
  }
  await from.query({
    text: `update purchase set customer_id = $3, updated_at = $4 where organization_id = $1 and customer_id = $2`,
    values,
  })
  await from.query({
    // Someone may be on a checkout page right now: what they pay for arrives where everything else is.
    text: `update checkout_session set customer_id = $3, updated_at = $4,
             target_subscription_id =
               case when target_subscription_id = $5 then coalesce($6, target_subscription_id)
                    else target_subscription_id end
           where organization_id = $1 and customer_id = $2`,
    values: moved,
  })
  await movePaymentMethods(from, to, plan.continuedId !== null)
}

/** The method that pays the plan in force stays the default one. */
async function movePaymentMethods(
  from: LedgerTransaction,
  to: LedgerTransaction,
  planMoves: boolean,
): Promise<void> {
  const values = [from.organizationId, from.customerId, to.customerId, from.now]
  await from.query({
    text: `update payment_method set is_default = false, updated_at = $4
           where organization_id = $1 and is_default and customer_id = case when $5 then $3 else $2 end
             and exists (select from payment_method other
                         where other.organization_id = $1 and other.is_default
                           and other.customer_id = case when $5 then $2 else $3 end)`,
    values: [...values, planMoves],
  })
  await from.query({
    text: `update payment_method set customer_id = $3, updated_at = $4 where organization_id = $1 and customer_id = $2`,
    values,
  })
}
