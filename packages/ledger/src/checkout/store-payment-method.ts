import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { PaidBy } from '../core/payment-provider.ts'
import type { CheckoutRow } from './checkout-session.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Keeps the payment method as the customer's default. */
export async function storePaymentMethod(
  tx: LedgerTransaction,
  { session, paidBy }: { session: CheckoutRow; paidBy: PaidBy },
): Promise<string> {
  const id = tx.ledger.newId('pm')
  await typed(tx)
    .updateTable('paymentMethod')
    .set({ isDefault: false, updatedAt: tx.now })
    .where(({ and }) => and({ ...scopeOf(tx), isDefault: true }))
    .execute()
  const billing = { name: session.customerName, email: session.customerEmail, address: null }
  await typed(tx)
    .insertInto('paymentMethod')
    .values({
      ...scopeOf(tx),
      id,
      type: 'card',
      isDefault: true,
      billingDetails: JSON.stringify(billing),
      paymentMethodData: JSON.stringify(paidBy.card),
      pricingModelId: tx.pricingModelId,
      providerReference: paidBy.methodReference,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .execute()
  const target = session.targetSubscriptionId
  await typed(tx)
    .updateTable('subscription')
    .set({ paymentMethodId: id, updatedAt: tx.now })
    .where(({ and }) => and({ ...scopeOf(tx), isFreePlan: false }))
    .where('canceledAt', 'is', null)
    .$if(target !== null, (all) => all.where('id', '=', target))
    .execute()
  return id
}
